/** The conversations that only this window has changed, because no file can be written. They outlast changes of the file. No DOM here. */
import { fromFields, mergeFields, toFields } from './conversation-fields.js';
import { withConversation } from './scenario.js';

/** @typedef {import('./types.js').Scenario} Scenario */
/** @typedef {import('./types.js').Conversation} Conversation */
/** @typedef {{ before: Conversation | undefined, after: Conversation }} Edited `before` is the file's; undefined for a new conversation. */

export function createWindowEdits() {
  /** @type {Map<string, Edited>} */
  const edits = new Map();
  return {
    /** Keeps what the second scenario has changed in the first. Returns whether it has. @param {Scenario} one @param {Scenario} other */
    note(one, other) {
      const before = new Map(one.conversations.map((chat) => [chat.id, chat]));
      const changed = other.conversations.filter((chat) => JSON.stringify(chat) !== JSON.stringify(before.get(chat.id)));
      for (const after of changed)
        edits.set(after.id, { before: edits.has(after.id) ? edits.get(after.id)?.before : before.get(after.id), after });
      return changed.length > 0;
    },
    /** A new scenario of the server's, with the edits. @param {Scenario} scenario */
    over: (scenario) => [...edits.values()].reduce((result, edit) => withConversation(result, merged(scenario, edit)), scenario),
  };
}

/** Where both have changed a field, the window's holds: it is what the user sees. @param {Scenario} scenario @param {Edited} edit */
function merged(scenario, { before, after }) {
  const there = scenario.conversations.find(({ id }) => id === after.id);
  if (!there) return after;
  return fromFields(mergeFields(toFields(before ?? after), toFields(after), toFields(there)).fields, there);
}
