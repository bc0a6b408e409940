/** The errors, from the types and from the specification. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../lib/places.mjs';
import { codes as chinese } from './zh.mjs';
import { codes as english } from './en.mjs';

/** @param {[number, string][]} hubErrors @param {'en' | 'zh'} language */
export function errorsPage(hubErrors, language) {
  const zh = language === 'zh';
  const words = zh ? chinese : english;
  const names = { JuziError: codesOf('index.d.ts', 'JuziError'), OAuthError: codesOf('oauth.d.ts', 'OAuthError') };
  for (const [error, list] of Object.entries(names)) compare(error, list, Object.keys(words[error]));
  const table = (error) => names[error].map((code) => `| \`${code}\` | ${words[error][code]} |`).join('\n');
  const head = zh ? '| code | 含义 |\n| --- | --- |' : '| code | meaning |\n| --- | --- |';
  const hub = hubErrors.map(([errcode, errmsg]) => `| ${errcode} | ${errmsg} |`).join('\n');
  const faults = zh
    ? tableAfter('docs/spec.zh-CN.md', 'helper 在发出任何内容之前先校验消息。')
    : tableAfter('docs/spec.md', 'The helper validates messages before it posts anything.');
  return zh
    ? `# 错误

失败的调用以 \`<api>:fail <原因>\` 结束。原因是英文，写明是哪个字段、错在哪里。按错误文本查找处理办法，见[排查问题](../guide/troubleshooting)。

## JuziError 的 code

Promise 以 \`JuziError\` 拒绝，\`code\` 对应每种固定的原因。

${head}
${table('JuziError')}

## 消息的校验

helper 在发出消息之前按下面的顺序校验，报告遇到的第一个错误。

${faults}

## OAuthError 的 code

${head}
${table('OAuthError')}

## hub 的 errcode

| errcode | errmsg |
| --- | --- |
${hub}
`
    : `# Errors

A failed call ends with \`<api>:fail <reason>\`. The reason is in English and says which field is wrong, and how. To find a cure by the text of the error, see [troubleshooting](../guide/troubleshooting).

## Codes of JuziError

A promise rejects with a \`JuziError\`. Its \`code\` stands for each fixed reason.

${head}
${table('JuziError')}

## How messages are checked

The helper checks a message before it posts anything, in this order, and reports the first fault.

${faults}

## Codes of OAuthError

${head}
${table('OAuthError')}

## Errcodes of the hub

| errcode | errmsg |
| --- | --- |
${hub}
`;
}

/** The strings of the type of a class's `code`. @param {string} file @param {string} className */
function codesOf(file, className) {
  const source = ts.createSourceFile(file, readFileSync(join(root, 'pkg-template/types', file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found = source.statements.find((one) => ts.isClassDeclaration(one) && one.name?.text === className);
  if (!found) throw new Error(`${file} has no class ${className}`);
  const member = /** @type {ts.ClassDeclaration} */ (found).members.find((one) => one.name?.getText() === 'code');
  let type = /** @type {ts.PropertyDeclaration} */ (member).type;
  if (ts.isTypeReferenceNode(type)) {
    const name = type.typeName.getText();
    type = source.statements.find((one) => ts.isTypeAliasDeclaration(one) && one.name.text === name)?.type;
  }
  return [...type.getText().matchAll(/'([^']+)'/g)].map(([, code]) => code);
}

function compare(error, real, described) {
  const wrong = [
    ...real.filter((code) => !described.includes(code)).map((code) => `${code} is not described`),
    ...described.filter((code) => !real.includes(code)).map((code) => `${code} is none any more`),
  ];
  if (wrong.length > 0) throw new Error(`the codes of ${error} in site/reference are stale: ${wrong.join('; ')}`);
}

/** The first table of an edition of the specification after a sentence. @param {string} file @param {string} sentence */
function tableAfter(file, sentence) {
  const text = readFileSync(join(root, file), 'utf8');
  const at = text.indexOf(sentence);
  if (at < 0) throw new Error(`${file} does not contain: ${sentence}`);
  return /(?:^\|.*\n)+/m.exec(text.slice(at))?.[0].trim() ?? '';
}
