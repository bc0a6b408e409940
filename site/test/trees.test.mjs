// English and Chinese are in step: the same pages, the same structure, the same code.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { guides, locales, repository } from '../.vitepress/navigation.mjs';
import { docs, root } from '../lib/places.mjs';
import { strings } from '../.vitepress/theme/strings.mjs';
import { strings as consoleStrings } from '../../www/console/strings.js';
import { strings as demoStrings } from '../../www/demo/strings.js';

const pagesBelow = (dir) =>
  readdirSync(dir, { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.md'))
    .sort();
const english = pagesBelow(docs).filter((name) => !name.startsWith('zh/'));
const chinese = pagesBelow(join(docs, 'zh'));
const read = (path) => readFileSync(join(docs, path), 'utf8');
/** The documents of the repository itself that have two editions. */
const documents = [
  ['docs/spec.md', 'docs/spec.zh-CN.md'],
  ['CHANGELOG.md', 'CHANGELOG.zh-CN.md'],
  ['CONTRIBUTING.md', 'CONTRIBUTING.zh-CN.md'],
  ['workbench/README.md', 'workbench/README.zh-CN.md'],
  ['vite-plugin/README.md', 'vite-plugin/README.zh-CN.md'],
];
const readDocument = (path) => readFileSync(join(root, path), 'utf8');

/** The levels of headings, in order, outside of code. @param {string} text */
const headings = (text) => text.replace(/^```[\s\S]*?^```/gm, '').match(/^#{1,6} /gm) ?? [];
/** Code, without comments: those are in the page's language. Included files are the same file in both. @param {string} text */
const code = (text) => (text.match(/^```[\s\S]*?^```|^<<< .*$/gm) ?? []).map((block) => block.replace(/\s*(#|\/\/).*$/gm, ''));
/** Tables, as numbers of rows and columns. @param {string} text */
const tables = (text) =>
  (text.match(/(?:^\|.*\n?)+/gm) ?? []).map((table) =>
    table
      .trim()
      .split('\n')
      .map(
        (row) =>
          row
            .replaceAll('\\|', '')
            .replace(/`[^`]*`/g, '')
            .split('|').length,
      ),
  );
const lists = (text) => (text.match(/^(-|\d+\.) /gm) ?? []).length;
/**
 * The facts between one heading and the next that no language changes: inline code, numbers, and the specification's marks.
 * @param {string} text
 */
const facts = (text) =>
  text
    .replace(/^```[\s\S]*?^```/gm, '')
    .split(/^(?=#{1,6} )/m)
    .map((section) => {
      const set = (found) => [...new Set(found)].sort();
      const count = (mark) => section.split(`**[${mark}]**`).length - 1;
      const prose = section.replace(/`[^`]*`|\]\([^)]*\)/g, '');
      return {
        code: set(section.match(/`[^`]*`/g)),
        numbers: set(prose.match(/\d[\d.,]*\d|\d/g)),
        assumed: count('assumed'),
        beyond: count('beyond'),
      };
    });

test('both languages have the same pages', () => assert.deepEqual(chinese, english));

for (const path of english) {
  test(`${path}: headings, code, tables and lists are the same in both languages`, () => {
    const [en, zh] = [read(path), read(`zh/${path}`)];
    for (const part of [headings, code, tables, lists]) assert.deepEqual(part(zh), part(en), part.name);
  });
}

for (const [en, zh] of documents) {
  test(`${zh}: the structure is that of ${en}, and each section has the same facts`, () => {
    const [english, chinese] = [readDocument(en), readDocument(zh)];
    for (const part of [headings, code, tables, lists]) assert.deepEqual(part(chinese), part(english), part.name);
    const [expected, found] = [facts(english), facts(chinese)];
    const titles = english.match(/^#{1,6} .*/gm);
    for (const [index, section] of expected.entries()) assert.deepEqual(found[index], section, titles[index]);
  });
}

test('the navigation names every guide', () => {
  const named = guides.flatMap(([, , list]) => list.map(([path]) => `guide/${path}.md`)).sort();
  assert.deepEqual(
    named,
    english.filter((path) => path.startsWith('guide/')),
  );
});

test('the navigation leads to the repository, in both languages', () => {
  assert.match(repository, /^https:\/\/github\.com\//);
  for (const { themeConfig } of Object.values(locales)) assert.ok(themeConfig.nav.some(({ link }) => link === repository));
});

test('no Chinese page has an English heading left, and no English page a Chinese one', () => {
  for (const path of english.filter((one) => !one.startsWith('reference/') && one !== 'changes.md')) {
    for (const heading of read(path).match(/^#+ .*/gm) ?? []) assert.doesNotMatch(heading, /\p{Script=Han}/u, path);
  }
});

test('the words of the playground are the same set in both languages', () => {
  assert.deepEqual(Object.keys(strings.zh), Object.keys(strings.en));
  assert.equal(JSON.stringify(Object.keys(locales)), '["root","zh"]');
});

test('no page uses another word for a term of the glossary', () => {
  const rivals = {
    en: [
      [/side bar/i, 'sidebar'],
      [/mock(ed)? console/i, 'simulated console'],
      [/auth(orisation|orization)? token/i, 'code'],
      [/\bapp id of the bot\b/i, 'managed account'],
    ],
    zh: [
      [/(?<!侧)边栏/, '侧边栏'],
      [/宿主/, '控制台'],
      [/假控制台/, '模拟的控制台'],
      [/对话(?!框)/, '会话'],
      [/(?<!兑换的)令牌/, 'code'],
    ],
  };
  for (const path of english.filter((one) => one.startsWith('guide/') || one === 'index.md')) {
    for (const [language, file] of [
      ['en', path],
      ['zh', `zh/${path}`],
    ]) {
      for (const [rival, term] of rivals[language]) assert.doesNotMatch(read(file), rival, `${file}: the glossary’s word is “${term}”`);
    }
  }
});

/** Chinese words that mean a term of the glossary, and what they may be part of when they mean something else. */
const CHINESE_RIVALS = [
  [/框架/, 'iframe', ['不依赖框架', '因框架而异', '运行在 `wasm32` 上的框架', '## 框架']],
  [/授权码|登录码|认证码|验证码/, 'code', []],
  [/服务端/, '服务器', ['服务端渲染']],
  [/换取/, '兑换', []],
  [/接口/, '调用', ['企业微信的接口']],
  [/注册方式|方式注册|注册页面|注册了?侧边栏/, '登记', []],
];

/** The editions of the readmes and the specification, and the hub's source. */
const CHINESE_FILES = [
  'README.zh-CN.md',
  'pkg-template/README.zh-CN.md',
  'vite-plugin/README.zh-CN.md',
  'workbench/README.zh-CN.md',
  'starter/README.zh-CN.md',
  'docs/spec.zh-CN.md',
  'docs/wecom-sdks.zh-CN.md',
  'hub/src/refusal.rs',
];
const chineseTexts = () => [
  // The glossary names these words.
  ...chinese.filter((path) => path.startsWith('guide/') && path !== 'guide/glossary.md').map((path) => [`zh/${path}`, read(`zh/${path}`)]),
  ...CHINESE_FILES.map((path) => [path, readDocument(path)]),
  ...[consoleStrings, demoStrings, strings].flatMap(({ zh }) => Object.entries(zh).map(([key, text]) => [key, String(text)])),
];

test('the Chinese texts of the site, the readmes, the console and the hub have one word for one thing', () => {
  for (const [where, text] of chineseTexts()) {
    for (const [rival, term, others] of CHINESE_RIVALS) {
      const rest = others.reduce((left, other) => left.replaceAll(other, ''), text);
      assert.doesNotMatch(rest, rival, `${where}: the glossary’s word is “${term}”`);
    }
  }
});
