// The files of a new project.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasTypes } from './choices.js';
import { headersFile, readme, tsconfig, viteConfig, workflow } from './config.js';
import { manifestOf } from './manifest.js';

const HERE = fileURLToPath(new URL('..', import.meta.url));
/** This package, the helper and the plugin for Vite have one version. */
export const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/**
 * @param {{ name: string, template: string, server: string, js?: boolean, manager: import('./manager.js').Manager }} project
 * @param {string} [starter] The folder of this package.
 * @returns {Map<string, string>} Texts by path.
 */
export function filesOf({ name, template, server, js = false, manager }, starter = HERE) {
  const hasServer = server !== 'none';
  const isLeptos = template === 'leptos';
  const types = hasTypes({ template, js });
  const parts = [
    'shared',
    ...(isLeptos ? [] : ['page']),
    template,
    ...(hasServer ? [server, `login-${template}`, ...(isLeptos ? [] : ['login'])] : []),
  ];
  const files = new Map();
  for (const part of parts) {
    for (const [path, text] of textsIn(starter, part, types)) {
      files.set(path, withParts(text, hasServer).replaceAll('%NAME%', name).replaceAll('%CRATE%', version));
    }
  }
  files.set('package.json', manifestOf({ name, template, server, js }, { manager, version }));
  files.set(types ? 'vite.config.ts' : 'vite.config.js', viteConfig({ template, server }));
  if (types) files.set('tsconfig.json', tsconfig({ template, server }));
  for (const [path, text] of Object.entries(manager.files)) files.set(path, text);
  files.set('.github/workflows/ci.yml', workflow({ template, server, js, manager }));
  const ignored = [
    'node_modules',
    'dist',
    ...(isLeptos ? ['pkg'] : []),
    ...(isLeptos || server === 'rust' ? ['target'] : []),
    ...manager.ignored,
  ];
  files.set('.gitignore', `${ignored.join('\n')}\n`);
  files.set('README.md', readme({ name, template, server, js, manager }));
  if (!hasServer) files.set('public/_headers', headersFile(JSON.parse(files.get('policy.json'))));
  return files;
}

/** The files of a part. Only a part with TypeScript is in `javascript` too. */
function textsIn(starter, part, types) {
  const folders = [...(types ? [] : ['javascript']), 'templates'].map((kind) => join(starter, kind, part));
  // Not every template has files of its own for the login.
  const folder = folders.find((one) => existsSync(one));
  if (!folder) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath ?? entry.path, entry.name);
      return [file.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(file, 'utf8')];
    });
}

/** Keeps or leaves out the lines between `@server` and `@end`, which are in a comment of the file's language. */
function withParts(text, hasServer) {
  const mark = (name) => `[ \\t]*(?://|#|\\{/\\*|<!--) ${name}(?: \\*/\\}| -->)?\\n`;
  return text.replace(new RegExp(`${mark('@server')}([\\s\\S]*?)${mark('@end')}`, 'g'), (_, part) => (hasServer ? part : ''));
}
