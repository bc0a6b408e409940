// The contenders: the script that a page loads for each, bundled as its user would, and the pages around it.
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(dirname(fileURLToPath(import.meta.url)));
export const root = dirname(here);
const pkg = join(root, 'pkg');
const installed = join(here, 'node_modules');

/** How a page uses our script once it is loaded. */
const OURS = "contender.call = (message) => juziWx.invoke('sendChatMessage', message);";
const WECOM = `ww.register({
  corpId: 'ww7ca4776b2a70000',
  jsApiList: ['sendChatMessage'],
  getConfigSignature: () => ({ timestamp: 1, nonceStr: 'nonce', signature: 'signature' }),
});
contender.call = (message) => ww.sendChatMessage(message);`;

/**
 * @typedef {object} Contender
 * @property {string} label The name in tables.
 * @property {string} [of] The npm package, whose version is printed.
 * @property {string} [file] A script loaded as it is.
 * @property {string} [use] The source of an inline script after it.
 * @property {string} [entry] A module of pages/peers, bundled.
 * @property {boolean} [module] Whether the bundle is an ES module.
 * @property {string[]} [beside] Other files that the page fetches.
 * @property {string} [host] A module of pages/hosts: the console's side.
 */

/** @type {Record<string, Contender>} */
export const CONTENDERS = {
  empty: { label: 'an empty script', use: 'contender.call = () => {};' },
  ours: { label: 'juzi-helper.js', file: join(pkg, 'juzi-helper.js'), use: OURS },
  external: {
    label: 'juzi-helper-wasm/external, bundled',
    entry: 'package-external',
    module: true,
    beside: [join(pkg, 'juzi_helper_bg.wasm')],
  },
  package: { label: 'juzi-helper-wasm, bundled', entry: 'package' },
  bare: { label: 'bare postMessage', entry: 'bare' },
  wecom: {
    label: '@wecom/jssdk, script tag',
    of: '@wecom/jssdk',
    file: join(installed, '@wecom/jssdk/dist/wecom.global.prod.js'),
    use: WECOM,
  },
  'wecom-bundled': { label: '@wecom/jssdk, bundled', of: '@wecom/jssdk', entry: 'wecom-jssdk' },
  weixin: { label: 'weixin-js-sdk', of: 'weixin-js-sdk', entry: 'weixin-js-sdk' },
  penpal: { label: 'penpal', of: 'penpal', entry: 'penpal', host: 'penpal' },
  comlink: { label: 'comlink', of: 'comlink', entry: 'comlink', host: 'comlink' },
  'post-robot': { label: 'post-robot', of: 'post-robot', entry: 'post-robot', host: 'post-robot' },
  'app-bridge': { label: '@shopify/app-bridge', of: '@shopify/app-bridge', entry: 'app-bridge' },
};

/** The exact version of an npm package of benches/package.json. */
export const versionOf = (name) => JSON.parse(readFileSync(join(installed, name, 'package.json'), 'utf8')).version;

/** The files that pages fetch besides the script, by path. */
export const fetched = new Map();

/** The script of each contender, as the page gets it. All are read at the start, so a build during the run has no effect. */
export async function loadContenders() {
  const scripts = {};
  for (const [name, { file, entry, module, beside = [] }] of Object.entries(CONTENDERS)) {
    for (const path of beside) fetched.set(path, readFileSync(path));
    scripts[name] = file ? readFileSync(file) : Buffer.from(entry ? await bundle(`peers/${entry}.js`, module ? 'esm' : 'iife') : '');
  }
  return scripts;
}

/** A script of benches/pages, bundled and minified. */
export async function bundle(file, format = 'iife', plugins = []) {
  const result = await build({
    entryPoints: [join(here, 'pages', file)],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    write: false,
    format,
    target: 'es2022',
    platform: 'browser',
    legalComments: 'none',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: { 'juzi-helper-wasm': pkg },
    loader: { '.wasm': 'binary' },
    plugins,
  });
  return result.outputFiles[0].text;
}

/** Records the time at which the first call is possible, which is when `contender.call` is set. */
const PRELUDE = `window.contender = {
  set call(call) {
    const at = performance.now();
    Object.defineProperty(this, 'call', { value: call });
    callable(at);
  },
};
contender.callable = new Promise((resolve) => { window.callable = resolve; });`;

const HEAD = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Benchmark</title>';
const inline = (script) => (script ? `<script>${script}</script>` : '');

/**
 * Puts the two pages of a contender on the site.
 * @param {object} variant
 * @param {string} variant.name Part of the addresses.
 * @param {string} [variant.before] An inline script before the contender's.
 * @param {string} [variant.attributes] Attributes of the contender's script tag.
 * @param {(script: string) => string} [variant.change] Changes the contender's script.
 * @param {boolean} [variant.loops] Whether the page has the loops that make calls.
 * @returns {Promise<(name: string) => string>} the console page's address, by contender
 */
export async function addPages(site, scripts, names, { name: variant, before, attributes = '', change, loops = true }) {
  await site.add('/loops.js', await bundle('loops.js'));
  for (const name of names) {
    const { use, module, beside = [], host = 'plain' } = CONTENDERS[name];
    const script = change ? change(scripts[name].toString()) : scripts[name];
    await site.add(`/${variant}/${name}.js`, script);
    for (const file of beside) await site.add(`/${variant}/${basename(file)}`, fetched.get(file));
    const tag = `<script ${module ? 'type="module" ' : ''}${attributes} src="/${variant}/${name}.js"></script>`;
    site.addPage(
      `/${variant}/${name}.html`,
      `${HEAD}${inline(PRELUDE)}`,
      `${inline(before)}${tag}${inline(use)}${loops ? '<script src="/loops.js"></script>' : ''}`,
    );
    await site.add(`/hosts/${host}.js`, await bundle(`hosts/${host}.js`));
    const address = `${site.page}/${variant}/${name}.html?juziSidebar=1&msgType=postMessage`;
    await site.add(
      `/${variant}/${name}.console.html`,
      `${HEAD}<script src="/hosts/${host}.js"></script>${inline(`
        const frame = document.createElement('iframe');
        frame.allow = 'cross-origin-isolated';
        frame.src = ${JSON.stringify(address)};
        window.opened = new Promise((resolve) => {
          frame.onload = () => resolve();
          addEventListener('load', () => {
            document.documentElement.append(frame);
            serve(frame);
          });
        });`)}`,
    );
  }
  return (name) => `${site.console}/${variant}/${name}.console.html`;
}
