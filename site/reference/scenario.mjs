/** The scenario file, from its JSON Schema. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/places.mjs';

/** @param {'en' | 'zh'} language @param {(text: string) => string} translate */
export function scenarioPage(language, translate) {
  const zh = language === 'zh';
  const schema = JSON.parse(readFileSync(join(root, 'www/scenarios/scenario.schema.json'), 'utf8'));
  const parts = Object.entries(schema.$defs).map(([name, part]) => section(`## ${name}`, part));
  const intro = zh
    ? '# 场景文件\n\n场景描述要模拟的控制台：账号、会话和故障，可以写成 JSON 或 TOML。下面的表格由 JSON Schema 生成；工作台在 `/scenarios/scenario.schema.json` 提供这个 Schema。'
    : '# Scenario file\n\nA scenario describes the console to simulate: its account, conversations and faults, in JSON or TOML. The tables are generated from the JSON Schema, which the workbench serves at `/scenarios/scenario.schema.json`.';
  return `${intro}\n\n${section(zh ? '## 顶层' : '## The top level', schema)}\n\n${parts.join('\n\n')}\n`;

  function section(heading, part) {
    const text = part.description ? `${translate(part.description)}\n\n` : '';
    const choices = part.oneOf ?? part.anyOf;
    const own = table(part);
    const variants = choices && !own ? choices.map(variant).filter(Boolean).join('\n') : '';
    return `${heading}\n\n${text}${own || variants || typeOf(part)}`;
  }

  function variant(one) {
    if (one.const !== undefined || one.enum)
      return `- \`${one.const ?? one.enum.join('`, `')}\`${one.description ? `${zh ? '：' : ': '}${translate(one.description)}` : ''}`;
    const members = Object.entries(one.properties ?? {}).map(([name, type]) => `\`${name}\`: ${typeOf(type)}`);
    return members.length > 0 ? `- ${members.join(', ')}` : '';
  }

  function table(part) {
    const rows = Object.entries(part.properties ?? {}).map(
      ([name, one]) =>
        `| \`${name}\` | ${typeOf(one)} | ${(part.required ?? []).includes(name) ? (zh ? '是' : 'yes') : ''} | ${cell(one)} |`,
    );
    if (rows.length === 0) return '';
    return [zh ? '| 成员 | 类型 | 必填 | 含义 |' : '| member | type | required | meaning |', '| --- | --- | --- | --- |', ...rows].join(
      '\n',
    );
  }

  function cell(one) {
    const text = one.description ? translate(one.description) : '';
    const fallback =
      one.default === undefined || typeof one.default === 'object'
        ? ''
        : `${zh ? '默认：' : 'Default: '}\`${JSON.stringify(one.default)}\`${zh ? '。' : '.'}`;
    return `${text}${zh ? '' : ' '}${fallback}`.trim().replaceAll('|', '\\|').replaceAll('\n', ' ');
  }

  function typeOf(one) {
    if (one.$ref) {
      const name = one.$ref.split('/').at(-1);
      return `[${name}](#${name.toLowerCase()})`;
    }
    const choices = one.anyOf ?? one.oneOf ?? one.allOf;
    if (choices)
      return choices
        .filter(({ type }) => type !== 'null')
        .map(typeOf)
        .join(zh ? ' 或 ' : ' or ');
    if (one.const !== undefined) return `\`${JSON.stringify(one.const)}\``;
    if (one.enum) return one.enum.map((value) => `\`${JSON.stringify(value)}\``).join(zh ? '、' : ', ');
    const type = Array.isArray(one.type) ? one.type.filter((name) => name !== 'null').join(' / ') : (one.type ?? '');
    if (type === 'array') return `${zh ? '列表：' : 'list of '}${typeOf(one.items ?? {})}`;
    if (type === 'object' && typeof one.additionalProperties === 'object')
      return `${zh ? '对象，值为 ' : 'object of '}${typeOf(one.additionalProperties)}`;
    return type;
  }
}
