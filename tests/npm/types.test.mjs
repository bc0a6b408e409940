// The package's types, from its tarball: what compiles, what the compiler reports for mistakes, and what an editor shows.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { blocks, pack, pkg, plugin, project, root, tool, tools } from './workshop.mjs';

const VERSIONS = ['typescript5', 'typescript7'];
/**
 * Older ones, with the files that they read: before 5.3 a CommonJS file cannot name the types of a module, as `index.d.cts` does, and Vue's
 * own types need 5.4.
 */
const OLDER = { typescript50: ['calls.mts', 'forms.mts', 'oauth.mts', 'testing.mts'], typescript54: ['*.mts', '*.cts'] };
const read = (...parts) => readFileSync(join(...parts), 'utf8');
let packed;
let packedPlugin;
let installed;

before(() => {
  packed = pack();
  packedPlugin = pack(plugin);
  installed = project([packed.tarball, packedPlugin.tarball], {});
  cpSync(join(root, 'tests/types'), installed.path('types'), { recursive: true });
});
after(() => {
  installed?.remove();
  packed?.remove();
  packedPlugin?.remove();
});

const compile = (version, ...options) => {
  const { status, stdout } = spawnSync('node', [join(tools, 'node_modules', version, 'bin/tsc'), ...options], {
    cwd: installed.dir,
    encoding: 'utf8',
  });
  return { status, stdout };
};

for (const version of VERSIONS) {
  // The other tests compile with exactOptionalPropertyTypes.
  test(`${version}: optional callbacks also pass without exactOptionalPropertyTypes`, () => {
    assert.deepEqual(compile(version, '-p', 'types', '--exactOptionalPropertyTypes', 'false'), { status: 0, stdout: '' });
  });

  // @wecom/jssdk is one of the repository's own tools, in a directory above the project's.
  test(`${version}: juzi-helper-wasm/global types wx and juziWx, beside weixin-js-sdk and @wecom/jssdk`, () => {
    assert.deepEqual(compile(version, '-p', 'types/globals'), { status: 0, stdout: '' });
  });
}

for (const [version, include] of Object.entries(OLDER)) {
  test(`${version}: what compiles today compiles there too`, () => {
    const config = JSON.parse(read(root, 'tests/types/tsconfig.json'));
    delete config.compilerOptions.noUncheckedSideEffectImports;
    writeFileSync(installed.path('types', `${version}.json`), JSON.stringify({ ...config, include }));
    assert.deepEqual(compile(version, '-p', `types/${version}.json`), { status: 0, stdout: '' });
  });
}

/** Sorts the members of unions, because their order depends on the compiler. */
const normal = (text) => text.replace(/"\w+"(?: \| "\w+")+/g, (union) => union.split(' | ').sort().join(' | '));

for (const version of VERSIONS) {
  test(`${version}: each typical mistake is one error, which begins with what is wrong`, () => {
    const mistakes = JSON.parse(read(root, 'tests/types/mistakes.json'));
    const dir = project(packed.tarball, {
      'tsconfig.json': JSON.stringify({ ...JSON.parse(read(root, 'tests/types/tsconfig.json')), include: ['*.mts'] }),
      ...Object.fromEntries(
        mistakes.map(({ code }, index) => [`mistake-${index}.mts`, `import { init, juziWx } from 'juzi-helper-wasm';\n${code}\n`]),
      ),
    });
    try {
      const { stdout } = compile(version, '-p', dir.dir);
      const errors = mistakes.map(() => []);
      let last;
      for (const line of stdout.trimEnd().split('\n')) {
        const found = /mistake-(\d+)\.mts\(\d+,\d+\): error (.*)/.exec(line);
        last = found ? errors[found[1]] : last;
        last.push(normal(found ? found[2] : line));
      }
      mistakes.forEach(({ mistake, error }, index) => assert.deepEqual(errors[index], error, mistake));
      assert.ok(mistakes.length >= 10);
      assert.doesNotMatch(stdout, /No overload matches/);
    } finally {
      dir.remove();
    }
  });
}

test('the page for WeCom and for Juzi of both readmes compiles', () => {
  const block = (readme, heading) => read(pkg, readme).split(`## ${heading}\n`)[1].split('```ts\n')[1].split('```')[0];
  const english = block('README.md', 'A page for WeCom and for Juzi');
  assert.equal(block('README.zh-CN.md', '同时用于企业微信和句子的页面').replace('你好', 'Hello'), english);
  writeFileSync(installed.path('types/globals/page.mts'), english);
  for (const version of VERSIONS) assert.deepEqual(compile(version, '-p', 'types/globals'), { status: 0, stdout: '' });
});

test('the login’s handlers of both readmes compile, as strictly as everything else', () => {
  mkdirSync(installed.path('types/login'));
  for (const readme of ['README.md', 'README.zh-CN.md']) {
    const [found, ...others] = blocks(readme).filter((code) => code.includes('handleCallback'));
    assert.deepEqual(others, []);
    writeFileSync(installed.path('types/login', `${readme}.mts`), found);
  }
  const { compilerOptions } = JSON.parse(read(root, 'tests/types/tsconfig.json'));
  // The types of Node and of the server's framework are not ours to check.
  const config = { compilerOptions: { ...compilerOptions, types: ['node'], skipLibCheck: true }, include: ['*.mts'] };
  writeFileSync(installed.path('types/login/tsconfig.json'), JSON.stringify(config));
  for (const version of VERSIONS) assert.deepEqual(compile(version, '-p', 'types/login'), { status: 0, stdout: '' });
});

test('an editor shows the fields of a result', async () => {
  const ts = await tool('typescript5');
  const file = installed.path('shown.mts');
  const source = `import { juziWx } from 'juzi-helper-wasm';
const contact = await juziWx.getCurExternalContact();
const chat = await juziWx.getCurChatInfo();
const login = juziWx.sidebarAuth();
juziWx.invoke('checkJsApi', { jsApiList: [], success: (result) => result });
const { sendChatMessage, previewImage, getCurExternalChat } = juziWx;
`;
  writeFileSync(file, source);
  const { options } = ts.convertCompilerOptionsFromJson(JSON.parse(read(root, 'tests/types/tsconfig.json')).compilerOptions, installed.dir);
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => (ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(name)) : undefined),
    getCurrentDirectory: () => installed.dir,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  });
  const shown = (word) => {
    const info = service.getQuickInfoAtPosition(file, source.indexOf(word));
    return {
      text: ts.displayPartsToString(info.displayParts).replace(/\s+/g, ' '),
      documentation: ts.displayPartsToString(info.documentation),
    };
  };
  // Before it is called.
  const message = shown('sendChatMessage');
  assert.match(message.text, /Method<"sendChatMessage", SendParams, \{ err_msg: "sendChatMessage:ok"; .*errCode: 0; }>$/);
  assert.match(message.documentation, /Sends one message/);
  assert.match(shown('previewImage').text, /Method<"previewImage", \{ urls: readonly string\[]; current\?: string \| undefined; }, /);
  assert.match(shown('getCurExternalChat }').text, /Method<"getCurExternalChat", NoParams, \{ chatId: string; err_msg: /);
  const ok = (name) => `err_msg: "${name}:ok"; errMsg: "${name}:ok"; errCode: 0; }`;
  assert.equal(shown('contact =').text, `const contact: { userId: string; ${ok('getCurExternalContact')}`);
  const call = shown('getCurExternalContact');
  assert.ok(call.text.endsWith(`=> Promise<{ userId: string; ${ok('getCurExternalContact')}>`), call.text);
  assert.match(call.documentation, /outside contact/);
  assert.match(shown('chat =').text, /id: string; Id: string; name: string; type: 0 \| 1; external: boolean; .*errCode: 0; }$/);
  assert.equal(shown('login =').text, `const login: Promise<{ data: { baseInfo: BaseInfo; }; ${ok('sidebarAuth')}>`);
  assert.equal(shown('result)').text, `(parameter) result: { checkResult: Record<string, boolean>; ${ok('checkJsApi')}`);
});

test('every member of a parameter, a result and an option has its sentence', async () => {
  const ts = await tool('typescript5');
  const source = ts.createSourceFile('index.d.ts', read(pkg, 'index.d.ts'), ts.ScriptTarget.Latest, true);
  const silent = [];
  const visit = (node, path) => {
    const own = node.name ? [...path, node.name.getText(source)] : path;
    // The rows of the catalogue are described by the methods; the others are types for the compiler alone.
    const isRow = own[0] === 'Catalogue' && own.length <= 3;
    // Each kind of entry, and what an error carries, is described as a whole.
    const isDescribed = ['LogEntry', 'JuziError', 'RunningJuziWx'].includes(own[0]) || own[1] === 'fallback';
    if (ts.isPropertySignature(node) && !isRow && !isDescribed && !node.jsDoc) silent.push(own.join('.'));
    if (ts.isTypeAliasDeclaration(node) && !/^export /.test(node.getText(source))) return;
    ts.forEachChild(node, (child) => visit(child, own));
  };
  visit(source, []);
  assert.deepEqual(silent, []);
});

test('the codes of errors are the same in the core, in the script, in the types and in both readmes', () => {
  // The reasons in the core, and those that JavaScript adds.
  const script = read(root, 'src/browser/juzi-error.js');
  const fixed = /const FIXED =\s+\/:fail \(([^)]*)\)\//.exec(script)[1].split('|');
  const faults = read(root, 'src/error.rs');
  const ofCore = [
    ...faults.matchAll(/Self::(?:NotInSidebar|Timeout|FunctionNotExist|HostUnreachable\(""\)) => \(None, "([^"]+)", ""\)/g),
  ].map(([, reason]) => reason);
  assert.deepEqual(ofCore, ['not in sidebar', 'timeout', 'function not exist', 'host unreachable']);
  assert.deepEqual(fixed, [...ofCore, 'internal error', 'webassembly blocked', 'invalid options', 'aborted', 'conversation changed']);
  const codes = [...fixed.map((reason) => reason.replaceAll(' ', '_')), 'fail'];
  const union = /export type ErrorCode =([^;]+);/.exec(read(pkg, 'index.d.ts'))[1];
  assert.deepEqual(
    [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code),
    codes,
  );
  for (const readme of ['README.md', 'README.zh-CN.md']) {
    const table = read(pkg, readme)
      .split(/^\| `error\.code` \|.*$/m)[1]
      .split('\n\n')[0];
    assert.deepEqual(
      [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code),
      codes,
      readme,
    );
  }
});
