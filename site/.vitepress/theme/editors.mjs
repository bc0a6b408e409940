/**
 * CodeMirror, for the page's HTML and its script. In a shadow root it uses constructed style sheets instead of style elements. A strict
 * Content-Security-Policy allows those.
 */
import { basicSetup } from 'codemirror';
import { html } from '@codemirror/lang-html';
import { javascript } from '@codemirror/lang-javascript';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { indentWithTab } from '@codemirror/commands';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import { placeOf, problemMarks, setReported } from './editor-problems.mjs';

const themeOf = (dark) => [
  EditorView.theme(
    {
      '&': { height: '100%', fontSize: '13px', color: dark ? '#e6e8ee' : '#1f2328', backgroundColor: dark ? '#16181d' : '#fff' },
      '.cm-scroller': { fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace', overflow: 'auto' },
      '.cm-gutters': { backgroundColor: 'transparent', color: dark ? '#9aa3b2' : '#59636e', border: 'none' },
      '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: dark ? '#ffffff0d' : '#0000000a' },
      '.cm-cursor': { borderLeftColor: dark ? '#fff' : '#000' },
      '&.cm-focused': { outline: 'none' },
    },
    { dark },
  ),
  syntaxHighlighting(
    HighlightStyle.define(
      dark
        ? [
            { tag: tags.keyword, color: '#ff9492' },
            { tag: tags.string, color: '#addcff' },
            { tag: tags.comment, color: '#bdc4cc' },
            { tag: [tags.number, tags.bool, tags.null], color: '#91cbff' },
            { tag: tags.tagName, color: '#72f088' },
            { tag: tags.attributeName, color: '#91cbff' },
          ]
        : [
            { tag: tags.keyword, color: '#a0111f' },
            { tag: tags.string, color: '#032563' },
            { tag: tags.comment, color: '#59636e' },
            { tag: [tags.number, tags.bool, tags.null], color: '#023b95' },
            { tag: tags.tagName, color: '#024c1a' },
            { tag: tags.attributeName, color: '#023b95' },
          ],
    ),
  ),
];

/**
 * @typedef {object} Options
 * @property {boolean} dark
 * @property {(name: string) => string} label
 * @property {() => string} syntaxError What is said at a line with an error.
 * @property {(name: string, text: string) => void} onChange
 * @property {(name: string, lines: number[]) => void} onSyntax The lines with an error in a text, whenever they were looked for.
 *
 * @param {HTMLElement} box @param {Options} options
 */
export function createEditors(box, { dark, label, syntaxError, onChange, onSyntax }) {
  const root = box.attachShadow({ mode: 'open' });
  const colours = new Compartment();
  let isDark = dark;
  const stateOf = (name, language, text) =>
    EditorState.create({
      doc: text,
      extensions: [
        basicSetup,
        language,
        keymap.of([indentWithTab]),
        colours.of(themeOf(isDark)),
        problemMarks({ syntaxError, onSyntax: (lines) => onSyntax(name, lines) }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label(name) }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(name, update.state.doc.toString());
        }),
      ],
    });
  const languages = { html: html(), script: javascript() };
  const states = { html: stateOf('html', languages.html, ''), script: stateOf('script', languages.script, '') };
  let shown = 'script';
  const view = new EditorView({ state: states.script, parent: root, root });
  view.dom.style.height = '100%';

  /** Changes both texts' states. @param {(name: string) => import('@codemirror/state').StateEffect<any>} effectFor */
  function inEach(effectFor) {
    for (const name of ['html', 'script']) {
      if (name === shown) view.dispatch({ effects: effectFor(name) });
      else states[name] = states[name].update({ effects: effectFor(name) }).state;
    }
  }

  return {
    /** Replaces both texts. */
    set(source) {
      for (const name of ['html', 'script']) states[name] = stateOf(name, languages[name], source[name]);
      view.setState(states[shown]);
    },
    show(name) {
      if (name === shown) return;
      states[shown] = view.state;
      shown = name;
      view.setState(states[name]);
    },
    setDark(next) {
      isDark = next;
      inEach(() => colours.reconfigure(themeOf(isDark)));
    },
    /** Marks the lines of what the page has reported. @param {readonly import('./editor-problems.mjs').Problem[]} problems */
    setReported: (problems) => inEach((name) => setReported.of(problems.filter((problem) => problem.name === name))),
    /** Moves to a problem of the text that is shown, for the keyboard too. @param {{ id?: number, line: number }} problem */
    goTo({ id, line }) {
      const { doc } = view.state;
      const at = placeOf(view.state, id) ?? doc.line(Math.min(line, doc.lines)).from;
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
