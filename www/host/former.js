// @ts-check
/** The fault `staleMs`: for a moment after a switch, the console still reports the previous conversation. */

/** @typedef {import('./types.js').Chat} Chat */

/** @param {() => import('./types.js').Faults} faults The current ones. */
export function createFormer(faults) {
  /** The conversation before the last switch, while the console still reports it. @type {Chat | null} */
  let former = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function end() {
    clearTimeout(timer);
    former = null;
  }

  return {
    end,
    /** The conversation that the console reports. @param {Chat | null} current The open one. */
    told: (current) => former ?? current,
    /** @param {Chat | null} from The conversation that was open before this switch. */
    switched(from) {
      end();
      const { staleMs } = faults();
      if (staleMs === 0) return;
      former = from;
      timer = setTimeout(end, staleMs);
    },
    /** Must be called when the conversations were replaced. @param {readonly Chat[]} chats */
    replaced(chats) {
      former = chats.find(({ id }) => id === former?.id) ?? null;
    },
  };
}
