// The packages themselves: their files, their manifests, their types, and the effects of importing them.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import { decodeText } from '../../pkg-template/src/decode-text.js';
import { ENDINGS, toText } from '../../scripts/bundle/embed.mjs';
import { TARBALL } from '../../scripts/limits.mjs';
import { filesUnder, pack, pkg, plugin, project, root, tool, tools } from './workshop.mjs';

const ENTRIES = [
  'juzi-helper-wasm',
  ...[
    'external',
    'compat',
    'global',
    'oauth',
    'react',
    'vue',
    'store',
    'dev',
    'testing',
    'playwright',
    'juzi-helper.js',
    'juzi-helper.compat.js',
  ].map((name) => `juzi-helper-wasm/${name}`),
  'vite-plugin-juzi',
];
const FOLDERS = { 'juzi-helper-wasm': pkg, 'vite-plugin-juzi': plugin };
/** The console's files, in the plugin for Vite. */
const CONSOLE = ['index.html', 'host.js', 'host', 'console', 'lib', 'media', 'scenarios'];
/** Beside the manifest. */
const DOCUMENTS = ['LICENSE-APACHE', 'LICENSE-MIT', 'LICENSE-THIRD-PARTY.txt', 'README.md', 'README.zh-CN.md'];
const read = (...parts) => readFileSync(join(...parts), 'utf8');
const [manifest, pluginManifest] = [pkg, plugin].map((folder) => JSON.parse(read(folder, 'package.json')));
/** The helper. */
let packed;
let packedPlugin;
const packedOf = (name) => (name === 'vite-plugin-juzi' ? packedPlugin : packed);
let installed;

before(() => {
  packed = pack();
  packedPlugin = pack(plugin);
  installed = project([packed.tarball, packedPlugin.tarball], {});
});
after(() => {
  installed?.remove();
  packed?.remove();
  packedPlugin?.remove();
});

test('the tarball has the entries, their types, documents and licences, and nothing else', () => {
  const modules = [
    'index',
    'compat',
    'global',
    'oauth',
    'react',
    'vue',
    'store',
    'playwright',
    'testing',
    'juzi-helper',
    'juzi-helper.compat',
  ].flatMap((name) => ['.js', '.cjs', '.d.ts', '.d.cts'].map((end) => name + end));
  const expected = [
    ...modules,
    ...[
      'external.js',
      'external.d.ts',
      'external.d.cts',
      'globals.d.ts',
      'window.d.ts',
      'dev.js',
      'dev.d.ts',
      'dev.d.cts',
      'hooks.d.ts',
      'hooks.d.cts',
      'dev-off.js',
      'dev-off.cjs',
    ],
    'juzi-helper.recorder.js',
    ...['helper', 'hooks', 'juzi-error', 'kit', 'members', 'recorder', 'sidebar', 'wasm-text', 'wasm-js'].flatMap((name) => [
      `${name}.js`,
      `${name}.cjs`,
    ]),
    'juzi_helper_bg.wasm',
    ...['wasm', 'juzi_helper_bg.wasm'].flatMap((name) => [`${name}.d.ts`, `${name}.d.cts`]),
    ...DOCUMENTS,
    'integrity.json',
    'package.json',
  ];
  assert.deepEqual(packed.files, expected.sort());
  assert.ok(packed.size <= TARBALL, `${packed.size} bytes, of ${TARBALL} at most`);
});

test('the tarball of the plugin has the plugin, its hub and the console, and nothing else', () => {
  const console = CONSOLE.flatMap((name) =>
    /\.\w+$/.test(name) ? [name] : filesUnder(join(root, 'www', name)).map((file) => relative(join(root, 'www'), file)),
  );
  const expected = [
    ...['js', 'js.map', 'cjs', 'd.ts', 'd.cts'].map((end) => `index.${end}`),
    'hub.wasm',
    ...[...console, 'overlay.js'].map((file) => `workbench/${file}`),
    ...DOCUMENTS,
    'package.json',
  ];
  assert.deepEqual(packedPlugin.files, expected.sort());
});

/** Each of these licences requires that its text goes with every copy. */
const LINKED = {
  'juzi-helper-wasm': ['wasm-bindgen', 'lol_alloc'],
  'vite-plugin-juzi': ['picocolors', 'toml_parser', 'form_urlencoded', 'jiff'],
};
for (const [name, linked] of Object.entries(LINKED)) {
  test(`the licences of what is in ${name} are in the package: of libraries, and of the crates in its module`, () => {
    const text = read(FOLDERS[name], 'LICENSE-THIRD-PARTY.txt');
    const others = Object.values(LINKED).flat();
    for (const other of others) {
      const stands = new RegExp(`^${other} \\d`, 'm').test(text);
      assert.equal(stands, linked.includes(other), other);
    }
    // The platform parses the hub's URLs.
    assert.doesNotMatch(text, /^(juzi-h|syn |quote |serde_derive |url |idna |icu_)/m);
    assert.match(text, /copyright/i);
  });
}

for (const { name, ...fields } of [manifest, pluginManifest]) {
  test(`${name}: the version is that of Cargo.toml, and the manifest has no dependencies`, () => {
    const cargo = read(root, 'Cargo.toml');
    assert.equal(fields.version, /^version = "(.+)"$/m.exec(cargo)[1]);
    assert.equal(fields.license, /^license = "(.+)"$/m.exec(cargo)[1]);
    assert.equal(fields.repository.url, `git+${/^repository = "(.+)"$/m.exec(cargo)[1]}.git`);
    for (const field of ['dependencies', 'optionalDependencies', 'scripts', 'bin']) assert.equal(fields[field], undefined, field);
  });
}

test('the peers: every framework of the helper is optional, and Vite is the plugin’s alone', () => {
  assert.deepEqual(pluginManifest.peerDependencies, { vite: '^6.0.0 || ^7.0.0 || ^8.0.0' });
  assert.deepEqual(Object.keys(manifest.peerDependencies), ['react', 'vue']);
  assert.deepEqual(
    manifest.peerDependenciesMeta,
    Object.fromEntries(Object.keys(manifest.peerDependencies).map((name) => [name, { optional: true }])),
  );
  assert.equal(manifest.unpkg, './juzi-helper.js');
  assert.equal(manifest.jsdelivr, './juzi-helper.js');
});

/** The scripts are minified. Their maps are in the release beside them; the modules need none. */
const MAPS = { 'juzi-helper.js': pkg, 'juzi-helper.compat.js': pkg, 'juzi-helper.recorder.js': pkg, 'index.js': plugin };

for (const [file, folder] of Object.entries(MAPS)) {
  test(`the source map of ${file} has the sources in it`, () => {
    const { sources, sourcesContent } = JSON.parse(read(folder, `${file}.map`));
    assert.equal(sourcesContent.length, sources.length);
    sources.forEach((source, index) => {
      // Files that wasm-bindgen or the build generates are in no directory.
      if (/^juzi:|juzi_helper_bg\.js$/.test(source)) assert.ok(sourcesContent[index].length > 0, source);
      else assert.equal(sourcesContent[index], read(folder, source), source);
    });
  });
}

test('a file names a source map only if the map is beside it', () => {
  for (const name of Object.keys(FOLDERS)) {
    const { files } = packedOf(name);
    for (const file of files.filter((one) => /\.c?js$/.test(one))) {
      const named = /\n\/\/# sourceMappingURL=(.*)\n$/.exec(read(FOLDERS[name], file))?.[1];
      assert.equal(named, files.includes(`${file}.map`) ? `${file}.map` : undefined, file);
    }
  }
});

/** A text that the bundler leaves as it is, and the source that has it. */
const MAPPED = {
  'juzi-helper.js': ['.compat.js beside', '../pkg-template/src/classic.js'],
  'juzi-helper.compat.js': ['are not read', '../pkg-template/src/traces.js'],
};
for (const [file, [text, source]] of Object.entries(MAPPED)) {
  test(`the source map of ${file} leads to the line with the text, even after the module`, () => {
    const before = read(pkg, file).split(text);
    assert.equal(before.length, 2, `${before.length}`);
    const lines = before[0].split('\n');
    const found = new SourceMap(JSON.parse(read(pkg, `${file}.map`))).findEntry(lines.length - 1, lines.at(-1).length);
    assert.equal(found.originalSource, source);
    const line = read(pkg, source).split('\n')[found.originalLine];
    // The mapping is that of the expression, which may begin a line before.
    assert.ok(line.includes(text) || read(pkg, source).split('\n')[found.originalLine + 1].includes(text), line);
  });
}

test('the modules are readable; only the module as JavaScript is minified', () => {
  for (const file of packed.files.filter((name) => /\.c?js$/.test(name) && !/^(juzi-helper|wasm-)/.test(name))) {
    const longest = Math.max(
      ...read(pkg, file)
        .split('\n')
        .map((line) => line.length),
    );
    assert.ok(longest < 400, `${file} has a line of ${longest} characters`);
  }
});

test("only the script tag's files have characters beyond ASCII in the module that they contain", () => {
  for (const file of ['wasm-text.js', 'wasm-text.cjs']) assert.match(read(pkg, file), /^[\n -~]+$/, file);
});

test('integrity.json has the hash and the sizes of every script and of the module', () => {
  const { version, files } = JSON.parse(read(pkg, 'integrity.json'));
  assert.equal(version, manifest.version);
  const scripts = packed.files.filter((file) => /^[^/]+\.(js|wasm)$/.test(file));
  assert.deepEqual(Object.keys(files), scripts);
  for (const [file, { integrity, bytes, gzip, brotli }] of Object.entries(files)) {
    const data = readFileSync(join(installed.dir, 'node_modules/juzi-helper-wasm', file));
    assert.equal(integrity, `sha384-${createHash('sha384').update(data).digest('base64')}`, file);
    assert.equal(bytes, data.length, file);
    // Compression does not make a file of one line smaller.
    if (bytes > 1_000) assert.ok(brotli < gzip && gzip < bytes, file);
  }
});

test('the console of the plugin for Vite has the same bytes as the workbench’s', () => {
  for (const file of packedPlugin.files.filter((name) => name.startsWith('workbench/') && name !== 'workbench/overlay.js')) {
    assert.deepEqual(readFileSync(join(plugin, file)), readFileSync(join(root, 'www', file.replace('workbench/', ''))), file);
  }
});

test('no file names a directory of the machine that built it', () => {
  for (const file of [...filesUnder(pkg), ...filesUnder(plugin)]) {
    const text = readFileSync(file, 'latin1');
    for (const dir of [root, process.env.HOME]) assert.ok(!dir || dir === '/' || !text.includes(`${dir}/`), `${file} has ${dir}`);
  }
});

for (const name of Object.keys(FOLDERS)) {
  test(`${name}: publint, at its strictest, finds nothing`, () => {
    const { bin } = JSON.parse(read(tools, 'node_modules/publint/package.json'));
    const cli = join(tools, 'node_modules/publint', typeof bin === 'string' ? bin : bin.publint);
    const { status, stdout, stderr } = spawnSync('node', [cli, 'run', '--strict', packedOf(name).tarball], { encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /All good/);
  });

  test(`${name}: the types resolve with every module resolution of TypeScript`, () => {
    const attw = join(tools, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const { status, stdout, stderr } = spawnSync('node', [attw, packedOf(name).tarball, '--no-color', '--no-emoji'], { encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
  });
}

for (const version of ['typescript5', 'typescript7']) {
  test(`${version}: right calls compile and wrong ones do not, with every strictness on`, () => {
    const types = installed.path('types');
    cpSync(join(root, 'tests/types'), types, { recursive: true });
    const { status, stdout } = spawnSync('node', [join(tools, 'node_modules', version, 'bin/tsc'), '-p', types], { encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  });
}

test('the types of the hooks, with React 18', () => {
  const dir = installed.path('types18');
  mkdirSync(dir);
  for (const file of ['hooks.mts', 'expect.mts', 'tsconfig.json']) cpSync(join(root, 'tests/types', file), join(dir, file));
  const config = join(dir, 'tsconfig.json');
  writeFileSync(
    config,
    read(config).replace(
      '"compilerOptions": {',
      `"compilerOptions": { "paths": { "react": [${JSON.stringify(join(tools, 'node_modules/@types/react18/index.d.ts'))}] },`,
    ),
  );
  const { status, stdout } = spawnSync('node', [join(tools, 'node_modules/typescript5/bin/tsc'), '-p', dir, '--listFiles'], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /@types\/react18\/index\.d\.ts/);
  assert.doesNotMatch(stdout, /@types\/react\/index\.d\.ts/);
});

test('the catalogues of the core and of the types have the same calls', () => {
  const rows = /const CATALOGUE: &\[Api\] = &\[([\s\S]*?)\n\];/.exec(read(root, 'src/api.rs'))[1];
  const names = [...rows.matchAll(/(?:local|post)\("(\w+)"/g)].map(([, name]) => name);
  const types = read(pkg, 'index.d.ts');
  const members = /export interface Catalogue \{([\s\S]*?)\n\}/.exec(types)[1];
  const typed = [...members.matchAll(/^ {2}(\w+): \{/gm)].map(([, name]) => name);
  // Calls that take a function and get no answer.
  const listening = ['ready', 'error', 'on', 'off'];
  assert.deepEqual(typed.sort(), names.filter((name) => !listening.includes(name)).sort());
  const calls = /export interface JuziCalls \{([\s\S]*?)\n\}/.exec(types)[1];
  for (const name of names) assert.match(calls, new RegExp(`^ {2}${name}(: Method<'${name}'>;|[<(])`, 'm'), name);
});

test('every call in the types has an example', async () => {
  const ts = await tool('typescript5');
  const interfaces = ['JuziCalls', 'Host', 'RemoteHost'];
  let examples = 0;
  for (const file of packed.files.filter((name) => name.endsWith('.d.ts'))) {
    const check = (node) => {
      const name = node.name.text;
      const documentation = node.jsDoc?.map((doc) => doc.getText()).join('') ?? '';
      assert.match(documentation, new RegExp(`\`\`\`tsx?[^/]*(\\b${name}\\(|<${name}\\b)`), `${file}: ${name}`);
      examples += 1;
    };
    ts.forEachChild(ts.createSourceFile(file, read(pkg, file), ts.ScriptTarget.Latest, true), (node) => {
      if (ts.isFunctionDeclaration(node)) check(node);
      if (!ts.isInterfaceDeclaration(node) || !interfaces.includes(node.name.text)) return;
      const isCall = (member) =>
        ts.isMethodSignature(member) ||
        (member.type && (ts.isFunctionTypeNode(member.type) || /^(Method<|Invoke$)/.test(member.type.getText())));
      node.members.filter(isCall).forEach(check);
    });
  }
  assert.ok(examples > 50, `${examples}`);
});

const listed = (entry) => `import * as module from '${entry}'; import { isMainThread, Worker } from 'node:worker_threads';
  console.log(Object.keys(module).sort().join());
  if (isMainThread) new Worker(new URL(import.meta.url));`;

for (const entry of ENTRIES) {
  test(`importing ${entry} in Node and in a worker, or requiring it, does nothing and throws nothing`, () => {
    const { status, stdout, stderr } = spawnSync('node', ['--input-type=module', '--eval', `import '${entry}';`], {
      cwd: installed.dir,
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout, stderr], [0, '', '']);
    const file = installed.path(`${entry.replace(/\W/g, '-')}.mjs`);
    execFileSync('node', ['--eval', 'require("fs").writeFileSync(process.argv[1], process.argv[2])', file, listed(entry)]);
    const run = spawnSync('node', [file], { cwd: installed.dir, encoding: 'utf8' });
    const [main, worker] = run.stdout.trim().split('\n');
    assert.equal(run.status, 0, run.stderr);
    // Scripts and types export nothing.
    if (!/\.js$|global$/.test(entry)) assert.equal(main, worker);
    const required = spawnSync('node', ['--input-type=commonjs', '--eval', `require('${entry}');`], {
      cwd: installed.dir,
      encoding: 'utf8',
    });
    assert.deepEqual([required.status, required.stdout, required.stderr], [0, '', '']);
  });
}

test('require and import have the same names', async () => {
  for (const entry of ENTRIES.filter((name) => !name.endsWith('.js'))) {
    const names = (script, type) =>
      execFileSync('node', [`--input-type=${type}`, '--eval', script], { cwd: installed.dir, encoding: 'utf8' }).trim();
    const show = 'console.log(Object.keys(m).filter((name) => name !== "default" && name !== "module.exports").sort().join())';
    assert.equal(
      names(`const m = require('${entry}'); ${show}`, 'commonjs'),
      names(`import * as m from '${entry}'; ${show}`, 'module'),
      entry,
    );
  }
});

test('the entries with and without WebAssembly have one juziWx, imported or required', () => {
  const one = `const [main, ...others] = entries; console.log(others.map((entry) => ['juziWx', 'JuziError', 'isInSidebar', 'patch', 'whenReady'].every((name) => entry[name] === main[name])).join());`;
  const names = ['', '/external', '/compat'].map((name) => `juzi-helper-wasm${name}`);
  const scripts = {
    module: `const entries = await Promise.all(${JSON.stringify(names)}.map((name) => import(name))); ${one}`,
    commonjs: `const entries = ${JSON.stringify(names)}.map((name) => require(name)); ${one}`,
  };
  for (const [type, script] of Object.entries(scripts)) {
    const stdout = execFileSync('node', [`--input-type=${type}`, '--eval', script], { cwd: installed.dir, encoding: 'utf8' });
    assert.equal(stdout, 'true,true\n', type);
  }
});

test('on a server a call fails and init rejects, both saying why', () => {
  const script = `import { init, juziWx, JuziError, oauth } from 'juzi-helper-wasm';
    const failed = await juziWx.getCurExternalContact().catch((error) => error);
    const refused = await init().catch((error) => error);
    console.log(JSON.stringify([failed instanceof JuziError, failed.code, refused.message, oauth.newState().length]));`;
  const stdout = execFileSync('node', ['--input-type=module', '--eval', script], { cwd: installed.dir, encoding: 'utf8', stdio: 'pipe' });
  assert.deepEqual(JSON.parse(stdout), [true, 'not_in_sidebar', 'juzi-helper: init() needs a window: call it in the browser', 32]);
});

for (const from of ['', '/oauth', '/external', '/compat'].map((name) => `juzi-helper-wasm${name}`)) {
  test(`a server's bundle with only oauth of ${from} has no code for browsers`, async () => {
    const { build } = await tool('esbuild');
    const imported = from.endsWith('oauth')
      ? `import { authorizeUrl } from '${from}';`
      : `import { oauth } from '${from}'; const { authorizeUrl } = oauth;`;
    const { outputFiles } = await build({
      stdin: { contents: `${imported} console.log(authorizeUrl({ redirectUri: 'https://page.example/' }));`, resolveDir: installed.dir },
      bundle: true,
      write: false,
      format: 'esm',
      minify: true,
    });
    const script = outputFiles[0].text;
    assert.match(script, /oauth\/connect\/authorize/);
    assert.doesNotMatch(script, /document|postMessage|WebAssembly\.(Module|inst)|addEventListener\("message/);
    assert.ok(script.length < 11_000, `${script.length}`);
  });
}

test('the scripts are printable ASCII, and can be inside a page', () => {
  for (const file of ['juzi-helper.js', 'juzi-helper.compat.js', 'juzi-helper.recorder.js']) {
    const text = read(pkg, file);
    assert.doesNotMatch(text, /[^\n -~]|]]>|<!--|<\/?script/i, file);
    // For use after a script that ends without a semicolon, or in a comment.
    assert.match(text, /^\n;/, file);
  }
});

test('the text of a module decodes to its bytes, and ends no script that contains it', () => {
  const endings = ENDINGS.map((ending) => [...Buffer.from(ending)]);
  // The bytes whose text would be an ending: most of these characters stand for other bytes.
  const written = ENDINGS.map((ending) => decodeText(ending)).concat([decodeText(']]]]>>'), decodeText('<SCRIPT')]);
  const all = Uint8Array.from({ length: 65_536 }, (_, i) => (i & 1 ? i >> 8 : i >> 1));
  for (const bytes of [all, ...endings, ...written].map((some) => Uint8Array.from(some))) {
    const text = toText(bytes);
    assert.doesNotMatch(text, /[^ -~]|]]>|<!--|<\/?script/i);
    assert.deepEqual(decodeText(text), bytes);
  }
});
