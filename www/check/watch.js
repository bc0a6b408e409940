// @ts-check
/** What the page has done since the last step that acts. No DOM here. */

/** @typedef {import('../host/types.js').Call} Call */
/** @typedef {{ chat: import('../host/types.js').Chat, message: import('../host/types.js').ChatMessage }} Sent */

/** How the host ends a call, in the words of a script. @type {Record<string, string>} */
const OUTCOMES = { unsent: 'silent', forgotten: 'silent', duplicate: 'ok' };

/** @param {Call} call */
export const outcomeOf = (call) => OUTCOMES[call.state] ?? call.state;

/** @param {import('../host.js').Host} host */
export function createWatch(host) {
  /** @type {Call[]} */
  let calls = [];
  /** @type {Sent[]} */
  let messages = [];
  /** Tells the pending `until` that something has happened. */
  let wake = () => {};
  host.on('call', (call) => {
    calls.push(call);
    wake();
  });
  host.on('sent', ({ chat, messages: sent }) => {
    for (const message of sent) messages.push({ chat, message });
    wake();
  });
  // A call's outcome is known.
  host.on('update', () => wake());

  /** @template T @param {T[]} list @param {T} item */
  const use = (list, item) => void list.splice(list.indexOf(item), 1);

  return {
    /** The calls that no step has expected yet. @returns {readonly Call[]} */
    get calls() {
      return calls;
    },
    /** The messages that no step has expected yet. @returns {readonly Sent[]} */
    get messages() {
      return messages;
    },
    /** Forgets what the page has done so far. */
    restart() {
      calls = [];
      messages = [];
    },
    /** @param {Call} call */
    useCall: (call) => use(calls, call),
    /** @param {Sent} sent */
    useMessage: (sent) => use(messages, sent),
    /**
     * Waits until `find` returns something. It is called again whenever the page does something.
     * @template T @param {() => T | undefined} find @param {number} ms
     * @returns {Promise<T | undefined>} Undefined if nothing was found in time.
     */
    until: (find, ms) =>
      new Promise((resolve) => {
        /** @param {T | undefined} found */
        const end = (found) => {
          clearTimeout(timer);
          wake = () => {};
          resolve(found);
        };
        const timer = setTimeout(() => end(find()), ms);
        wake = () => {
          const found = find();
          if (found !== undefined) end(found);
        };
        wake();
      }),
  };
}

/** @typedef {ReturnType<typeof createWatch>} Watch */
