/**
 * The OAuth hub inside the console page (docs/spec.md, section 8). `hub/` has the codes and the checks of `authorize`.
 */
import { callbackOf, parseAuthorize } from './hub/authorize.js';
import { ERRMSGS, createCodes } from './hub/codes.js';

/**
 * @param {object} given
 * @param {() => any} given.scenario The scenario in force.
 * @param {() => string | null} given.current Id of the open conversation.
 * @param {number} given.ttl Milliseconds that an unused code lives.
 * @param {(event: string, detail: object) => void} given.emit
 * @param {() => number} [given.now]
 */
export function createHub({ scenario, current, ttl, emit, now = Date.now }) {
  const codes = createCodes({ now, ttl });
  /** An errcode that the hub knows. Any other value, for example from a link, means no fault. @param {unknown} errcode */
  const known = (errcode) => (typeof errcode === 'number' && ERRMSGS.has(errcode) ? errcode : 0);
  let fault = known(scenario().faults?.getUserInfo);

  /** @param {string | null} id @param {string} via */
  function issue(id, via) {
    const { account, conversations } = scenario();
    const conversation = conversations.find((/** @type {any} */ one) => one.id === id);
    const conversationId = conversation?.id ?? null;
    const { userId, corpId, orgId, uid, email } = account;
    const botId = conversation?.botId ?? account.botId;
    const issued = codes.issue({ userId, corpId, botId, orgId, uid, email }, true, { via, conversationId });
    if (!issued) throw new Error('too many codes are unused; reload the page');
    const { code, at, expiresAt } = issued;
    emit('code-issued', { code, conversationId, botId, via, at, expiresAt });
    return { code, botId };
  }

  /** @param {string} code @returns {{ errcode: number, user?: object }} */
  function answer(code) {
    if (fault !== 0) return { errcode: fault };
    return code === '' ? { errcode: -4 } : codes.redeem(code);
  }

  return {
    issue: (/** @type {string} */ id, /** @type {string} */ via) => issue(id, via).code,
    setFault: (/** @type {number} */ errcode) => {
      fault = known(errcode);
    },

    /** The body of `getUserInfo`. @param {string} code */
    redeem(code) {
      const { errcode, user = null } = answer(code);
      const errmsg = ERRMSGS.get(errcode);
      emit('code-redeemed', { code, errcode, errmsg, at: now() });
      return { errcode, errmsg, data: user };
    },

    /**
     * The address to which `authorize` redirects.
     * @param {URLSearchParams} query
     * @throws {Error} that names the parameter.
     */
    authorize(query) {
      const asked = parsed(query);
      const { code, botId } = issue(current(), 'authorize');
      return callbackOf(asked, code, botId);
    },
  };
}

/** @param {URLSearchParams} query */
function parsed(query) {
  try {
    return parseAuthorize(query);
  } catch (/** @type {any} */ refusal) {
    throw new Error(`${refusal.parameter}: ${refusal.message}`);
  }
}
