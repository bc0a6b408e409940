// From the script tag to the first call.
import { CONTENDERS, addPages } from '../lib/contenders.mjs';
import { barChart } from '../lib/plot.mjs';
import { ratio, spreadCell, table } from '../lib/report.mjs';
import { SETTLED } from '../lib/site.mjs';
import { interleaved, median, ratios, spread } from '../lib/stats.mjs';

export const name = 'startup';
export const title = 'From the script tag to the first call';
const LIMIT = 1.15;
const NAMES = ['empty', 'ours', 'package', 'external', 'wecom', 'wecom-bundled', 'weixin', 'penpal', 'comlink', 'post-robot', 'app-bridge'];
/** A round. The two contenders of the target are sampled three times, because they differ by less than the noise. */
const ROUND = [
  'empty',
  'ours',
  'wecom',
  'package',
  'external',
  'wecom',
  'ours',
  'wecom-bundled',
  'weixin',
  'penpal',
  'comlink',
  'post-robot',
  'app-bridge',
  'ours',
  'wecom',
];
const PARTS = [
  ['parse', 'arrival of the script → its first statement'],
  ['decode', 'its functions and constants, and the module’s string → its bytes'],
  ['compile', '`new WebAssembly.Module`'],
  ['instantiate', '`new WebAssembly.Instance`'],
  ['install', '`juziWx`, `wx` and the bridge are in the page'],
];

/** Adds time marks around the loader's steps from outside, so that the shipped script itself is measured. */
const MARKS = `{
  const wrap = (name, before, after) => {
    const Original = WebAssembly[name];
    const Wrapped = function (...given) {
      if (before) performance.mark(before);
      const made = new Original(...given);
      performance.mark(after);
      return made;
    };
    Wrapped.prototype = Original.prototype;
    WebAssembly[name] = Wrapped;
  };
  wrap('Module', 'decode', 'compile');
  wrap('Instance', undefined, 'instantiate');
}`;
const markFirst = (script) => `performance.mark('parse');${script}`;

const inPage = async () => {
  const at = await contender.callable;
  const script = performance.getEntriesByType('resource').find(({ name: file }) => /\/\w+\/[\w-]+\.js$/.test(file));
  const marks = Object.fromEntries(performance.getEntriesByType('mark').map((mark) => [mark.name, mark.startTime]));
  return { total: at - script.startTime, run: at - script.responseEnd, arrived: script.responseEnd, at, marks };
};

export async function measure({ browser, site, scripts, rounds, progress }) {
  const address = await addPages(site, scripts, NAMES, { name: 'startup', loops: false });
  const samples = await interleaved(rounds.startup, ROUND, async (contender, round) => {
    progress(`round ${round + 1} of ${rounds.startup}`);
    return browser.sample(address(contender), (frame) => frame.evaluate(inPage));
  });
  const marked = await addPages(site, scripts, ['ours'], { name: 'parts', before: MARKS, change: markFirst, loops: false });
  const parts = [];
  for (let round = 0; round < rounds.startup; round++) {
    progress(`parts, round ${round + 1} of ${rounds.startup}`);
    parts.push(partsOf(await browser.sample(marked('ours'), (frame) => frame.evaluate(inPage))));
  }
  return { samples, parts };
}

function partsOf({ arrived, at, marks }) {
  const times = [arrived, ...PARTS.slice(0, -1).map(([part]) => marks[part]), at];
  if (times.some((time) => !(time >= 0))) throw new Error('a part of the start has no mark: has the loader changed?');
  return Object.fromEntries(PARTS.map(([part], index) => [part, times[index + 1] - times[index]]));
}

export function report({ samples, parts }) {
  const of = (contender, what) => samples[contender].map((sample) => sample[what]);
  const against = (contender) => median(ratios(of('ours', 'total'), of(contender, 'total')));
  const rows = NAMES.map((contender) => [
    CONTENDERS[contender].label,
    spreadCell(spread(of(contender, 'total')), 2),
    spreadCell(spread(of(contender, 'run')), 2),
  ]);
  return {
    targets: [
      {
        what: 'script tag to first call, compared with `@wecom/jssdk` by script tag',
        target: `≤ ${LIMIT.toFixed(2)} ×`,
        figure: ratio(against('wecom')),
        reached: against('wecom') <= LIMIT,
      },
    ],
    plots: {
      startup: barChart({
        title: 'From the script tag to the first call',
        unit: 'ms',
        digits: 2,
        bars: NAMES.map((contender) => ({
          label: CONTENDERS[contender].label,
          ...spread(of(contender, 'total')),
          value: spread(of(contender, 'total')).median,
          ours: CONTENDERS[contender].label.startsWith('juzi'),
        })),
      }),
    },
    markdown: `Milliseconds from the start of the script's fetch until the page's first call is accepted, in a framed page of a new
context with nothing cached, compiled or warm. The page's first bytes come ${SETTLED} ms before the script tag, as over a network. By
then the browser has started the page's process, which would otherwise take most of the measured time. "After its arrival"
excludes the fetch. penpal accepts calls after its handshake with the console; the packages of juzi-helper-wasm when the promise of
\`init\` is resolved (earlier calls wait for it); all others when the script has run. Medians, with the quartiles in brackets.
juzi-helper.js and @wecom/jssdk by script tag are sampled three times a round, in turns.

${table(['what', 'in all, ms', 'after its arrival, ms'], rows)}

![From the script tag to the first call](benches/plots/startup.svg)

How juzi-helper.js spends the time after its arrival. The benchmark adds time marks around the engine's functions before the
shipped script runs:

${table(
  ['part', 'from … to', 'ms'],
  PARTS.map(([part, what]) => [part, what, spreadCell(spread(parts.map((sample) => sample[part])), 2)]),
)}`,
  };
}
