/**
 * Writes the reference pages from the sources: docs/reference/ and docs/zh/reference/. They are not in the repository, so they
 * cannot be stale. A text of the sources without a Chinese translation fails the build.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { changes } from '../lib/changes.mjs';
import { docs, root } from '../lib/places.mjs';
import { apiPages } from './api.mjs';
import { cratePage } from './crate.mjs';
import { errorsPage } from './errors.mjs';
import { optionsPage } from './options.mjs';
import { scenarioPage } from './scenario.mjs';
import { translator } from './translate.mjs';

const REPOSITORY = 'https://github.com/juzibot/juzi-helper-wasm/blob/main/';
const LANGUAGES = /** @type {const} */ (['en', 'zh']);

/** @param {{ help: string, config: any }} workbench */
export async function generateReference(workbench) {
  for (const language of LANGUAGES) {
    const home = language === 'zh' ? join(docs, 'zh') : docs;
    const translate = translator(language);
    rmSync(join(home, 'reference'), { recursive: true, force: true });
    /** @type {Record<string, string>} */
    const pages = {
      'reference/workbench.md': optionsPage(workbench.help, language),
      'reference/scenario.md': scenarioPage(language, translate),
      'reference/errors.md': errorsPage(workbench.config.hubErrors, language),
      'reference/protocol.md': protocolPage(language),
      'reference/crate.md': cratePage(language),
      'changes.md': changesPage(language),
      ...(await apiPages(language, translate)),
    };
    translate.check();
    for (const [path, text] of Object.entries(pages)) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    }
  }
}

/** Removes line breaks that a browser would show as a space between Chinese characters or after Chinese punctuation. */
const unwrapped = (text) =>
  text.replace(/(?<=[，。；：、！？）”])\n *(?![\n|#-]|<!--|```|\d+\. )|(?<=\p{Script=Han})\n *(?=[\p{Script=Han}（“])/gu, '');

/** Links from a file in a folder to other files of the repository, which are no pages here. */
const outward = (text, folder) =>
  text.replace(/\]\(([\w./-]+\.(?:md|json))(#[^)]*)?\)/g, (_, path, anchor = '') => `](${REPOSITORY}${join(folder, path)}${anchor})`);

/** The protocol without its title and without the line below it, which links the other edition. */
function protocolPage(language) {
  const file = language === 'zh' ? 'docs/spec.zh-CN.md' : 'docs/spec.md';
  const source = readFileSync(join(root, file), 'utf8')
    .replace(/^# .*\n\n.*\n/, '')
    .replace(/^<!-- generated.*-->\n/gm, '');
  const text = outward(source, 'docs');
  return language === 'zh'
    ? `# 规格说明\n\n> 本页与[英文版](../../reference/protocol)不一致时，以英文版为准。术语见[术语表](../guide/glossary)。\n${unwrapped(text)}`
    : `# Specification\n${text}`;
}

function changesPage(language) {
  const list = changes(language)
    .map(({ version, text }) => `## ${version}\n\n${outward(language === 'zh' ? unwrapped(text) : text, '')}`)
    .join('\n\n');
  return language === 'zh'
    ? `---\nprev: false\nnext: false\n---\n\n# 变更\n\ncrate、npm 包和工作台共用一个版本号。变更也可以<a href="/__site__/changes.xml" target="_self">用 Atom 订阅</a>（英文）。本页与[英文版](../changes)不一致时，以英文版为准。\n\n${list}\n`
    : `---\nprev: false\nnext: false\n---\n\n# Changes\n\nThe crate, the npm package and the workbench share one version. There is also <a href="/__site__/changes.xml" target="_self">an Atom feed</a>.\n\n${list}\n`;
}
