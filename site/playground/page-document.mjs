/** The document that runs: the visitor's page, with what it needs inside it. */

/** The scripts that a page can have from the playground. */
const VENDOR = /<script\b([^>]*?)\ssrc="\.\.\/\.\.\/(vendor\/[\w.-]+\.js)"([^>]*)>\s*<\/script>/gi;

/** The playground's scripts in a page, by their paths below its folder. @param {string} html */
export const vendorIn = (html) => [...new Set([...html.matchAll(VENDOR)].map(([, , path]) => path))];

/** A script's text ends at the first `</script`; in JavaScript `<\/script` means the same in every place where it may occur. */
const closed = (/** @type {string} */ script) => script.replace(/<\/(script)/gi, '<\\/$1');
const newlines = (/** @type {string} */ text) => text.split('\n').length - 1;

/**
 * First what reports errors and stands in for the page's server, last the script. The playground's scripts are inside the document: of a
 * script of another origin the browser tells neither errors nor lines.
 * @param {{ html: string, script: string }} source
 * @param {{ first: string, vendor?: Record<string, string>, run?: number }} parts `first` runs first; `vendor` has texts by path.
 * @returns {{ text: string, placeOf: (line: number) => { name: 'html' | 'script', line: number } | null }} `placeOf` finds where
 *   a line of the document is in the visitor's source.
 */
export function documentOf({ html, script }, { first, vendor = {}, run = 0 }) {
  let text = '';
  /** @type {{ name: 'html' | 'script', from: number, to: number, line: number }[]} */
  const spans = [];
  const add = (/** @type {string} */ part) => {
    text += part;
  };
  const addSource = (/** @type {'html' | 'script'} */ name, /** @type {string} */ part, /** @type {number} */ line) => {
    const from = newlines(text) + 1;
    spans.push({ name, from, to: from + newlines(part), line });
    text += part;
  };

  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? '';
  add(doctype.trim() || '<!doctype html>');
  add(`<script data-run="${run}">\n${closed(first)}\n</script>\n`);
  let done = doctype.length;
  const line = (/** @type {number} */ index) => newlines(html.slice(0, index)) + 1;
  for (const { 0: tag, 1: before, 2: path, 3: after, index } of html.matchAll(VENDOR)) {
    if (vendor[path] === undefined) continue;
    addSource('html', html.slice(done, index), line(done));
    add(`<script${before}${after}>\n${closed(vendor[path])}\n</script>`);
    done = index + tag.length;
  }
  addSource('html', html.slice(done), line(done));
  add('\n<script type="module">\n');
  addSource('script', closed(script), 1);
  add('\n</script>\n');

  return {
    text,
    placeOf(at) {
      const span = spans.findLast(({ from, to }) => from <= at && at <= to);
      return span ? { name: span.name, line: span.line + at - span.from } : null;
    },
  };
}
