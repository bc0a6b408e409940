// A call to the console and its answer, across origins.
import { CONTENDERS, addPages } from '../lib/contenders.mjs';
import { barChart } from '../lib/plot.mjs';
import { ratio, spreadCell, table } from '../lib/report.mjs';
import { interleaved, median, ratios, spread } from '../lib/stats.mjs';

export const name = 'round-trip';
export const title = 'Round trip';
const NAMES = ['bare', 'ours', 'penpal', 'comlink', 'post-robot'];
/** A round. The two contenders of the targets are sampled three times, because they differ by a few per cent, less than the noise. */
const ROUND = ['bare', 'ours', 'penpal', 'ours', 'bare', 'comlink', 'bare', 'ours', 'post-robot'];
const KINDS = {
  oneAfterAnother: { title: 'one after another', target: 1.05, settings: { first: 50, warmUp: 3000, chunks: 9, calls: 150 } },
  allAtOnce: { title: '2,000 at once', target: 1.25, settings: { warmUp: 4, chunks: 7, calls: 2000 } },
};
const QUICK = { first: 50, warmUp: 2, chunks: 3, calls: 100 };

/** Times the message listeners that the page's script adds. */
const LISTENING = `{
  const original = window.addEventListener;
  window.addEventListener = (type, listener, ...rest) =>
    original.call(window, type, type !== 'message' ? listener : (event) => {
      const start = performance.now();
      listener(event);
      window.listening += performance.now() - start;
    }, ...rest);
}`;

export async function measure({ browser, site, scripts, rounds, quick, progress }) {
  const address = await addPages(site, scripts, NAMES, { name: 'trip' });
  const result = {};
  for (const [kind, { title: what, settings }] of Object.entries(KINDS)) {
    result[kind] = await interleaved(rounds.trip, ROUND, async (contender, round) => {
      progress(`${what}, round ${round + 1} of ${rounds.trip}`);
      const times = ({ cold, warm }) => ({ cold, warm: median(warm) });
      return run(browser, address(contender), kind, quick ? QUICK : settings, times);
    });
  }
  const shared = await addPages(site, scripts, ['bare', 'ours'], { name: 'share', before: LISTENING });
  result.ownShare = await interleaved(rounds.trip, ['bare', 'ours'], async (contender, round) => {
    progress(`own share, round ${round + 1} of ${rounds.trip}`);
    const settings = quick ? QUICK : KINDS.oneAfterAnother.settings;
    const medians = (times) => ({
      calling: median(times.map(({ calling }) => calling)),
      listening: median(times.map(({ listening }) => listening)),
    });
    return run(browser, shared(contender), 'ownShare', settings, medians);
  });
  return result;
}

const warmOf = (samples) => Object.fromEntries(Object.entries(samples).map(([contender, own]) => [contender, own.map(({ warm }) => warm)]));

async function run(browser, url, loop, settings, summary) {
  const times = await browser.sample(url, (frame) => frame.evaluate(([method, given]) => loops[method](given), [loop, settings]));
  return summary(times);
}

export function report(result) {
  const targets = [];
  const plots = {};
  const sections = Object.entries(KINDS).map(([kind, { title: what, target }]) => {
    const samples = warmOf(result[kind]);
    const against = (contender) => ratios(samples[contender], samples.bare);
    const ours = median(against('ours'));
    targets.push({
      what: `round trip, ${what}, compared with bare \`postMessage\``,
      target: `≤ ${target.toFixed(2)} ×`,
      figure: ratio(ours),
      reached: ours <= target,
    });
    const rows = NAMES.map((contender) => [
      CONTENDERS[contender].label,
      spreadCell(spread(samples[contender]), 1),
      contender === 'bare' ? '1' : spreadCell(spread(against(contender)), 2),
    ]);
    plots[`round-trip-${kind}`] = barChart({
      title: `Round trip, ${what}`,
      unit: 'µs per call',
      digits: 1,
      bars: NAMES.map((contender) => ({
        label: CONTENDERS[contender].label,
        ...spread(samples[contender]),
        value: spread(samples[contender]).median,
        ours: contender === 'ours',
      })),
    });
    return `### ${what[0].toUpperCase()}${what.slice(1)}

${table(['what', 'µs per call', 'ratio to bare `postMessage` in the same round'], rows)}

![Round trip, ${what}](benches/plots/round-trip-${kind}.svg)`;
  });
  const cold = (contender) => spreadCell(spread(result.oneAfterAnother[contender].map((sample) => sample.cold)), 1);
  const share = (contender, part) => spreadCell(spread(result.ownShare[contender].map((sample) => sample[part])), 1);
  return {
    targets,
    plots,
    markdown: `A \`sendChatMessage\` with a short text from a sidebar page to a cross-site console (in another process), and its answer. The
console's side is the same few lines for bare \`postMessage\` and for juzi-helper, because they use the same protocol. penpal,
comlink and post-robot need their own code on both sides, with a method that gives the same answer at once. Bare \`postMessage\` is
only a \`Map\` of promises by id, without a check of the message and without a timeout. Every answer is checked. Medians, with the
quartiles in brackets; each sample is the median of several runs in a new context, after a warm-up of some thousand calls. Bare
\`postMessage\` and juzi-helper.js are sampled three times a round, in turns.

${sections.join('\n\n')}

### The first calls

A page that makes a handful of calls never runs warm code. The first ${KINDS.oneAfterAnother.settings.first} calls of a page, one after another:

${table(
  ['what', 'µs per call'],
  NAMES.map((contender) => [CONTENDERS[contender].label, cold(contender)]),
)}

### The page's own part

How long a call keeps the sidebar page itself busy, with calls one after another: making the call (including the browser's
\`postMessage\`), and the listener for the answer. The rest of a round trip is spent in the browser.

${table(
  ['what', 'the call, µs', 'the answer, µs'],
  ['bare', 'ours'].map((contender) => [CONTENDERS[contender].label, share(contender, 'calling'), share(contender, 'listening')]),
)}`,
  };
}
