/** Puts the playground together: the workbench's own files with another server, and each page's scripts in one file. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { root } from '../lib/places.mjs';
import { starterFiles } from './starter-files.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
/** What a browser loads of `www/` besides scripts and styles. */
const KEPT = ['index.html', 'console/icon.svg', 'demo/index.html', 'media'];
/** In `www/` each module is a file. So the console would be a hundred requests. */
const ENTRIES = ['console/main.js', 'console/console.css', 'lib/theme.css', 'demo/main.js', 'demo/demo.css'];

/** @param {string} to @param {any} config The workbench's answer to `/_workbench/config`. @param {string} [www] */
export function assemblePlayground(to, config, www = join(root, 'www')) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(join(to, 'vendor'), { recursive: true });
  for (const name of KEPT) cpSync(join(www, name), join(to, name), { recursive: true });
  for (const file of ['juzi-helper.js', 'juzi-helper.compat.js', 'juzi-helper.recorder.js', 'oauth.js'])
    cpSync(join(root, 'pkg', file), join(to, 'vendor', file));
  cpSync(join(root, 'node_modules/jweixin-module/lib/index.js'), join(to, 'vendor/jweixin.js'));
  cpSync(join(root, 'node_modules/@wecom/jssdk/dist/wecom.global.prod.js'), join(to, 'vendor/wecom-jssdk.js'));
  bundle(www, to);
  cpSync(join(here, 'sw.js'), join(to, 'sw.js'));
  const page = ['report.js', 'fetch.js'].map((name) => readFileSync(join(here, 'page', name), 'utf8'));
  writeFileSync(join(to, 'page.js'), page.join('\n'));
  rewrite(join(to, 'index.html'), (html) => relative(html, './').replace(/^.*rel="modulepreload".*\n/m, ''));
  // The demo page logs in at the playground's hub.
  rewrite(join(to, 'demo/index.html'), (html) => relative(html, '../').replace('<html ', '<html data-hub="../hub" '));
  writeFileSync(join(to, 'config.json'), JSON.stringify({ ...config, recordedAt: Date.now() }));
  writeFileSync(join(to, 'starter.json'), JSON.stringify({ files: starterFiles(), media: mediaIn(to) }));
}

/** Bundles the sources where the playground's server has taken the place of the workbench's. */
function bundle(www, to) {
  mkdirSync(join(root, 'target'), { recursive: true });
  const sources = mkdtempSync(join(root, 'target/playground-'));
  cpSync(www, sources, { recursive: true });
  cpSync(join(to, 'vendor'), join(sources, 'vendor'), { recursive: true });
  for (const file of ['server.js', 'hub.js']) cpSync(join(here, file), join(sources, 'console', file));
  cpSync(join(here, 'hub'), join(sources, 'console/hub'), { recursive: true });
  buildSync({
    entryPoints: ENTRIES.map((name) => join(sources, name)),
    outbase: sources,
    outdir: to,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'warning',
  });
  rmSync(sources, { recursive: true });
}

/** The files that a page may show or send. The avatars are the console's. */
const mediaIn = (to) =>
  readdirSync(join(to, 'media'), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

/** The workbench is at the root of its server; the playground is in a folder. */
const relative = (html, up) => html.replace(/((?:src|href)=")\/(?!\/)/g, `$1${up}`);

function rewrite(file, change) {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
