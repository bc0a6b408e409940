/** The workbench's options, as its own `--help` has them. */
import { options as chinese } from './zh.mjs';

/** @param {string} help @param {'en' | 'zh'} language */
export function optionsPage(help, language) {
  const options = readOptions(help);
  if (language === 'zh') check(options);
  const rows = options.map(
    ({ flags, text }) => `| \`${flags.replaceAll('|', '\\|')}\` | ${language === 'zh' ? chinese[nameOf(flags)] : inEnglish(text)} |`,
  );
  const list = rows.join('\n');
  const block = `\`\`\`text\n${help.trim()}\n\`\`\``;
  return language === 'zh'
    ? `# 工作台的选项\n\n\`juzi-workbench\` 在本机运行一个模拟的控制台。以下内容取自它的 \`--help\`。\n\n| 选项 | 含义 |\n| --- | --- |\n${list}\n\n## 原文\n\n${block}\n`
    : `# Options of the workbench\n\n\`juzi-workbench\` runs a simulated console on your own machine. This is what its \`--help\` says.\n\n| option | meaning |\n| --- | --- |\n${list}\n\n## As it prints them\n\n${block}\n`;
}

const inEnglish = (text) => text.replace(/ \[default: (.*)\]$/, '. Default: $1').replace(/https?:\/\/\S+/g, '`$&`');

/** @param {string} help */
export function readOptions(help) {
  const lines = help.slice(help.indexOf('Options:')).split('\n').slice(1);
  const end = lines.findIndex((line) => line.trim() === '');
  const options = lines
    .slice(0, end)
    .map((line) => /^\s+(-\S.*?)\s{2,}(\S.*)$/.exec(line))
    .map((found) => found && { flags: found[1], text: found[2] });
  if (options.length === 0 || options.some((one) => !one))
    throw new Error('the workbench’s --help has a form that site/reference/options.mjs does not know');
  return /** @type {{ flags: string, text: string }[]} */ (options);
}

const nameOf = (flags) => /--[\w-]+/.exec(flags)?.[0] ?? flags;

function check(options) {
  const missing = options.map(({ flags }) => nameOf(flags)).filter((name) => !chinese[name]);
  if (missing.length > 0) throw new Error(`site/reference/zh.mjs has no Chinese for ${missing.join(', ')}`);
}
