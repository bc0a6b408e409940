/** A page of the playground as a project: what the starter writes, with this page in the place of its own. */
import { vendorIn } from './page-document.mjs';

const HELPER = 'vendor/juzi-helper.js';
/** The helper's tag, where the package from npm does the same. Other attributes of the tag stay attributes. */
const PLAIN_TAG = /<script src="\.\.\/\.\.\/vendor\/juzi-helper\.js"(?: data-timeout="(\d+)")?><\/script>\n?/;
const STYLE = /<style>\n?([\s\S]*?)<\/style>\n?/gi;
const INLINE = /<script>([\s\S]*?)<\/script>/gi;

/**
 * @typedef {{ files: Record<string, string>, media: readonly string[] }} Starter `starter.json`.
 * @param {{ html: string, script: string }} source
 * @param {Starter} starter
 * @returns {{ texts: Record<string, string>, copies: Record<string, string> }} Texts by path, and paths below the playground's folder by
 *   the project's path.
 */
export function projectOf(source, { files, media }) {
  const texts = { ...files };
  /** @type {Record<string, string>} */
  const copies = {};
  const both = source.html + source.script;
  if (both.includes('../../media/'))
    for (const name of media) if (both.includes(name.replace(/\.\w+$/, ''))) copies[`public/media/${name}`] = `media/${name}`;
  const html = source.html.replaceAll('../../media/', '/media/');
  const script = source.script.replaceAll('../../media/', '/media/');

  // The project's policy allows no style and no script inside the page.
  const styles = [...html.matchAll(STYLE)].map(([, css]) => css).join('\n');
  let page = html.replace(STYLE, '');
  const start = [];
  if (styles) {
    texts['src/page.css'] = styles;
    start.push("import './page.css';");
  }
  if (usesPackage(page)) {
    const [, timeout] = /** @type {RegExpExecArray} */ (PLAIN_TAG.exec(page));
    page = page.replace(PLAIN_TAG, '');
    start.unshift("import { init, juziWx } from 'juzi-helper-wasm';");
    start.push('', '// Only Juzi’s console may frame the page, and one on this machine while the page is here too.');
    start.push(`await init({ allowedHosts: ['https://*.juzibot.com', 'localhost']${timeout ? `, timeout: ${timeout}` : ''} });`);
    texts['test/page.test.js'] = TEST;
  } else {
    for (const path of vendorIn(page)) copies[`public/${path}`] = path;
    page = page.replaceAll('"../../vendor/', '"/vendor/');
    let count = 0;
    page = page.replace(INLINE, (_, text) => {
      const name = `inline-${++count}.js`;
      texts[`public/${name}`] = text;
      return `<script src="/${name}"></script>`;
    });
    withoutTests(texts);
  }
  texts['src/main.js'] = [...start, ...(start.length > 0 ? [''] : []), script].join('\n');
  texts['index.html'] = `${page.trimEnd()}\n<script type="module" src="/src/main.js"></script>\n`;
  texts['README.md'] += NOTES;
  return { texts, copies };
}

/** Whether the package can take the tag's place: nothing else in the page needs the helper before the module runs. @param {string} html */
const usesPackage = (html) => PLAIN_TAG.test(html) && vendorIn(html).join() === HELPER && (html.match(/<script\b/gi) ?? []).length === 1;

/** A page with the SDK's tags cannot start in jsdom, which loads no scripts. @param {Record<string, string>} texts */
function withoutTests(texts) {
  const manifest = JSON.parse(texts['package.json']);
  delete manifest.scripts.test;
  texts['package.json'] = `${JSON.stringify(manifest, null, 2)}\n`;
  texts['README.md'] = texts['README.md'].replace(/^\| `npm test`.*\n/m, '');
  texts['.github/workflows/ci.yml'] = texts['.github/workflows/ci.yml'].replace(/^ *- run: npm test\n/m, '');
}

const TEST = `import { readFileSync } from 'node:fs';
import { isInSidebar } from 'juzi-helper-wasm';
import { createHost } from 'juzi-helper-wasm/testing';
import { expect, test } from 'vitest';

// Vitest also fails if the page throws later, or leaves a rejection unhandled.
test('the page starts in the console', async () => {
  document.body.innerHTML = readFileSync('index.html', 'utf8');
  createHost({ chats: [{ id: 'lin', name: 'Lin', type: 0, externalUserId: 'wmLin' }] });
  await import('../src/main.js');
  expect(isInSidebar()).toBe(true);
});
`;

const NOTES = `
## From the playground

The page is in \`index.html\` and \`src/main.js\`. The playground answered \`POST /session\` in the place of a server, and could make
the console slow or faulty. Here a server of yours logs the user in, and the console's panel "Faults" has the faults.
`;
