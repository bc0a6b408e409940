/** The parts of the starter's project without a framework that stay when a page of the playground is put into it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionOf } from '../../scripts/bundle/entries.mjs';
import { managerOf } from '../../starter/src/manager.js';
import { manifestOf } from '../../starter/src/manifest.js';
import { filesOf } from '../../starter/src/project.js';
import { root } from '../lib/places.mjs';

/** @returns {Record<string, string>} Texts by path. */
export function starterFiles() {
  const project = { name: 'juzi-sidebar', template: 'plain', server: 'none', js: true, manager: managerOf(undefined) };
  const files = filesOf(project, join(root, 'starter'));
  const version = versionOf(readFileSync(join(root, 'Cargo.toml'), 'utf8'));
  files.set('package.json', manifestOf(project, { manager: project.manager, version }));
  // The starter's own page, and the tests of it.
  return Object.fromEntries([...files].filter(([path]) => path !== 'index.html' && !/^(src|test)\//.test(path)));
}
