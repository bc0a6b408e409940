/**
 * What the sources say of each symbol: `file.Interface.member` of the packages' types (the plugin for Vite: its name and the member),
 * `scenario.Part.member` of the scenario's schema. The Chinese in zh.mjs is keyed by these names. TypeDoc is not needed for it, so that the
 * quick check can compare the two.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../lib/places.mjs';
import { entries } from './entries.mjs';

export const normal = (text) => text.replace(/\s+/g, ' ').trim();
/** Marks the English that a Chinese text was written for. @param {string[]} paragraphs */
export const markOf = (paragraphs) => createHash('sha256').update(paragraphs.join('\n')).digest('hex').slice(0, 8);

/**
 * The paragraphs of each symbol, in the order of the sources. One that several symbols have stands under the first.
 * @returns {Map<string, string[]>}
 */
export function symbols() {
  const found = new Map();
  const seen = new Set();
  const add = (symbol, paragraphs) => {
    const own = paragraphs.filter((text) => !seen.has(text) && seen.add(text));
    if (own.length > 0) found.set(symbol, [...(found.get(symbol) ?? []), ...own]);
  };
  ofSchema(add);
  for (const [file, name] of files()) ofTypes(join(root, file), name, add);
  return found;
}

/** The entries' files, then those whose symbols they export again. Each with the name that its symbols begin with. */
function files() {
  const listed = entries();
  const own = listed.map(({ source, types, page }) => [`${source}/${types}`, page]);
  const again = listed.flatMap(({ source, types }) => {
    const text = readFileSync(join(root, source, types), 'utf8');
    return [...text.matchAll(/^export [^;]* from '\.\/([\w-]+)\.js';$/gm)].map(([, name]) => [`${source}/${name}.d.ts`, name]);
  });
  // A file that is both keeps its first place.
  return new Map([...own, ...again]);
}

function ofSchema(add) {
  const schema = JSON.parse(readFileSync(join(root, 'www/scenarios/scenario.schema.json'), 'utf8'));
  const part = (name, one) => {
    add(name, paragraph(one.description));
    for (const [member, { description }] of Object.entries(one.properties ?? {})) add(`${name}.${member}`, paragraph(description));
    for (const choice of [...(one.oneOf ?? []), ...(one.anyOf ?? [])]) {
      if (choice.const !== undefined) add(`${name}.${choice.const}`, paragraph(choice.description));
    }
  };
  part('scenario', schema);
  for (const [name, one] of Object.entries(schema.$defs)) part(`scenario.${name}`, one);
}

const paragraph = (text) => (text ? [normal(text)] : []);

/** @param {string} file @param {string} module @param {(symbol: string, paragraphs: string[]) => void} add */
function ofTypes(file, module, add) {
  const text = readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  // What a module does not export is not in the reference. An import carries the comment about the module.
  const isModule = /^export /m.test(text);
  const visit = (node, path) => {
    if (isModule && node.parent === source && !/^(export|import)\b/.test(node.getText(source))) return;
    const name = node.name?.getText(source) ?? node.declarationList?.declarations[0]?.name.getText(source);
    const own = name ? [...path, name] : path;
    for (const comment of node.jsDoc ?? []) add(own.join('.'), inComment(comment.getText(source)));
    ts.forEachChild(node, (child) => visit(child, own));
  };
  visit(source, [module]);
}

/** The paragraphs of a comment and of its tags, and the sentences of comments in its examples. @param {string} comment */
function inComment(comment) {
  const text = comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .replace(/^\s*\* ?/gm, '')
    .replace(/\{@link ([^}|]+)(?:\|[^}]*)?\}/g, '$1');
  return text
    .split(/(^```[\s\S]*?^```)/m)
    .flatMap((part) =>
      part.startsWith('```')
        ? [...part.matchAll(SENTENCE)].map(([, sentence]) => sentence)
        : part.split(/\n\s*\n|^(?=@)/m).map((one) => one.trim().replace(/^@(param \S+|throws \{\w+\}|\w+)/, '')),
    )
    .map(normal)
    .filter(Boolean);
}

/** The comments in code that are sentences: some show a value. */
export const SENTENCE = /(?<=^|\s)\/\/ (?![{['"`\d])(.+)$/gm;
