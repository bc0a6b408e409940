// Checks the names of calls that a test gives the console: a rule for a name that no call has would never apply.
import { CALLS } from 'juzi:catalogue';
import { nearest } from './option-names.js';

export const POSTED = CALLS.filter(({ name, wire }) => name === wire).map(({ name }) => name);
/** Methods of the host whose first parameter is a name. */
const NAMED = ['answer', 'fail', 'hold', 'silence', 'restore', 'callsTo', 'nextCall'];

/** What is wrong with a name; undefined if nothing is. */
function refusal(name) {
  if (POSTED.includes(name)) return undefined;
  const call = CALLS.find((one) => one.name === name);
  if (call?.wire) return `${name} reaches the console as ${call.wire}: use that name`;
  if (name === 'updateBaseInfo' || name === 'on' || name === 'off') {
    return `${name} never reaches the console, which tells of a switch by itself: use switchTo() or push()`;
  }
  if (call) return `${name} never reaches the console: the helper itself answers it, in Juzi always with success`;
  const meant = nearest(
    String(name),
    CALLS.map((one) => one.name),
  );
  return `no call is named ${JSON.stringify(name)}; ${meant ? `did you mean ${JSON.stringify(meant)}?` : `the names are ${POSTED.join(', ')}`}`;
}

function check(where, names) {
  for (const name of names) {
    const why = refusal(name);
    if (why) throw new TypeError(`${where}: ${why}`);
  }
}

export function checkOptions({ handlers, faults }) {
  check('createHost: handlers', Object.keys(handlers ?? {}));
  check('createHost: faults.errors', Object.keys(faults?.errors ?? {}));
}

/** The host, whose methods refuse wrong names. */
export function checkNames(host) {
  for (const method of NAMED) {
    const run = host[method];
    host[method] = (api, ...rest) => {
      if (method !== 'restore' || api !== undefined) check(`host.${method}`, [api]);
      return run(api, ...rest);
    };
  }
  const { setFaults } = host;
  host.setFaults = (some) => {
    check('host.setFaults: errors', Object.keys(some?.errors ?? {}));
    setFaults(some);
  };
  return host;
}
