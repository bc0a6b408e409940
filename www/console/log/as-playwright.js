/** Writes a run as a Playwright test: the kit's console frames the page, the test does what the user did, and expects what the page did. */
import { comment, literal } from './literal.js';
import { eventsOf, faultChanges, isOver, lines, optionsOf, paramsOf, runOf, seqOf } from './run.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('./rows.js').Place} Place */

/** What the test's steps and expectations use. It stands in the test, so that its author can change it. */
const FOLLOW = `/** Expects the calls of the page. A call counts from the step on that it follows, and meets one expectation. */
function follow(page, host) {
  let start = 0;
  const met = new Set();
  const calls = async () => (await host.calls()).map(({ api, params, state }, index) => ({ index, api, params, state }));
  const open = async () => (await calls()).filter(({ index }) => index >= start && !met.has(index));
  return {
    /** Does something. What the page has called before does not count any more. */
    async step(act) {
      start = (await calls()).length;
      await act();
    },
    /** The page has loaded itself again. Its calls from before do not count any more. */
    loaded() {
      start = Math.max(start, ...[...met].map((index) => index + 1));
    },
    /** Waits for a call. Returns its number. */
    async called(api, expected) {
      const fits = expect.objectContaining({ api, ...expected });
      await expect.poll(open).toContainEqual(fits);
      const { index } = (await open()).find((call) => fits.asymmetricMatch(call));
      met.add(index);
      return index;
    },
    /** Ends a call that the console holds. */
    byHand: async (number, end) => end((await host.calls())[number]),
    /** Waits for the end of a call that was still open at the step. */
    ended: (number, state) => expect.poll(async () => (await calls())[number].state).toBe(state),
    /** Waits until the page has taken what the console has posted to it, and has drawn. */
    async settled() {
      const html = host.frame.locator('html');
      await html.evaluate(() => {
        window.settled = new Promise((done) => addEventListener('message', ({ data }) => data === 'settled' && done()));
      });
      await page.evaluate(() => frames[0].postMessage('settled', '*'));
      await html.evaluate(async () => {
        await window.settled;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      });
    },
  };
}`;

/** @param {import('./run.js').Recorded} recorded */
export function asPlaywrightTest(recorded) {
  const { run, hide, matching } = runOf(recorded);
  const seesPage = run.rows.some(({ mark }) => mark?.act || mark?.shown);
  const changes = faultChanges(run.rows, run.faults);
  /** The variables of the calls whose ends come later, by the numbers of their requests. @type {Map<number, string>} */
  const late = new Map();

  /** @param {Row} row */
  function call(row) {
    const [api, params] = [literal(hide(row.api)), paramsOf(row)];
    const variable = late.get(seqOf(row));
    const expected = { ...(params !== undefined && { params: matching(params) }), ...(isOver(row) && !variable && { state: row.outcome }) };
    const told = Object.keys(expected).length > 0 ? `, ${literal(expected, '  ')}` : '';
    return `${variable ? `const ${variable} = ` : ''}await run.called(${api}${told});`;
  }

  /** @param {Row} row */
  function step(row) {
    const mark = row.mark;
    if (mark?.mark === 'switch') return `host.switchTo(${literal(mark.id)})`;
    if (mark?.mark === 'faults') return `host.setFaults(${literal(hide(changes.get(row)), '  ')})`;
    if (mark?.hand) return handOf(hide(mark.hand), late.get(mark.hand.call));
    return mark?.act ? actOf(hide(mark.act)) : null;
  }

  /** What the page shows, until it shows something else. @type {string[]} */
  let shown = [];
  const events = eventsOf(run.rows);
  const steps = events.flatMap(({ is, row, late: isLate }, i) => {
    if (isLate) late.set(seqOf(row), `call${late.size + 1}`);
    if (is === 'step') return stepLines(step(row));
    if (is === 'load') return [comment('The page loaded itself again.'), 'run.loaded();'];
    if (is === 'call') return [...(row.byUser && !seesPage ? UNSEEN : []), call(row)];
    const isLast = events[i + 1]?.is !== is && events[i + 1]?.is !== 'shows';
    // An answer that comes late changes nothing, unless the log says so.
    if (is === 'end') {
      const ended = `await run.ended(${late.get(seqOf(row))}, ${literal(row.outcome)});`;
      return [ended, ...(isLast && shown.length > 0 ? [SETTLED, ...shown] : [])];
    }
    const isFirst = events[i - 1]?.is !== 'shows';
    const expected = showsOf(row, hide) ?? [];
    shown = isFirst ? [expected].flat() : [...shown, expected].flat();
    return [...(isFirst ? [SETTLED] : []), expected].flat();
  });
  return lines(
    "import { expect, test } from '@playwright/test';",
    "import { createHost } from 'juzi-helper-wasm/playwright';",
    '',
    FOLLOW,
    '',
    "test('does what was recorded', async ({ page }) => {",
    `  const host = await createHost(page, ${literal(optionsOf(run, true), '  ')});`,
    '  const run = follow(page, host);',
    ...(run.rows.some(({ mark }) => mark?.shown) ? ['  // The texts are what the page showed. Keep those that it has to show.'] : []),
    ...steps.map((step) => (step === '' ? '' : `  ${step}`)),
    '});',
  );
}

const SETTLED = 'await run.settled();';

/** @param {string | null} step Null if the run has lost what it needs. */
const stepLines = (step) => (step === null ? [] : ['', `await run.step(() => ${step});`]);

/** Ends a held call as the user did. @param {import('./rows.js').Hand} hand @param {string | undefined} number Of the call, a variable. */
function handOf({ does, data, reason }, number) {
  if (number === undefined) return null;
  const given = does === 'answer' ? literal(data, '  ') : does === 'fail' && reason ? literal(reason) : '';
  return `run.byHand(${number}, (call) => call.${does}(${given}))`;
}

/** A call that a click or a key may have led to, in a page that the console cannot see into: the test fails until the step is written. */
const UNSEEN = [
  '',
  '// A click or a key led to this call. The console cannot see it in a page of another origin: write the step.',
  "await run.step(() => host.frame.getByRole('button', { name: 'WRITE ITS NAME', exact: true }).click());",
];

/** @param {Place} place */
function locator({ role, name, text, css, nth }) {
  const named = name === undefined ? '' : `, { name: ${literal(name)}, exact: true }`;
  const found = role
    ? `getByRole(${literal(role)}${named})`
    : css
      ? `locator(${literal(css)})`
      : `getByText(${literal(text)}, { exact: true })`;
  return `host.frame.${found}${nth === undefined ? '' : `.nth(${nth})`}`;
}

/** @param {import('./rows.js').Act} act */
function actOf({ does, place, value }) {
  const given = does === 'fill' || does === 'selectOption' || does === 'press' ? literal(value ?? '') : '';
  return `${locator(place)}.${does}(${given})`;
}

/** The expectation of a text; null if it has a code, which is another one next time. @param {Row} row @param {(value: any) => any} hide */
function showsOf({ mark }, hide) {
  const shown = mark?.shown;
  if (!shown || JSON.stringify(hide(shown)) !== JSON.stringify(shown)) return null;
  const { place, text } = shown;
  return `await expect(${locator(place)}).${text === undefined ? 'toBeVisible()' : `toHaveText(${literal(text)})`};`;
}
