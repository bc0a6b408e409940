/**
 * What the workbench's server does, inside the console page: it issues one-time codes and redeems them
 * (docs/spec.md, section 8).
 */

/** @typedef {{ code: string, user: Record<string, string>, expiresAt: number, redeemed: boolean }} Code */

const STATE = /^[a-zA-Z0-9]{1,128}$/;

/**
 * @param {object} given
 * @param {() => any} given.scenario The scenario in force.
 * @param {() => string | null} given.current Id of the open conversation.
 * @param {Record<number, string>} given.errmsg Texts by errcode.
 * @param {number} given.ttl Milliseconds that an unused code lives.
 * @param {(event: string, detail: object) => void} given.emit
 * @param {() => number} [given.now]
 */
export function createHub({ scenario, current, errmsg, ttl, emit, now = Date.now }) {
  /** @type {Map<string, Code>} */
  const codes = new Map();
  let fault = scenario().faults?.getUserInfo ?? 0;

  /** @param {string | null} id @param {string} via */
  function issue(id, via) {
    const { account, conversations } = scenario();
    const conversation = conversations.find((/** @type {any} */ one) => one.id === id) ?? null;
    const { userId, corpId, orgId, uid, email } = account;
    const botId = conversation?.botId ?? account.botId;
    const code = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const at = now();
    codes.set(code, { code, user: { userId, corpId, botId, orgId, uid, email }, expiresAt: at + ttl, redeemed: false });
    emit('code-issued', { code, conversationId: conversation?.id ?? null, botId, via, at, expiresAt: at + ttl });
    return { code, botId };
  }

  /** @param {string} given */
  function errcodeOf(given) {
    if (fault !== 0) return fault;
    if (given === '') return -4;
    const known = codes.get(given);
    if (!known || known.redeemed) return -1;
    if (now() >= known.expiresAt) return -2;
    known.redeemed = true;
    return 0;
  }

  return {
    issue: (/** @type {string} */ id, /** @type {string} */ via) => issue(id, via).code,
    setFault: (/** @type {number} */ errcode) => { fault = errcode; },

    /** The body of `getUserInfo`. @param {string} code */
    redeem(code) {
      const errcode = errcodeOf(code);
      emit('code-redeemed', { code, errcode, errmsg: errmsg[errcode], at: now() });
      return { errcode, errmsg: errmsg[errcode], data: errcode === 0 ? codes.get(code)?.user : null };
    },

    /**
     * The address to which `authorize` redirects.
     * @param {URLSearchParams} query
     * @throws {Error} that names the parameter.
     */
    authorize(query) {
      const state = query.get('state') ?? '';
      const target = URL.parse?.(query.get('redirect_uri') ?? '') ?? safeUrl(query.get('redirect_uri'));
      if (!target || !['http:', 'https:'].includes(target.protocol)) throw new Error('redirect_uri must be an absolute http or https URL');
      if (state !== '' && !STATE.test(state)) throw new Error('state must be at most 128 bytes of a-zA-Z0-9');
      const { code, botId } = issue(current() ?? '', 'authorize');
      target.searchParams.set('code', code);
      if (state) target.searchParams.set('state', state);
      target.searchParams.set('juziBotId', botId);
      return target.href;
    },
  };
}

/** @param {string | null} text */
function safeUrl(text) {
  try {
    return new URL(text ?? '');
  } catch {
    return null;
  }
}
