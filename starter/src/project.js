// The files of a new project.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { headersFile, readme, viteConfig, workflow } from './config.js';
import { manifestOf } from './manifest.js';

const TEMPLATES = fileURLToPath(new URL('../templates', import.meta.url));
/** This package, the helper and the plugin for Vite have one version. */
export const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/**
 * @param {{ name: string, template: string, server: string, manager: ReturnType<typeof import('./manager.js').managerOf> }} project
 * @returns {Map<string, string>} Texts by path.
 */
export function filesOf({ name, template, server, manager }) {
  const hasServer = server !== 'none';
  const parts = ['shared', template, ...(hasServer ? [server, `login-${template}`, ...(template === 'leptos' ? [] : ['login'])] : [])];
  const files = new Map();
  for (const part of parts) {
    for (const [path, text] of textsIn(part)) {
      files.set(path, withParts(text, hasServer).replaceAll('%NAME%', name).replaceAll('%CRATE%', version));
    }
  }
  files.set('package.json', manifestOf({ name, template, server, version }));
  files.set('vite.config.js', viteConfig({ template, server }));
  files.set('.github/workflows/ci.yml', workflow({ template, server, manager }));
  files.set(
    '.gitignore',
    [
      'node_modules',
      'dist',
      ...(template === 'leptos' ? ['pkg'] : []),
      ...(template === 'leptos' || server === 'rust' ? ['target'] : []),
      '',
    ].join('\n'),
  );
  files.set('README.md', readme({ name, template, server, manager }));
  if (!hasServer) files.set('public/_headers', headersFile(JSON.parse(files.get('policy.json'))));
  return files;
}

function textsIn(part) {
  const folder = join(TEMPLATES, part);
  let entries;
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    // Not every template has files of its own for the login.
    if (error.code === 'ENOENT') return [];
    throw error;
  }
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
