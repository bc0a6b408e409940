// The starter, from the packages as they are published: what it asks and refuses, and that the projects build, pass their tests and log in.
// JUZI_STARTER names the combinations, like `vue-none,plain-node-js,leptos-rust`; `all` is what `./build.sh test starter` takes.
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import prettier from 'prettier';
import ts from 'typescript';
import { manifestOf } from '../../starter/src/manifest.js';
import { filesOf } from '../../starter/src/project.js';
import { managerOf } from '../../starter/src/manager.js';
import { throwAllAt } from './raw.mjs';
import { startRegistry } from './registry.mjs';
import { bun, dev, filesUnder, launch, openIn, pack, plugin, project, root, tools } from './workshop.mjs';

const TYPED = ['plain', 'react', 'vue'];
const ALL = [...TYPED, 'leptos'].flatMap((template) => ['none', 'node', 'rust'].map((server) => ({ template, server, js: false })));
const IN_JAVASCRIPT = ALL.filter(({ template }) => TYPED.includes(template)).map((one) => ({ ...one, js: true }));
const nameOf = ({ template, server, js }) => `${template}-${server}${js ? '-js' : ''}`;
const { JUZI_STARTER: named = 'react-node' } = process.env;
const CHOSEN =
  named === 'all'
    ? [...ALL, ...IN_JAVASCRIPT.filter(({ server }) => server === 'node')]
    : [...ALL, ...IN_JAVASCRIPT].filter((one) => named.split(',').includes(nameOf(one)));
const starter = join(root, 'target/create-juzi-sidebar');
const command = join(starter, 'dist/index.js');
/** The packages of this repository that a project may have. */
const OURS = ['juzi-helper-wasm', 'vite-plugin-juzi'];
const read = (...parts) => readFileSync(join(root, ...parts), 'utf8');

let packed = [];
let browser;
let folder;
/** By template and server. */
const made = new Map();
before(async () => {
  execFileSync('node', [join(root, 'scripts/starter.mjs')]);
  packed = [pack(), pack(plugin)];
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'starter-'));
});
after(async () => {
  await browser?.close();
  for (const { remove } of made.values()) remove();
  for (const { remove } of packed) remove();
  rmSync(folder, { recursive: true });
});

const start = (args, env = {}) =>
  spawnSync('node', [command, ...args], { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env }, input: '' });

/** A project, with the helper and the plugin from their tarballs; the tools are in a folder above it. */
function create({ template, server, js }) {
  const name = nameOf({ template, server, js });
  if (made.has(name)) return made.get(name);
  const it = project(
    packed.map(({ tarball }) => tarball),
    {},
  );
  made.set(name, it);
  const { status, stderr } = start([name, '--template', template, '--server', server, ...(js ? ['--js'] : [])]);
  assert.equal(status, 0, stderr);
  cpSync(join(folder, name), it.dir, { recursive: true });
  if (template === 'leptos' || server === 'rust') {
    // The crate of this repository, which may not be published yet. Its lock file is the start, so that tools and crates fit.
    mkdirSync(it.path('.cargo'));
    writeFileSync(
      it.path('.cargo/config.toml'),
      `[patch.crates-io]\njuzi-helper = { path = ${JSON.stringify(root)} }\n[build]\ntarget-dir = ${JSON.stringify(join(root, 'target/starter/cargo'))}\n`,
    );
  }
  if (template === 'leptos') {
    cpSync(join(root, 'webdriver.json'), it.path('webdriver.json'));
    cpSync(join(root, 'examples/leptos-page/Cargo.lock'), it.path('Cargo.lock'));
  }
  return it;
}

function run(it, commandLine, env = {}) {
  const { status, stdout, stderr } = spawnSync(commandLine, {
    cwd: it.dir,
    shell: true,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
  });
  assert.equal(status, 0, `${commandLine}\n${stdout}${stderr}`);
  return stdout + stderr;
}

for (const combination of CHOSEN) {
  const { template, server, js } = combination;
  test(`${nameOf(combination)}: it builds, and its tests pass`, () => {
    const it = create(combination);
    if (!js && TYPED.includes(template)) run(it, 'npm run typecheck');
    run(it, 'npm run build');
    assert.ok(existsSync(it.path('dist/index.html')));
    // Under the policy no script may be in the markup.
    assert.doesNotMatch(readFileSync(it.path('dist/index.html'), 'utf8'), /<script(?![^>]*\bsrc=)/);
    for (const file of filesUnder(it.path('dist')))
      assert.ok(!/__juzi|juzi-overlay/.test(readFileSync(file, 'latin1')), `${file} has the workbench`);
    if (template !== 'leptos') {
      assert.match(run(it, 'npm test'), /Tests +\d+ passed/);
      return;
    }
    // What wasm-pack test does, with the driver that is here: wasm-pack would download another.
    const runner = { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: 'wasm-bindgen-test-runner', WASM_BINDGEN_TEST_TIMEOUT: '600' };
    assert.match(run(it, 'cargo test --target wasm32-unknown-unknown', runner), /test result: ok\. [1-9]/);
    if (server === 'node') assert.match(run(it, 'npx vitest run'), /Tests +\d+ passed/);
    if (server === 'rust') assert.match(run(it, 'cargo test --manifest-path server/Cargo.toml'), /test result: ok\. [1-9]/);
  });
}

for (const combination of CHOSEN.filter(({ server }) => server !== 'rust')) {
  const { server } = combination;
  test(`${nameOf(combination)}: npm run dev shows the page in the workbench${server === 'node' ? ', which logs in' : ''}`, async (t) => {
    const it = create(combination);
    const { says } = await dev(t, 'npm', ['run', 'dev', '--', '--port', '0', '--host', '127.0.0.1'], it.dir);
    const [, address] = await says(/Juzi: +(http:\/\/127\.0\.0\.1:\d+\/__juzi\/)/);
    const { page, problems } = await openIn(t, browser, address);
    const framed = page.frameLocator('#frame');
    await framed.locator('h1', { hasText: '林晓棠' }).waitFor();
    await framed.getByRole('button', { name: 'Greet' }).click();
    await page.getByTestId('thread').getByText('Hello 林晓棠').waitFor();
    if (server === 'node') {
      await framed.getByRole('link', { name: 'Log in' }).click();
      await framed.getByText('Logged in as GuYan').waitFor();
      // The page is in the sidebar as before.
      await framed.locator('h1', { hasText: '林晓棠' }).waitFor();
    }
    assert.deepEqual(
      problems.filter((text) => !text.includes('401')),
      [],
    );
  });
}

for (const combination of CHOSEN.filter(({ server }) => server === 'rust')) {
  test(`${nameOf(combination)}: no request ends the server, and each whole one is answered`, async (t) => {
    const it = create(combination);
    // The server reads its page from there, but this test does not request the page.
    mkdirSync(it.path('dist'), { recursive: true });
    if (!existsSync(it.path('dist/index.html'))) writeFileSync(it.path('dist/index.html'), '<!doctype html><title>page</title>');
    run(it, 'cargo build --manifest-path server/Cargo.toml');
    const settings = ['ORIGIN=https://page.example', 'SECRET=a secret of more than 32 characters', 'HUB=http://127.0.0.1:9', 'PORT=0'];
    const { says } = await dev(t, 'env', [...settings, join(root, 'target/starter/cargo/debug/page-server')], it.dir);
    const [, origin] = await says(/listening on (http:\/\/127\.0\.0\.1:\d+)/);
    assert.deepEqual(await throwAllAt(origin, { path: '/' }), []);
  });
}

const MANAGERS = {
  npm: { program: () => ['npm'], agent: 'npm/10.8.2' },
  pnpm: { program: () => ['node', join(tools, 'node_modules/pnpm/bin/pnpm.cjs')], agent: agentOf('pnpm', 'pnpm') },
  yarn: { program: () => ['node', join(tools, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js')], agent: agentOf('yarn', '@yarnpkg/cli-dist') },
  yarn1: { program: () => ['node', join(tools, 'node_modules/yarn/bin/yarn.js')], agent: agentOf('yarn', 'yarn') },
  bun: { program: () => [bun()], agent: agentOf('bun', 'bun') },
};

function agentOf(name, pack) {
  return `${name}/${JSON.parse(readFileSync(join(tools, 'node_modules', pack, 'package.json'), 'utf8')).version} npm/? node/${process.version}`;
}

for (const [name, { program: find, agent }] of Object.entries(MANAGERS)) {
  if (named !== 'all' && !named.split(',').includes(name)) continue;
  test(`${name} installs the projects, and runs their scripts`, async (t) => {
    const registry = await startRegistry(
      t,
      packed.map(({ tarball }) => tarball),
    );
    // Outside this repository: whatever is not installed is not found.
    const work = mkdtempSync(join(tmpdir(), `by ${name}-`));
    t.after(() => rmSync(work, { recursive: true }));
    const env = {
      ...withoutNpm(process.env),
      npm_config_registry: registry,
      npm_config_cache: join(work, 'cache'),
      npm_config_store_dir: join(work, 'store'),
      // Not every file system of a container can do better.
      npm_config_package_import_method: 'copy',
      YARN_NPM_REGISTRY_SERVER: registry,
      YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
      YARN_GLOBAL_FOLDER: join(work, 'global'),
      YARN_CACHE_FOLDER: join(work, 'yarn cache'),
      YARN_ENABLE_TELEMETRY: '0',
      // In CI an installation does not write the lock file.
      YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
      BUN_INSTALL_CACHE_DIR: join(work, 'bun'),
      CI: '',
      NO_COLOR: '1',
      FORCE_COLOR: '0',
    };
    const manager = managerOf(agent);
    const [program, ...first] = find();
    for (const template of ['react', 'vue']) {
      const cwd = join(work, template);
      const made = spawnSync('node', [command, template, '--template', template, '--yes'], {
        cwd: work,
        encoding: 'utf8',
        env: { ...env, npm_config_user_agent: agent },
      });
      assert.equal(made.status, 0, made.stderr);
      for (const printed of [manager.install, manager.run('typecheck'), manager.run('test'), manager.run('build'), manager.ci]) {
        const [, ...args] = printed.split(' ');
        // Not `spawnSync`, because the registry is in this process.
        await promisify(execFile)(program, [...first, ...args], { cwd, env, maxBuffer: 1 << 26 }).catch(({ stdout, stderr }) =>
          assert.fail(`${template}: ${printed}\n${stdout}${stderr}`),
        );
        if (printed === manager.install) assert.ok(existsSync(join(cwd, manager.lock)), `${template}: ${manager.lock}`);
      }
      assert.ok(existsSync(join(cwd, 'dist/index.html')), template);
    }
  });
}

/** What npm tells the processes that it starts would be read as settings. */
function withoutNpm(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_/i.test(name)));
}

test('help and version', () => {
  assert.match(start(['--help']).stdout, /--template NAME {2}plain, react, vue, leptos\n/);
  for (const [agent, usage] of [
    ['npm/10.8.2', 'npm create juzi-sidebar@latest [FOLDER] -- [OPTIONS]'],
    ['pnpm/10.1.0', 'pnpm create juzi-sidebar [FOLDER] [OPTIONS]'],
    ['yarn/4.6.0', 'yarn create juzi-sidebar [FOLDER] [OPTIONS]'],
    ['bun/1.2.0', 'bun create juzi-sidebar [FOLDER] [OPTIONS]'],
  ])
    assert.ok(start(['--help'], { npm_config_user_agent: agent }).stdout.startsWith(`Usage: ${usage}\n`), agent);
  assert.equal(start(['--version']).stdout.trim(), /^version = "(.+)"$/m.exec(read('Cargo.toml'))[1]);
});

test('an error is one line, and nothing is written', () => {
  mkdirSync(join(folder, 'used'));
  writeFileSync(join(folder, 'used/mine.txt'), 'mine');
  writeFileSync(join(folder, 'file'), '');
  for (const [args, message] of [
    [['used', '--yes'], /used is not empty: it has mine\.txt; choose a new or an empty folder/],
    [['file', '--yes'], /file is a file/],
    [['new', '--template', 'svelte'], /--template must be one of plain, react, vue, leptos, not "svelte"/],
    [['new', '--server', 'php', '--yes'], /--server must be one of none, node, rust, not "php"/],
    [['new', '--templat', 'vue'], /--templat/],
    [['new', 'newer', '--yes'], /one folder is enough/],
    [['new', '--ts', '--js', '--yes'], /--ts or --js, not both/],
    [['new', '--template', 'leptos', '--js', '--yes'], /--js is not for leptos, which is Rust/],
    [['new', '--template', 'vue'], /no terminal to ask in/],
  ]) {
    const { status, stderr } = start(args);
    assert.equal(status, 2, stderr);
    assert.match(stderr, message);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  }
  assert.deepEqual(readdirSync(join(folder, 'used')), ['mine.txt']);
  assert.equal(existsSync(join(folder, 'new')), false);
});

test('an empty folder, or one with only a repository, is accepted; its name becomes the package’s', () => {
  mkdirSync(join(folder, '我的 Side Bar/.git'), { recursive: true });
  const { status, stdout, stderr } = start(['我的 Side Bar', '--yes']);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /cd "我的 Side Bar"/);
  assert.equal(JSON.parse(readFileSync(join(folder, '我的 Side Bar/package.json'), 'utf8')).name, 'side-bar');
});

test('the commands are those of the package manager that runs the starter', () => {
  for (const [agent, install, ci, pinned] of [
    ['pnpm/10.1.0 npm/? node/v22.0.0 linux x64', 'pnpm install', 'pnpm install --frozen-lockfile', 'pnpm@10.1.0'],
    ['yarn/4.6.0 npm/? node/v22.0.0', 'yarn', 'yarn install --immutable', 'yarn@4.6.0'],
    ['yarn/1.22.22 npm/? node/v22.0.0', 'yarn', 'yarn install --frozen-lockfile', 'yarn@1.22.22'],
    ['npm/10.8.2 node/v20.20.2 linux x64', 'npm install', 'npm ci'],
    ['bun/1.2.0', 'bun install', 'bun install --frozen-lockfile'],
    ['cnpm/9.4.0', 'npm install', 'npm ci'],
    [undefined, 'npm install', 'npm ci'],
  ]) {
    const manager = managerOf(agent);
    assert.equal(manager.install, install);
    const files = filesOf({ name: 'x', template: 'plain', server: 'none', manager }, starter);
    assert.match(files.get('.github/workflows/ci.yml'), new RegExp(`- run: ${ci}\n`));
    assert.equal(JSON.parse(files.get('package.json')).packageManager, pinned);
    assert.equal(files.has('.yarnrc.yml'), agent?.startsWith('yarn/4') ?? false);
  }
  for (const [agent, commands] of [
    ['pnpm/10.1.0', / {2}pnpm install\n {2}pnpm dev\n/],
    ['yarn/4.6.0', / {2}yarn\n {2}yarn dev\n/],
    ['bun/1.2.0', / {2}bun install\n {2}bun run dev\n/],
  ])
    assert.match(start([`by-${agent.slice(0, 3)}`, '--yes'], { npm_config_user_agent: agent }).stdout, commands);
  // npm takes the first `--` for itself. Others pass it on.
  assert.equal(start(['by-habit', '--', '--yes', '--js'], { npm_config_user_agent: 'pnpm/10.1.0' }).status, 0);
  assert.ok(existsSync(join(folder, 'by-habit/vite.config.js')));
});

test('no project needs one package manager', () => {
  for (const one of [...ALL, ...IN_JAVASCRIPT]) {
    const { scripts } = JSON.parse(filesOf({ name: 'x', ...one, manager: managerOf('') }, starter).get('package.json'));
    for (const [name, script] of Object.entries(scripts))
      assert.doesNotMatch(script, /\b(npm|npx|pnpm|yarn|bun)\b/, `${nameOf(one)}: ${name}`);
    // These run no scripts before and after others.
    assert.deepEqual(
      Object.keys(scripts).filter((name) => /^(pre|post)(?!view)/.test(name)),
      [],
    );
  }
});

test('TypeScript and JavaScript are the same program', () => {
  const compiled = (code, fileName) =>
    ts.transpileModule(code, {
      fileName,
      compilerOptions: { target: 'ES2023', module: 'ESNext', jsx: 'preserve', removeComments: true, verbatimModuleSyntax: true },
    }).outputText;
  /** The code, as the compiler writes it, and the rest. */
  const parts = (path, text) => {
    const [, tag, code, rest] = /^<script setup(?: lang="ts")?(>)\n([^]*?)(<\/script>[^]*)$/.exec(text) ?? [];
    return tag ? [compiled(code, `${path}.ts`), rest] : [compiled(text, path)];
  };
  let compared = 0;
  for (const one of ALL.filter(({ template }) => TYPED.includes(template))) {
    const project = { name: 'x', ...one, manager: managerOf('') };
    const [typed, plain] = [filesOf(project, starter), filesOf({ ...project, js: true }, starter)];
    const renamed = (text) => text.replace(/(['"][./][^'"]*)\.ts(x?['"])/g, '$1.js$2');
    for (const [path, text] of typed) {
      const target = path.replace(/\.ts(x?)$/, '.js$1');
      if (['tsconfig.json', 'package.json', 'README.md', '.github/workflows/ci.yml'].includes(path)) continue;
      assert.ok(plain.has(target), `${nameOf(one)}: ${target}`);
      if (!/\.(tsx?|vue)$/.test(path)) assert.equal(plain.get(target), renamed(text), `${nameOf(one)}: ${path}`);
      else {
        assert.deepEqual(parts(target, plain.get(target)), parts(path, renamed(text)), `${nameOf(one)}: ${path}`);
        compared += 1;
      }
    }
    assert.deepEqual(
      [...plain.keys()].filter((path) => !typed.has(path.replace(/\.js(x?)$/, '.ts$1')) && !typed.has(path)),
      [],
    );
  }
  assert.ok(compared > 40, `${compared} files`);
});

test('every file is as Prettier writes it', async () => {
  const options = await prettier.resolveConfig(join(root, 'package.json'));
  for (const one of [...ALL, ...IN_JAVASCRIPT]) {
    for (const [path, text] of filesOf({ name: 'x', ...one, manager: managerOf('yarn/4.6.0') }, starter)) {
      // As in .prettierignore.
      if (!/\.([jt]sx?|vue|css|json|yml)$/.test(path) || path === 'package.json') continue;
      assert.equal(text, await prettier.format(text, { ...options, filepath: path }), `${nameOf(one)}: ${path}`);
    }
  }
});

test('every project depends on what it imports, no marks of the templates are left, and the versions are the tested ones', () => {
  const { dependencies: tested } = JSON.parse(read('tests/npm/package.json'));
  for (const one of [...ALL, ...IN_JAVASCRIPT]) {
    const about = nameOf(one);
    const project = { name: 'x', ...one, manager: managerOf('') };
    const files = filesOf(project, starter);
    const { dependencies = {}, devDependencies } = JSON.parse(manifestOf(project, { manager: project.manager, version: '1.2.3' }));
    const all = { ...dependencies, ...devDependencies };
    assert.equal(devDependencies['vite-plugin-juzi'], '^1.2.3', about);
    for (const [name, version] of Object.entries(all))
      assert.equal(version, OURS.includes(name) ? '^1.2.3' : `^${tested[name]}`, `${about}: ${name}`);
    const imported = new Set();
    for (const [path, text] of files) {
      assert.doesNotMatch(text, /@server|@end|%[A-Z]+%/, `${about}: ${path}`);
      if (!/\.([jt]sx?|vue)$/.test(path)) continue;
      for (const [, from] of text.matchAll(/^import (?:[^;]*? from )?'([^']+)'/gm)) {
        if (from.startsWith('./') || from.startsWith('../')) {
          const target = join(path, '..', from);
          assert.ok(files.has(target) || target === 'pkg/page.js', `${about}: ${path} imports ${from}`);
        } else if (!from.startsWith('node:')) {
          const name = /^(@[^/]+\/)?[^/]+/.exec(from)[0];
          assert.ok(all[name], `${about}: ${path} imports ${name}`);
          imported.add(name);
        }
      }
    }
    for (const name of OURS) assert.equal(name in all, imported.has(name), `${about}: ${name}`);
  }
});
