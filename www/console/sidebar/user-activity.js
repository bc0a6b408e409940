/** Whether the user may have caused a call of the page, rather than a load, a push or a timer. */

/** A page that has not called for this long (ms) has finished what it does by itself after a load or a push. */
const CALM = 1_000;

/**
 * @param {import('../../host.js').Host} host @param {HTMLIFrameElement} frame
 * @param {{ now: () => number, focused: () => Element | null }} [from]
 */
export function watchUserActivity(host, frame, { now, focused } = { now: () => performance.now(), focused: () => document.activeElement }) {
  let last = now();
  let isCalm = false;
  /** Whether the user has done something in the page. Only a page that can be read shows it. */
  let hasActed = false;
  const restart = () => {
    isCalm = false;
    hasActed = false;
    last = now();
  };
  host.on('load', restart);
  host.on('push', restart);
  frame.addEventListener('load', restart);
  return {
    /** The page has loaded itself. The focus is still in its frame. */
    restart,
    /** The user has done something in the page. */
    acted: () => void (hasActed = true),
    /** Whether the call that comes now may be the user's. */
    mayBeUsers() {
      const at = now();
      isCalm ||= at - last >= CALM;
      last = at;
      return frame.contentDocument ? hasActed : isCalm && focused() === frame;
    },
  };
}
