/** The page about the crate: its public modules and features, and where their documentation is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/places.mjs';
import { features as chinese } from './zh.mjs';
import { features as english } from './en.mjs';

/** @param {'en' | 'zh'} language */
export function cratePage(language) {
  const zh = language === 'zh';
  const words = zh ? chinese : english;
  const manifest = readFileSync(join(root, 'Cargo.toml'), 'utf8');
  const listed = /^\[features\]\n([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(manifest)?.[1] ?? '';
  const names = [...listed.matchAll(/^([\w-]+) = /gm)].map(([, name]) => name);
  const unknown = names.filter((name) => words[name] === undefined);
  if (unknown.length > 0) throw new Error(`site/reference describes no feature ${unknown.join(', ')} of the crate`);
  const rows = names.map((name) => `| \`${name}\` | ${words[name]} |`).join('\n');
  const link = (path, text) => `<a href="/__site__/crate/${path}" target="_self">${text}</a>`;
  return zh
    ? `# Rust crate

crate \`juzi-helper\` 有三个公开模块。\`message\` 和 \`oauth\` 供页面的服务器使用，\`client\` 供用 Rust 写的页面使用。

- ${link('juzi_helper/index.html', 'crate 文档（rustdoc，英文）')}
- ${link('juzi_helper/message/index.html', '<code>message</code>：六种消息')}
- ${link('juzi_helper/oauth/index.html', '<code>oauth</code>：登录')}
- ${link('juzi_helper/client/index.html', '<code>client</code>：各个调用')}

\`client\` 的用法见 [Rust 指南](../guide/rust)。

## 特性

| 特性 | 作用 |
| --- | --- |
${rows}
`
    : `# The crate

The crate \`juzi-helper\` has three public modules. \`message\` and \`oauth\` are for a page's server, \`client\` is for a page written in Rust.

- ${link('juzi_helper/index.html', 'The crate’s documentation (rustdoc)')}
- ${link('juzi_helper/message/index.html', '<code>message</code>: the six messages')}
- ${link('juzi_helper/oauth/index.html', '<code>oauth</code>: the login')}
- ${link('juzi_helper/client/index.html', '<code>client</code>: the calls')}

The [guide to Rust](../guide/rust) shows how to use \`client\`.

## Features

| feature | what it adds |
| --- | --- |
${rows}
`;
}
