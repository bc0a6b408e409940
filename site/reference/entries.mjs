/** The entries of the npm packages that have types of their own, from their manifests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/places.mjs';
import { entries as chinese } from './zh.mjs';
import { entries as english } from './en.mjs';

/** The same helper with another engine: their types are those of the main entry. */
const SAME_TYPES = new Set(['compat', 'external', 'wasm', 'juzi_helper_bg.wasm']);

/** Each package: the folder of its sources, the folder that the build makes, and the page of its main entry. */
const PACKAGES = [
  { source: 'pkg-template', built: 'pkg', main: 'index' },
  { source: 'vite-plugin', built: 'pkg-vite', main: 'vite-plugin-juzi' },
];

/** `source` and `built` are the folders of the types, from the root on. @returns {Entry[]} */
export const entries = () => PACKAGES.flatMap(entriesOf);

/** @typedef {{ name: string, page: string, types: string, source: string, built: string, summary: { en: string, zh: string } }} Entry */

/** @returns {Entry[]} */
function entriesOf({ source, built, main }) {
  const { name, exports } = JSON.parse(readFileSync(join(root, source, 'package.json'), 'utf8'));
  return Object.entries(exports).flatMap(([path, conditions]) => {
    const types = typesOf(conditions)?.replace(/^\.\//, '');
    const own = path.slice(2);
    if (!types?.endsWith('.d.ts') || SAME_TYPES.has(own) || own.includes('.js')) return [];
    const page = own || main;
    for (const words of [english, chinese]) if (!words[page]) throw new Error(`site/reference describes no entry ${path} of ${name}`);
    const summary = { en: english[page], zh: chinese[page] };
    return [{ name: own ? `${name}/${own}` : name, page, types, source: `${source}/types`, built, summary }];
  });
}

/** @param {any} conditions */
function typesOf(conditions) {
  if (typeof conditions !== 'object' || conditions === null) return undefined;
  return conditions.import?.types ?? conditions.types ?? conditions.node?.import?.types ?? conditions.default?.types;
}
