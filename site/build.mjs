/**
 * Builds the site into dist/site/: generates the reference, lets VitePress make the pages, adds the playground, and moves
 * everything to its base. `--base /path/` names the path under which it will be served; default `/`.
 */
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vitepress';
import { dist, pages, PLACEHOLDER_BASE, root } from './lib/places.mjs';
import { relocate } from './lib/relocate.mjs';
import { writeTexts } from './lib/texts.mjs';
import { askWorkbench } from './lib/workbench.mjs';
import { externaliseRustdoc } from './lib/rustdoc.mjs';
import { assemblePlayground } from './playground/assemble.mjs';
import { generateReference } from './reference/generate.mjs';

const { values } = parseArgs({ options: { base: { type: 'string', default: '/' } } });
const base = `/${values.base.split('/').filter(Boolean).join('/')}/`.replace('//', '/');

const site = new URL('.', import.meta.url).pathname;
const workbench = await askWorkbench();
await generateReference(workbench);
rmSync(pages, { recursive: true, force: true });
mkdirSync(pages, { recursive: true });
await build(site);
assemblePlayground(join(pages, 'playground'), workbench.config);
writeTexts(pages);
externaliseRustdoc(join(pages, 'crate'));
const moved = `${dist.replace(/\/$/, '')}.new`;
rmSync(moved, { recursive: true, force: true });
mkdirSync(join(root, 'dist'), { recursive: true });
cpSync(pages, moved, { recursive: true });
relocate(moved, PLACEHOLDER_BASE, base);
rmSync(dist, { recursive: true, force: true });
renameSync(moved, dist);
writeFileSync(join(dist, 'built.json'), JSON.stringify({ base }));
console.log(`dist/site/ is built, to be served under ${base}`);
