// The error that promises of failed calls reject with. It reads no other file but `members.js`, so that a page's bundle with this class
// alone has nothing else of the helper.
import { define, isObject, ownKeys } from './members.js';

/** The fixed reasons of failures: `JuziError.code` is one of them. A test compares them with error.rs. */
const FIXED =
  /:fail (not in sidebar|timeout|function not exist|host unreachable|internal error|webassembly blocked|invalid options|aborted|conversation changed)/;

/** The answer of a call that has failed. */
export const failure = (name, reason) => {
  const err_msg = `${name}:fail ${reason}`;
  return { err_msg, errMsg: err_msg, errCode: -1 };
};

/**
 * Defines members. An assignment would run a setter that a script has put on `Object.prototype`, and would fail for a member that is frozen
 * there.
 */
const give = (object, members) => {
  for (const name of ownKeys(members)) define(object, name, { value: members[name], writable: true });
};

/** The error that promises of failed calls reject with. `answer` is the whole `res`, or the reason alone. */
export class JuziError extends Error {
  constructor(api, answer, options) {
    const res = isObject(answer) ? answer : failure(api, answer);
    const { err_msg } = res;
    super(err_msg, options);
    const code = (FIXED.exec(err_msg) || ['', 'fail'])[1].replace(/ /g, '_');
    give(this, { api, err_msg, res, code });
  }
}
/** By this member the package recognises an error of another copy (helper.js). */
export const IS_ERROR = Symbol.for('juzi-helper error');
// Defined: a page may have frozen `Error.prototype`, which has a member `name`.
give(JuziError.prototype, { name: 'JuziError', [IS_ERROR]: true });
