/** Bytes of a code in UTF-8. The hub's have a few dozen. */
export const MAX_CODE = 1_024;

/** Why a login failed. Its message never contains a code or a state. */
export class OAuthError extends Error {
  constructor(code, message, { errcode, cause, setCookie } = {}) {
    super(message, cause === undefined ? undefined : { __proto__: null, cause });
    // Defined, not assigned: if a page has frozen `Error.prototype`, which has the member `name`, an assignment fails.
    for (const [member, value] of Object.entries({ name: 'OAuthError', code, errcode, setCookie })) {
      const descriptor = { __proto__: null, value, writable: true, enumerable: true, configurable: true };
      Object.defineProperty(this, member, descriptor);
    }
  }
}

export const missingCode = () => new OAuthError('missing_code', 'no authorization code given', { errcode: -4 });
export const badAnswer = (what) => new OAuthError('bad_answer', `the hub's answer is not usable: ${what}`);

/** An own member: a script must not set options, such as the hub that receives the code, through `Object.prototype`. */
export const own = (options, name) => (Object.prototype.hasOwnProperty.call(options ?? {}, name) ? options[name] : undefined);
