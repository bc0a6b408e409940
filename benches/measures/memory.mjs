// Memory after load and after many calls.
import { CONTENDERS, addPages } from '../lib/contenders.mjs';
import { bytes, spreadCell, table } from '../lib/report.mjs';
import { interleaved, median, spread } from '../lib/stats.mjs';

export const name = 'memory';
export const title = 'Memory';
const CALLS = 100_000;
const AT_ONCE = 1000;
const NAMES = ['empty', 'bare', 'ours'];
/** Kilobytes of heap that a page may vary by from one garbage collection to the next. */
const NOISE = 64;

/** Keeps a reference to the module's memory, whatever its export is called. */
const MEMORY = `{
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function (...given) {
    const made = new Instance(...given);
    window.wasmMemory = Object.values(made.exports).find((member) => member instanceof WebAssembly.Memory);
    return made;
  };
  WebAssembly.Instance.prototype = Instance.prototype;
}`;

export async function measure({ browser, site, scripts, rounds, quick, progress }) {
  const address = await addPages(site, scripts, NAMES, { name: 'memory', before: MEMORY });
  const calls = quick ? AT_ONCE : CALLS;
  return interleaved(rounds.memory, NAMES, async (contender, round) => {
    progress(`${contender}, round ${round + 1} of ${rounds.memory}`);
    return browser.sample(address(contender), async (frame, context) => {
      const session = await context.newCDPSession(frame);
      const look = async () => ({ heap: await heap(session), pages: await frame.evaluate(wasmPages) });
      const loaded = await look();
      if (contender === 'empty') return { loaded };
      // The first calls make the engine compile. If memory still grows after those, it would grow forever.
      const settings = { warmUp: 1, chunks: 1, calls: AT_ONCE };
      await frame.evaluate((given) => loops.allAtOnce(given), settings);
      const warm = await look();
      await frame.evaluate((given) => loops.allAtOnce(given), { ...settings, chunks: calls / AT_ONCE });
      return { loaded, warm, called: await look() };
    });
  });
}

const wasmPages = () => (window.wasmMemory ? window.wasmMemory.buffer.byteLength / 65_536 : 0);

/** JavaScript's heap in use, in kilobytes, after the garbage has been collected. */
async function heap(session) {
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize / 1024;
}

export function report(samples) {
  const of = (contender, when, what) => samples[contender].filter((sample) => sample[when]).map((sample) => sample[when][what]);
  const cell = (contender, when) => (of(contender, when, 'heap').length ? spreadCell(spread(of(contender, when, 'heap')), 0) : '–');
  const pages = (when) => Math.max(...of('ours', when, 'pages'));
  const grown = median(samples.ours.map(({ warm, called }) => called.heap - warm.heap));
  return {
    targets: [
      {
        what: 'pages of WebAssembly memory after 100,000 calls, compared with those after load',
        target: 'no growth',
        figure: `${pages('called')}, ${pages('loaded')} after load`,
        reached: pages('called') === pages('loaded'),
      },
      {
        what: 'JavaScript heap after 100,000 calls, compared with that after 2,000',
        target: 'no growth',
        figure: `${grown < 0 ? '−' : '+'}${bytes(Math.abs(Math.round(grown)))} KB`,
        reached: grown <= NOISE,
      },
    ],
    plots: {},
    markdown: `The sidebar page's JavaScript heap in kilobytes after a garbage collection, and the WebAssembly memory in pages of 64 KB.
${bytes(CALLS)} calls are made, ${bytes(AT_ONCE)} at a time. Growth of the heap is counted from 2,000 calls on, when the engine has
finished compiling; up to ${NOISE} KB are the browser's own. Medians, with the quartiles in brackets.

${table(
  ['what', 'heap after load, KB', 'after 2,000 calls', 'after 100,000 more', 'WebAssembly pages after load', 'after all calls'],
  NAMES.map((contender) => [
    CONTENDERS[contender].label,
    cell(contender, 'loaded'),
    cell(contender, 'warm'),
    cell(contender, 'called'),
    ...(contender === 'ours' ? [pages('loaded'), pages('called')] : ['–', '–']),
  ]),
)}`,
  };
}
