// The timed loops, the same for every contender. Times are in microseconds per call.
const TEXT = '您好，您的订单已经发出，请注意查收。';
const textMessage = (content = TEXT) => ({ msgtype: 'text', text: { content } });

const call = async () => {
  const answer = await contender.call(textMessage());
  if (answer.err_msg !== 'sendChatMessage:ok') throw new Error(`unexpected answer: ${JSON.stringify(answer)}`);
};

const timed = async (calls, run) => {
  const start = performance.now();
  await run();
  return ((performance.now() - start) * 1000) / calls;
};

const repeat = async (times, run) => {
  const results = [];
  for (let i = 0; i < times; i++) results.push(await run());
  return results;
};

const sequentially = (calls) => async () => {
  for (let i = 0; i < calls; i++) await call();
};
const atOnce = (calls) => () => Promise.all(Array.from({ length: calls }, call));

window.loops = {
  /** One call after another: a time for the first calls, and after the warm-up a time for each of `chunks`. */
  async oneAfterAnother({ first, warmUp, chunks, calls }) {
    await contender.ready;
    const cold = await timed(first, sequentially(first));
    await sequentially(warmUp)();
    return { cold, warm: await repeat(chunks, () => timed(calls, sequentially(calls))) };
  },

  /** `calls` at once, `chunks` times. */
  async allAtOnce({ warmUp, chunks, calls }) {
    await contender.ready;
    await repeat(warmUp, atOnce(calls));
    return { warm: await repeat(chunks, () => timed(calls, atOnce(calls))) };
  },

  /** Makes `count` calls that the host never answers. Resolves when the host has received them all. */
  async hold(count) {
    for (let i = 0; i < count; i++) contender.call(textMessage('hold'));
    await call();
  },

  /** Makes `count` calls, which the host answers in reverse order, with messages in between that answer none of them. */
  async reversed(count) {
    return timed(count, async () => {
      const calls = Array.from({ length: count }, () => contender.call(textMessage('keep')));
      await contender.call(textMessage('release'));
      await Promise.all(calls);
    });
  },

  /** The page's own part of a round trip: how long making the call and handling the answer's event keep the page busy. */
  async ownShare({ warmUp, chunks, calls }) {
    await contender.ready;
    await sequentially(warmUp)();
    return repeat(chunks, async () => {
      let calling = 0;
      window.listening = 0;
      for (let i = 0; i < calls; i++) {
        const message = textMessage();
        const start = performance.now();
        const answer = contender.call(message);
        calling += performance.now() - start;
        await answer;
      }
      return { calling: (calling * 1000) / calls, listening: (window.listening * 1000) / calls };
    });
  },
};
