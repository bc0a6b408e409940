// Authorization codes: issued, redeemed once, expired (spec section 8). hub/src/codes.rs has the same rules.

/** The most codes that are remembered at once: far more than a person redeems by hand. */
const MAX_REMEMBERED = 10_000;

/** The hub's errcodes and their texts (spec section 8). 0 means success. */
export const ERRMSGS = new Map([
  [0, 'success'],
  [-1, 'invalid authorization code'],
  [-2, 'authorization code has expired'],
  [-4, 'no authorization code given'],
  [-5, 'unknown error'],
]);

/** 128 random bits, in hexadecimal. */
const newCode = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * A redeemed code is forgotten. An expired one is remembered while there is room, so that `redeem` can tell "expired" from "invalid".
 * When there are too many, an expired code is dropped, or else the oldest one that went to a website. The developer's live code is
 * never dropped to make room for another.
 *
 * @param {{ now: () => number, ttl: number }} options `ttl` in milliseconds.
 */
export function createCodes({ now, ttl }) {
  /** By order of issue, which is also the order of expiry. */
  const developers = new Map();
  const strangers = new Map();
  /** What the log can say of a code, also of one that was redeemed. */
  const traces = new Map();

  function makeRoom(at) {
    const [oldest] = developers;
    if (oldest && at >= oldest[1].expiresAt) return developers.delete(oldest[0]);
    const [strange] = strangers;
    return strange !== undefined && strangers.delete(strange[0]);
  }

  return {
    /** Returns null if every code is live and belongs to the developer. */
    issue(user, forDeveloper, { via, conversationId }) {
      const at = now();
      if (developers.size + strangers.size >= MAX_REMEMBERED && !makeRoom(at)) return null;
      const code = newCode();
      const expiresAt = at + ttl;
      (forDeveloper ? developers : strangers).set(code, { user, expiresAt });
      traces.set(code, { issuedAt: at, expiresAt, redeemedAt: null, via, conversationId });
      if (traces.size > MAX_REMEMBERED) traces.delete(traces.keys().next().value);
      return { code, at, expiresAt };
    },
    /** @returns {{ errcode: number, user?: object }} */
    redeem(code) {
      const ledger = developers.has(code) ? developers : strangers;
      const entry = ledger.get(code);
      if (!entry) return { errcode: -1 };
      if (now() >= entry.expiresAt) return { errcode: -2 };
      ledger.delete(code);
      if (traces.has(code)) traces.get(code).redeemedAt = now();
      return { errcode: 0, user: entry.user };
    },
    /** What is known of a code at this moment. @param {string} code */
    trace(code) {
      const found = traces.get(code);
      if (!found) return { state: 'unknown', ageMs: null, usedMsAgo: null, via: null, conversationId: null };
      const { issuedAt, expiresAt, redeemedAt, via, conversationId } = found;
      return {
        state: redeemedAt !== null ? 'redeemed' : now() >= expiresAt ? 'expired' : 'live',
        ageMs: now() - issuedAt,
        usedMsAgo: redeemedAt === null ? null : now() - redeemedAt,
        via,
        conversationId,
      };
    },
  };
}
