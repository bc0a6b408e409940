/** The files for programs: llms.txt, and the feed of changes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { locales } from '../.vitepress/navigation.mjs';
import { changes } from './changes.mjs';
import { docs, PLACEHOLDER_BASE } from './places.mjs';

/** @param {string} out */
export function writeTexts(out) {
  writeFileSync(join(out, 'llms.txt'), llms());
  writeFileSync(join(out, 'changes.xml'), feed());
}

/** https://llmstxt.org: a heading, a summary, and lists of links. */
function llms() {
  const part = ({ label, themeConfig, description }) => {
    const groups = Object.values(themeConfig.sidebar).flat();
    const lists = groups.map(
      ({ text, items }) =>
        `## ${text} (${label})\n\n${items.map(({ text: title, link }) => `- [${title}](${PLACEHOLDER_BASE}${link.slice(1).replace(/\/$/, '/index')}.html)${summary(link)}`).join('\n')}`,
    );
    return { description, lists };
  };
  const [en, zh] = [part(locales.root), part(locales.zh)];
  return `# juzi-helper-wasm\n\n> ${en.description}. ${zh.description}。\n\n${[...en.lists, ...zh.lists].join('\n\n')}\n`;
}

/** The first paragraph of a page. @param {string} link */
function summary(link) {
  const text = readFileSync(join(docs, `${link.replace(/\/$/, '/index')}.md`), 'utf8').replace(/^---[\s\S]*?---\n/, '');
  const first = text.split(/\n{2,}/).find((block) => /^[\p{L}`\[]/u.test(block)) ?? '';
  const plain = first.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('\n', ' ');
  return plain ? `: ${plain}` : '';
}

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** An Atom feed with an entry for each version of the changelog. */
function feed() {
  const entries = changes('en').map(
    ({ version, date, text }) => `  <entry>
    <id>urn:juzi-helper-wasm:${version}</id>
    <title>juzi-helper-wasm ${version}</title>
    <updated>${date}T00:00:00Z</updated>
    <link href="${PLACEHOLDER_BASE}changes.html"/>
    <content type="text">${escape(text)}</content>
  </entry>`,
  );
  const newest =
    changes('en')
      .map(({ date }) => date)
      .sort()
      .at(-1) ?? '1970-01-01';
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>urn:juzi-helper-wasm:changes</id>
  <title>juzi-helper-wasm: changes</title>
  <updated>${newest}T00:00:00Z</updated>
  <author><name>juzi-helper-wasm</name></author>
  <link rel="self" href="${PLACEHOLDER_BASE}changes.xml"/>
${entries.join('\n')}
</feed>
`;
}
