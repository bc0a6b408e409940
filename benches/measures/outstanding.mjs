// The cost of a call while others are pending.
import { CONTENDERS, addPages } from '../lib/contenders.mjs';
import { lineChart } from '../lib/plot.mjs';
import { bytes, ratio, spreadCell, table } from '../lib/report.mjs';
import { interleaved, median, ratios, spread } from '../lib/stats.mjs';

export const name = 'outstanding';
export const title = 'Cost per call as outstanding calls grow';
const LEVELS = [1, 10, 100, 1000, 10_000, 100_000];
const LIMIT = 1.2;
/** Linear behaviour costs no more per call. The margin is for a heap of that size. */
const LINEAR = 1.5;
const REVERSED = [1000, 10_000, 100_000];
const NAMES = ['ours', 'bare'];
const SETTINGS = { first: 1, warmUp: 2000, chunks: 7, calls: 150 };
const QUICK = { first: 1, warmUp: 20, chunks: 3, calls: 50 };

export async function measure({ browser, site, scripts, rounds, quick, progress }) {
  // No call may time out during the measurement.
  const address = await addPages(site, scripts, NAMES, { name: 'outstanding', attributes: 'data-timeout="3600000"' });
  const growing = NAMES.flatMap((contender) => LEVELS.map((level) => `${contender} ${level}`));
  const reversed = NAMES.flatMap((contender) => REVERSED.map((level) => `${contender} ${level} reversed`));
  return interleaved(rounds.outstanding, [...growing, ...reversed], async (which, round) => {
    const [contender, level, order] = which.split(' ');
    progress(`${contender} with ${bytes(Number(level))}, round ${round + 1} of ${rounds.outstanding}`);
    return browser.sample(address(contender), async (frame) => {
      if (order) return frame.evaluate((count) => loops.reversed(count), Number(level));
      await frame.evaluate((count) => loops.hold(count), Number(level));
      const { warm } = await frame.evaluate((settings) => loops.oneAfterAnother(settings), quick ? QUICK : SETTINGS);
      return median(warm);
    });
  });
}

export function report(samples) {
  const of = (contender, level) => samples[`${contender} ${level}`];
  const growth = (contender) => ratios(of(contender, 100_000), of(contender, 10));
  const ours = median(growth('ours'));
  const backwards = (contender, level) => of(contender, `${level} reversed`);
  const reversed = (contender) => ratios(backwards(contender, 100_000), backwards(contender, 1000));
  const oursReversed = median(reversed('ours'));
  return {
    targets: [
      {
        what: 'cost per call with 100,000 outstanding, compared with 10',
        target: `≤ ${LIMIT.toFixed(2)} ×`,
        figure: ratio(ours),
        reached: ours <= LIMIT,
      },
      {
        what: 'cost per call of 100,000 answered in reverse order with junk between, compared with 1,000',
        target: `≤ ${LINEAR.toFixed(2)} ×`,
        figure: ratio(oursReversed),
        reached: oursReversed <= LINEAR,
      },
    ],
    plots: {
      outstanding: lineChart({
        title: 'Round trip while other calls wait',
        unit: 'µs per call',
        axis: 'calls without an answer',
        xs: LEVELS,
        lines: NAMES.map((contender) => ({
          label: CONTENDERS[contender].label,
          ours: contender === 'ours',
          points: LEVELS.map((level) => spread(of(contender, level))),
        })),
      }),
    },
    markdown: `First, the given number of calls is posted, which never get an answer. Then calls are made one after another, as above.
Microseconds per call: medians, with the quartiles in brackets.

${table(
  ['outstanding', ...NAMES.map((contender) => CONTENDERS[contender].label)],
  LEVELS.map((level) => [bytes(level), ...NAMES.map((contender) => spreadCell(spread(of(contender, level)), 1))]),
)}

From 10 to 100,000 outstanding, round by round: juzi-helper.js ${spreadCell(spread(growth('ours')), 2)} ×, bare \`postMessage\`
${spreadCell(spread(growth('bare')), 2)} ×.

![Round trip while other calls wait](benches/plots/outstanding.svg)

The given number of calls at once, answered in reverse order. Before each answer come two messages that answer no call.
Microseconds per call:

${table(
  ['at once', ...NAMES.map((contender) => CONTENDERS[contender].label)],
  REVERSED.map((level) => [bytes(level), ...NAMES.map((contender) => spreadCell(spread(backwards(contender, level)), 1))]),
)}

From 1,000 to 100,000, round by round: juzi-helper.js ${spreadCell(spread(reversed('ours')), 2)} ×, bare \`postMessage\`
${spreadCell(spread(reversed('bare')), 2)} ×.`,
  };
}
