/** Writes what the log holds as code: one call, or a whole run as a Vitest test with the package's kit. No DOM here. */
import { CALLS } from '../../lib/catalogue.js';
import { hidingOf } from './codes.js';
import { comment, literal } from './literal.js';
import { eventsOf, faultChanges, isOver, lines, optionsOf, paramsOf, runOf } from './run.js';

/** @typedef {import('./rows.js').Row} Row */

const METHODS = new Set(CALLS.flatMap(({ name, wire }) => (wire === name ? [name] : [])));

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

/**
 * A Vitest test: it makes the recorded calls itself, and checks how the console answers. Import the page in place of the calls.
 * @param {import('./run.js').Recorded} recorded
 */
export function asVitestTest(recorded) {
  const { run, hide } = runOf(recorded);
  const changes = faultChanges(run.rows, run.faults);

  /** @param {Row} row */
  function call(row) {
    const api = hide(row.api);
    const made = callExpression(api, hide(paramsOf(row)), '  ');
    const text = row.messages.find(({ kind }) => kind === 'answer')?.payload.data?.err_msg;
    if (!isOver(row) || row.outcome === 'silent') return `void ${made}.catch(() => {}); ${comment(row.outcome)}`;
    if (row.outcome === 'ok') return `await expect(${made}).resolves.toMatchObject({ err_msg: ${literal(`${api}:ok`)} });`;
    return `await expect(${made}).rejects.toMatchObject({ err_msg: ${literal(hide(text) ?? `${api}:fail`)} });`;
  }

  const steps = eventsOf(run.rows).flatMap(({ is, row }) => {
    if (is === 'call') return [call(row)];
    if (is !== 'step') return [];
    if (row.mark?.mark === 'switch') return [`await host.switchTo(${literal(row.mark.id)});`];
    // Nobody clicks: the test makes the calls that followed.
    return row.mark?.mark === 'faults' ? [`host.setFaults(${literal(hide(changes.get(row)), '  ')});`] : [];
  });
  return lines(
    "import { expect, test } from 'vitest';",
    "import { init, juziWx } from 'juzi-helper-wasm';",
    "import { createHost } from 'juzi-helper-wasm/testing';",
    '',
    "test('is answered as recorded', async () => {",
    `  const host = createHost(${literal(optionsOf(run, false), '  ')});`,
    '  await init();',
    '  // These are the calls that the page made. Start the page here instead, and use host.callsTo(…).',
    ...steps.map((step) => `  ${step}`),
    '  host.destroy();',
    '});',
  );
}
