// node scripts/release/tags.mjs FOLDER: writes tags.html, the script tags that pin the release on the CDNs which serve npm's
// packages. FOLDER has the scripts and integrity.json.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
const { version, files } = JSON.parse(readFileSync(join(folder, 'integrity.json'), 'utf8'));
const script = 'juzi-helper.js';
const { integrity } = files[script];
const actual = `sha384-${createHash('sha384')
  .update(readFileSync(join(folder, script)))
  .digest('base64')}`;
if (actual !== integrity) throw new Error(`integrity.json has ${integrity} for ${script}, which is ${actual}`);

const cdns = [`https://cdn.jsdelivr.net/npm/juzi-helper-wasm@${version}`, `https://unpkg.com/juzi-helper-wasm@${version}`];
const tag = (base) => `<script src="${base}/${script}" integrity="${integrity}" crossorigin="anonymous"></script>\n`;
writeFileSync(join(folder, 'tags.html'), cdns.map(tag).join(''));
