// The pictures of a scenario.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = ['avatar', 'url', 'imgUrl', 'iconUrl'];

/**
 * The scenario with the paths of the console's own files below the prefix. Any other path is the dev server's: a file in Vite's public
 * folder.
 * @param {any} value
 * @param {string} folder The console's files.
 * @param {string} prefix
 */
export function withServedMedia(value, folder, prefix) {
  if (Array.isArray(value)) return value.map((one) => withServedMedia(one, folder, prefix));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const own =
        NAMES.includes(name) && typeof member === 'string' && /^\/media\/[\w./-]+$/.test(member) && existsSync(join(folder, member));
      return [name, own ? prefix + member : withServedMedia(member, folder, prefix)];
    }),
  );
}
