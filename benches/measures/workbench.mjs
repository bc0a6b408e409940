// The workbench's console with its log open: how many calls it handles, how fast it filters, and whether its memory levels off.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../lib/contenders.mjs';
import { bytes, table } from '../lib/report.mjs';
import { median } from '../lib/stats.mjs';

export const name = 'workbench';
export const title = 'The workbench';
const CALLS = 10_000;
const ROWS = 20_000;
/** More rows than the log keeps, so that from here on it only replaces them. */
const FULL = 60_000;
const AT_ONCE = 500;
/** Texts that a user searches: an API, part of every content, nothing. */
const SEARCHES = ['getCurChatInfo', 'externalUserId', 'not in any message'];

export async function measure({ browser, rounds, quick, progress }) {
  const workbench = await start();
  try {
    const samples = [];
    for (let round = 0; round < rounds.workbench; round++) {
      progress(`round ${round + 1} of ${rounds.workbench}`);
      samples.push(await browser.sample(`${workbench.url}?lang=en&dock=messages`, (frame, context) => sample(frame, context, quick)));
    }
    return samples;
  } finally {
    workbench.stop();
  }
}

async function sample(frame, context, quick) {
  const [console] = context.pages();
  await frame.waitForFunction(() => window.juziWx?.env?.inSidebar);
  const calls = (count) => frame.evaluate(makeCalls, { count, atOnce: AT_ONCE });
  const first = await calls(CALLS);
  await calls(ROWS - CALLS);
  const filters = await console.evaluate(filter, SEARCHES);
  if (quick) return { calls: first, filter: Math.max(...filters) };
  const session = await context.newCDPSession(console);
  await calls(FULL - ROWS);
  const full = await heap(session);
  await calls(FULL);
  return { calls: first, filter: Math.max(...filters), full, later: await heap(session) };
}

/** Runs in the page: milliseconds for this many calls. */
async function makeCalls({ count, atOnce }) {
  const started = performance.now();
  for (let left = count; left > 0; left -= atOnce) {
    await Promise.all(Array.from({ length: Math.min(left, atOnce) }, () => window.juziWx.getCurChatInfo()));
  }
  return performance.now() - started;
}

/** Runs in the console: milliseconds from each input until the list is drawn. */
async function filter(texts) {
  const field = document.querySelector('[data-testid=log-search]');
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const times = [];
  for (const text of [...texts, '']) {
    field.value = text;
    const started = performance.now();
    field.dispatchEvent(new Event('input'));
    await drawn();
    times.push(performance.now() - started);
  }
  return times;
}

/** JavaScript's heap in use, in megabytes, after the garbage has been collected. */
async function heap(session) {
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
}

/** The workbench that the build made, on a free port. */
async function start() {
  const binary = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/juzi-workbench');
  const child = spawn(binary, ['--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const url = await new Promise((resolve, reject) => {
    const read = (text) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`the workbench ended: ${said}`)));
  });
  return { url, stop: () => child.kill() };
}

export function report(samples) {
  const of = (what) => samples.map((one) => one[what]).filter((value) => value !== undefined);
  const calls = median(of('calls'));
  const filtered = median(of('filter'));
  const grown = of('full').length > 0 ? median(samples.map(({ full, later }) => later - full)) : undefined;
  const cell = (what) => (of(what).length > 0 ? median(of(what)).toFixed(1) : '–');
  return {
    targets: [
      {
        what: `the workbench answers ${bytes(CALLS)} calls with its log open`,
        target: '4 s at most',
        figure: `${(calls / 1000).toFixed(2)} s`,
        reached: calls <= 4000,
      },
      {
        what: `the workbench searches ${bytes(ROWS)} rows of its log`,
        target: '100 ms at most',
        figure: `${Math.round(filtered)} ms`,
        reached: filtered <= 100,
      },
      ...(grown === undefined
        ? []
        : [
            {
              what: `the console's heap after ${bytes(2 * FULL)} calls, compared with that after ${bytes(FULL)}`,
              target: 'no growth',
              figure: `${grown.toFixed(1)} MB`,
              reached: grown <= 1,
            },
          ]),
    ],
    plots: {},
    markdown: `The console and its demo page in one browser, the log open, ${bytes(AT_ONCE)} calls at a time. The search is the slowest of several, for an
API, a content and a text that is nowhere, until the list is drawn.

${table(
  ['what', 'median'],
  [
    [`${bytes(CALLS)} calls, ms`, cell('calls')],
    [`a search in ${bytes(ROWS)} rows, ms`, cell('filter')],
    [`heap after ${bytes(FULL)} calls, MB`, cell('full')],
    [`heap after ${bytes(2 * FULL)} calls, MB`, cell('later')],
  ],
)}`,
  };
}
