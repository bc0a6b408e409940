/** Puts the playground together: the workbench's own files, with another server. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../lib/places.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** @param {string} to @param {any} config The workbench's answer to `/_workbench/config`. @param {string} [www] */
export function assemblePlayground(to, config, www = join(root, 'www')) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(join(to, 'vendor'), { recursive: true });
  cpSync(www, to, { recursive: true });
  for (const file of ['juzi-helper.js', 'juzi-helper.compat.js', 'juzi-helper.recorder.js', 'oauth.js'])
    cpSync(join(root, 'pkg', file), join(to, 'vendor', file));
  cpSync(join(root, 'node_modules/jweixin-module/lib/index.js'), join(to, 'vendor/jweixin.js'));
  cpSync(join(root, 'node_modules/@wecom/jssdk/dist/wecom.global.prod.js'), join(to, 'vendor/wecom-jssdk.js'));
  for (const file of ['server.js', 'hub.js']) cpSync(join(here, file), join(to, 'console', file));
  cpSync(join(here, 'hub'), join(to, 'console/hub'), { recursive: true });
  for (const file of ['sw.js', 'page-fetch.js']) cpSync(join(here, file), join(to, file));
  rewrite(join(to, 'index.html'), (html) => relative(html, './'));
  // The demo page logs in at the playground's hub.
  rewrite(join(to, 'demo/index.html'), (html) => relative(html, '../').replace('<html ', '<html data-hub="../hub" '));
  writeFileSync(join(to, 'config.json'), JSON.stringify({ ...config, recordedAt: Date.now() }));
}

/** The workbench is at the root of its server; the playground is in a folder. */
const relative = (html, up) => html.replace(/((?:src|href)=")\/(?!\/)/g, `$1${up}`);

function rewrite(file, change) {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
