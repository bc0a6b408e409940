/** What is wrong in a text: what its syntax shows at once, and what the page has reported. */
import { syntaxTree } from '@codemirror/language';
import { linter, lintGutter } from '@codemirror/lint';
import { StateEffect, StateField } from '@codemirror/state';

/** @typedef {{ id: number, name: string, line: number, text: string }} Problem */

/** Replaces the problems that the page has reported. @type {import('@codemirror/state').StateEffectType<readonly Problem[]>} */
export const setReported = StateEffect.define();

/** @param {import('@codemirror/state').Text} doc @param {number} number */
const lineAt = (doc, number) => doc.line(Math.min(Math.max(number, 1), doc.lines));

/** They stay at their lines while the text changes. */
const reported = StateField.define({
  create: () => [],
  update(problems, { changes, effects, newDoc }) {
    const given = effects.find((effect) => effect.is(setReported));
    if (given) return given.value.map((problem) => ({ ...problem, at: lineAt(newDoc, problem.line).from }));
    return changes.empty ? problems : problems.map((problem) => ({ ...problem, at: changes.mapPos(problem.at) }));
  },
});

/** Where a reported problem is now. @param {import('@codemirror/state').EditorState} state @param {number | undefined} id */
export const placeOf = (state, id) => state.field(reported).find((problem) => problem.id === id)?.at;

/**
 * The beginning of each line with an error in its JavaScript. Browsers accept any HTML.
 * @param {import('@codemirror/state').EditorState} state
 */
function syntaxErrors(state) {
  const lines = new Set();
  syntaxTree(state).iterate({
    enter(node) {
      if (!node.type.isError) return;
      for (let parent = node.node.parent; parent; parent = parent.parent)
        if (parent.type.isTop && parent.name === 'Script') lines.add(state.doc.lineAt(Math.min(node.from, state.doc.length)).from);
    },
  });
  return [...lines];
}

/** @param {import('@codemirror/state').EditorState} state @param {number} at @param {string} message */
const markOf = ({ doc }, at, message) => {
  const line = doc.lineAt(at);
  return { from: line.from + /^\s*/.exec(line.text)[0].length, to: line.to, severity: 'error', message };
};

/**
 * @param {{ syntaxError: () => string, onSyntax: (lines: number[]) => void }} options `onSyntax` gets the lines with an error
 *   whenever they were looked for.
 */
export function problemMarks({ syntaxError, onSyntax }) {
  return [
    reported,
    lintGutter(),
    linter(
      ({ state }) => {
        const wrong = syntaxErrors(state);
        onSyntax(wrong.map((at) => state.doc.lineAt(at).number));
        return [
          ...wrong.map((at) => markOf(state, at, syntaxError())),
          ...state.field(reported).map(({ at, text }) => markOf(state, at, text)),
        ];
      },
      {
        delay: 300,
        needsRefresh: ({ startState, state }) =>
          syntaxTree(startState) !== syntaxTree(state) || startState.field(reported) !== state.field(reported),
      },
    ),
  ];
}
