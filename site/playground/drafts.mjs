/** What a visitor has made of the examples, kept in the browser. A browser may have no storage, or a full one. */

const PREFIX = 'juzi.playground.draft.';

/**
 * @typedef {{ html: string, script: string }} Source
 * @param {() => Storage} storage Reading `localStorage` can throw.
 */
export function createDrafts(storage) {
  /** @template T @param {(storage: Storage) => T} use @param {T} otherwise */
  const guarded = (use, otherwise) => {
    try {
      return use(storage());
    } catch {
      return otherwise;
    }
  };

  return {
    /**
     * The draft; null if there is none.
     * @param {string} name @param {string} [of] What it was made of, if that can change: a draft of something else is none.
     * @returns {Source | null}
     */
    read: (name, of) =>
      guarded((kept) => {
        const draft = JSON.parse(kept.getItem(PREFIX + name) ?? 'null');
        if (typeof draft?.html !== 'string' || typeof draft.script !== 'string' || draft.of !== of) return null;
        return { html: draft.html, script: draft.script };
      }, null),

    /** @param {string} name @param {Source} source @param {string} [of] */
    write: (name, { html, script }, of) => guarded((kept) => kept.setItem(PREFIX + name, JSON.stringify({ html, script, of })), undefined),

    /** @param {string} name */
    remove: (name) => guarded((kept) => kept.removeItem(PREFIX + name), undefined),
  };
}
