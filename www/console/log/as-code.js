/** Writes what the log holds as code: one call, or a whole run as a test with the package's kit. No DOM here. */
import { CALLS } from '../../lib/catalogue.js';
import { hidingOf } from './codes.js';
import { comment, literal, Source } from './literal.js';

/** @typedef {import('./rows.js').Row} Row */

/**
 * What a test needs besides the rows.
 * @typedef {object} Recorded
 * @property {readonly Row[]} rows
 * @property {string | null} url The page.
 * @property {import('../../host.js').Mode} mode
 * @property {readonly import('../../host.js').Chat[]} chats
 * @property {Partial<import('../../host.js').Faults>} faults Those that are on.
 * @property {Iterable<string>} [codes] Login codes known from elsewhere. No code gets into a test.
 */

/** Outcomes that a run repeats. A call that was dropped, forgotten or answered by hand may end differently next time. */
const REPEATABLE = ['ok', 'fail', 'silent'];

const METHODS = new Set(CALLS.flatMap(({ name, wire }) => (wire === name ? [name] : [])));

/** @param {Row} row */
const paramsOf = (row) => row.messages[0].payload.data?.params;

/** @param {any} params */
const isEmpty = (params) => params === undefined || (typeof params === 'object' && params !== null && Object.keys(params).length === 0);

/** @param {string} api @param {any} params @param {string} indent */
function callExpression(api, params, indent) {
  const given = isEmpty(params) ? '' : literal(params, indent);
  if (METHODS.has(api)) return `juziWx.${api}(${given})`;
  return `juziWx.invoke(${literal(api)}, ${given || '{}'})`;
}

/** The call as a page makes it, without the login codes. @param {Row} row @param {{ codes?: Iterable<string> }} [known] */
export function asCall(row, { codes = [] } = {}) {
  const hide = hidingOf([row], codes);
  return `${callExpression(hide(row.api), hide(paramsOf(row)), '')};\n`;
}

/** The rows since the console last loaded the page. Loads by a switch or by the page itself do not count. @param {readonly Row[]} rows */
export function lastRun(rows) {
  const start = rows.findLastIndex(({ mark }, i) => mark?.mark === 'load' && mark.by !== 'page' && rows[i - 1]?.mark?.mark !== 'switch');
  return rows.slice(Math.max(0, start));
}

/** The host's options: the conversations that take part, and what differs from the kit's defaults. @param {Recorded} recorded */
function options({ rows, url, mode, chats, faults }, /** @type {boolean} */ withUrl) {
  const all = rows.some(({ api }) => api === 'openEnterpriseChat');
  const ids = rows.flatMap(({ mark }) => mark?.id ?? []);
  const current = ids[0] ?? chats[0]?.id;
  const used = chats.filter(({ id }) => all || id === current || ids.includes(id));
  return {
    ...(withUrl && { url: url ?? '' }),
    ...(mode !== 'postMessage' && { mode }),
    chats: used,
    ...(used.length > 0 && { current }),
    ...(Object.keys(faults).length > 0 && { faults }),
  };
}

/** The run to copy, its texts without the login codes. @param {Recorded} recorded */
function runOf(recorded) {
  const { rows, codes, url, chats, faults } = recorded;
  const hide = hidingOf(rows, codes, [url]);
  const matching = hidingOf(rows, codes, [url], () => new Source('expect.any(String)'));
  return { run: { ...recorded, rows: lastRun(rows), url: hide(url), chats: hide(chats), faults: hide(faults) }, hide, matching };
}

/** @param {Row} row */
const isSwitch = ({ mark }) => mark?.mark === 'switch' && mark.by === 'owner';

/** @param {Row} row */
const isOver = ({ outcome, byHand }) => REPEATABLE.includes(outcome) && !byHand;

/**
 * A Playwright test: the kit's console frames the page at its address, and the test waits for the calls that the page made.
 * @param {Recorded} recorded
 */
export function asPlaywrightTest(recorded) {
  const { run, hide, matching } = runOf(recorded);
  const steps = run.rows.flatMap((row) => {
    if (isSwitch(row)) return [`await host.switchTo(${literal(row.mark?.id)});`];
    if (row.kind !== 'call') return [];
    const [api, params] = [literal(hide(row.api)), paramsOf(row)];
    const expected = { ...(params !== undefined && { params: matching(params) }), ...(isOver(row) && { state: row.outcome }) };
    const made = row.byUser ? [`await make(host, ${api}, ${literal(hide(params) ?? {}, '  ')});`] : [];
    return [...made, `await called(host, ${api}, ${literal(expected, '  ')});`];
  });
  const makes = run.rows.some(({ kind, byUser }) => kind === 'call' && byUser);
  return lines(
    "import { expect, test } from '@playwright/test';",
    "import { createHost } from 'juzi-helper-wasm/playwright';",
    '',
    '/** Waits until the page has made a call that ended like this. */',
    'const called = (host, api, expected) =>',
    '  expect.poll(() => host.calls(api)).toContainEqual(expect.objectContaining(expected));',
    ...(makes
      ? [
          '',
          '/** Makes a call in place of the page, where one followed a click. Click instead: host.frame.getByRole(…).click() */',
          'const make = (host, api, params) =>',
          "  host.frame.locator('html').evaluate((_html, request) => parent.postMessage(request, '*'), {",
          "    type: 'sidebarHelper',",
          '    data: { api, reqId: crypto.randomUUID(), params },',
          '  });',
        ]
      : []),
    '',
    "test('does what was recorded', async ({ page }) => {",
    `  const host = await createHost(page, ${literal(options(run, true), '  ')});`,
    ...steps.map((step) => `  ${step}`),
    '});',
  );
}

/**
 * A Vitest test: it makes the recorded calls itself, and checks how the console answers. Import the page in place of the calls.
 * @param {Recorded} recorded
 */
export function asVitestTest(recorded) {
  const { run, hide } = runOf(recorded);
  const steps = run.rows.flatMap((row) => {
    if (isSwitch(row)) return [`await host.switchTo(${literal(row.mark?.id)});`];
    if (row.kind !== 'call') return [];
    const api = hide(row.api);
    const call = callExpression(api, hide(paramsOf(row)), '  ');
    const text = row.messages.find(({ kind }) => kind === 'answer')?.payload.data?.err_msg;
    if (!isOver(row) || row.outcome === 'silent') return [`void ${call}.catch(() => {}); ${comment(row.outcome)}`];
    if (row.outcome === 'ok') return [`await expect(${call}).resolves.toMatchObject({ err_msg: ${literal(`${api}:ok`)} });`];
    return [`await expect(${call}).rejects.toMatchObject({ err_msg: ${literal(hide(text) ?? `${api}:fail`)} });`];
  });
  return lines(
    "import { expect, test } from 'vitest';",
    "import { init, juziWx } from 'juzi-helper-wasm';",
    "import { createHost } from 'juzi-helper-wasm/testing';",
    '',
    "test('is answered as recorded', async () => {",
    `  const host = createHost(${literal(options(run, false), '  ')});`,
    '  await init();',
    '  // These are the calls that the page made. Start the page here instead, and use host.callsTo(…).',
    ...steps.map((step) => `  ${step}`),
    '  host.destroy();',
    '});',
  );
}

/** @param {...string} all */
const lines = (...all) => `${all.join('\n')}\n`;
