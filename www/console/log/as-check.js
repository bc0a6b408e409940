/** Writes a run as a script for `juzi-workbench check`, in TOML. A check clicks nothing, so it expects nothing that followed a click. */
import { CALLS } from '../../lib/catalogue.js';
import { inCode } from './literal.js';
import { eventsOf, isOver, lines, optionsOf, paramsOf, runOf } from './run.js';

/** @typedef {import('./rows.js').Row} Row */

/** The calls that a page knows by another name than the host, by the host's name. */
const NAMES = new Map(CALLS.flatMap(({ name, wire }) => (wire && wire !== name ? [[wire, name]] : [])));

/** @param {import('./run.js').Recorded} recorded */
export function asCheckScript(recorded) {
  const { run, hide, plain } = runOf(recorded);
  const { current } = optionsOf(run, true);
  /** Whether what the page does now follows from a user's step in it. */
  let byUser = false;

  /** @param {Row} row */
  function call(row) {
    const params = plain(paramsOf(row));
    const outcome = isOver(row) ? row.outcome : undefined;
    const api = hide(row.api);
    return ['', '[[steps]]', `expectCall = ${toml({ api: NAMES.get(api) ?? api, ...(isEmpty(params) ? {} : { params }), outcome })}`];
  }

  /** @param {Row} row */
  function step({ mark }) {
    byUser = mark?.mark === 'act';
    if (mark?.mark === 'switch') return ['', '[[steps]]', `switch = ${toml(mark.id)}`];
    if (mark?.hand) return [];
    if (mark?.mark === 'faults') return ['', '[[steps]]', `fault = ${toml(hide(mark.faults ?? {}))}`];
    return [
      '',
      `# The user: ${inCode(hide(`${mark?.act?.does} ${mark?.text}`))}. A check does nothing in the page, so what followed is left out.`,
    ];
  }

  const faulty = Object.keys(run.faults).length > 0;
  const steps = eventsOf(run.rows).flatMap(({ is, row }) => {
    if (is === 'step') return step(row);
    return is === 'call' && !byUser && !row.byUser ? call(row) : [];
  });
  return lines(
    '# For juzi-workbench check --script FILE, with the scenario that the log is of.',
    `page = ${toml(run.url ?? '')}`,
    ...(current === undefined ? [] : [`chat = ${toml(current)}`]),
    `mode = ${toml(run.mode)}`,
    // The page is loaded before the first step.
    ...(faulty ? ['', '[[steps]]', `fault = ${toml(run.faults)}`, '', '[[steps]]', 'reload = true'] : []),
    ...steps,
  );
}

/** @param {any} params */
const isEmpty = (params) => typeof params !== 'object' || params === null || Object.keys(params).length === 0;

/**
 * A value on one line of TOML; undefined for one that TOML does not have, such as null. A step then expects less.
 * @param {any} value @returns {string | undefined}
 */
function toml(value) {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? number(value) : undefined;
  if (Array.isArray(value)) {
    const items = value.map(toml);
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const members = Object.entries(value).flatMap(([name, member]) => {
    const text = toml(member);
    return text === undefined ? [] : [`${key(name)} = ${text}`];
  });
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}

/** @param {string} name */
const key = (name) => (/^[\w-]+$/.test(name) ? name : quoted(name));

/** JSON escapes what TOML does, but for DEL. @param {string} text */
const quoted = (text) => JSON.stringify(text.toWellFormed()).replaceAll('\u007f', '\\u007f');

/** TOML's whole numbers have 64 bits. A float has a point or an exponent. @param {number} value */
const number = (value) => (Number.isSafeInteger(value) || /[.e]/.test(String(value)) ? String(value) : value.toExponential());
