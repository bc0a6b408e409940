/** The package's entries that have types of their own, from its manifest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/places.mjs';
import { entries as chinese } from './zh.mjs';
import { entries as english } from './en.mjs';

/** The same helper with another engine: their types are those of the main entry. */
const SAME_TYPES = new Set(['compat', 'external', 'wasm', 'juzi_helper_bg.wasm']);

/** @returns {{ name: string, page: string, types: string, summary: { en: string, zh: string } }[]} */
export function entries() {
  const { exports } = JSON.parse(readFileSync(join(root, 'pkg-template/package.json'), 'utf8'));
  return Object.entries(exports).flatMap(([path, conditions]) => {
    const types = typesOf(conditions)?.replace(/^\.\//, '');
    const own = path.slice(2);
    if (!types?.endsWith('.d.ts') || SAME_TYPES.has(own) || own.includes('.js')) return [];
    const key = own || 'index';
    for (const words of [english, chinese]) if (!words[key]) throw new Error(`site/reference describes no entry ${path} of the package`);
    return [
      { name: own ? `juzi-helper-wasm/${own}` : 'juzi-helper-wasm', page: key, types, summary: { en: english[key], zh: chinese[key] } },
    ];
  });
}

/** @param {any} conditions */
function typesOf(conditions) {
  if (typeof conditions !== 'object' || conditions === null) return undefined;
  return conditions.import?.types ?? conditions.types ?? conditions.node?.import?.types ?? conditions.default?.types;
}
