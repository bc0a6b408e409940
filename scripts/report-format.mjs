// The published JSON Schema of reports, and the tables of docs/report-format.md, from the checks with which the console opens a file.
// With --write, which `./build.sh generate` gives, they are written; a test compares them.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BROWSER, CONVERSATION, FAULTS, FORMAT, HELPER, HUB, IGNORED, MARK, MESSAGE, REPORT, VERSION } from '../www/console/log/schema.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SCHEMA = 'docs/report.schema.json';
const DOCUMENT = 'docs/report-format.md';

/** The tables, in the document's order: a heading, and what it is about. */
const TABLES = [
  ['The file', REPORT],
  ['An entry of `messages`', MESSAGE],
  ['An entry of `marks`', MARK],
  ['An entry of `ignored`', IGNORED],
  ['An entry of `hub`', HUB],
  ['`helper`', HELPER],
  ['`browser`', BROWSER],
  ['An entry of `conversations`', CONVERSATION],
  ['`faults`', FAULTS],
];

const schema = () =>
  `${JSON.stringify(
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: `${FORMAT}, version ${VERSION}`,
      description: 'The report of a page, or an exported log of the workbench. docs/report-format.md describes it.',
      ...REPORT.schema,
    },
    null,
    2,
  )}\n`;

/** What a member is, in a few words. */
function kindOf({ type, enum: values, const: only, anyOf, items }) {
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (values) return values.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (anyOf) return anyOf.map(kindOf).join(' or ');
  if (type === 'array') return `list of ${kindOf(items)}`;
  if (Array.isArray(type)) return type.join(' or ');
  return type ?? 'anything';
}

function table({ schema: { properties, required } }) {
  const rows = Object.entries(properties).map(([name, member]) => {
    const about = member.description ?? '';
    return `| \`${name}\`${required.includes(name) ? '' : '?'} | ${kindOf(member)} | ${about} |`;
  });
  return ['| member | value | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The document with its tables made anew. */
function document() {
  const text = readFileSync(join(root, DOCUMENT), 'utf8');
  const tables = TABLES.map(([heading, check]) => `## ${heading}\n\n${table(check)}`).join('\n\n');
  const start = '<!-- generated: tables (`./build.sh generate` writes them from www/console/log/schema.js) -->\n';
  return text.replace(/<!-- generated: tables [^]*?<!-- generated: end -->/, () => `${start}\n${tables}\n\n<!-- generated: end -->`);
}

/** Each file, and what it has to be. */
export const files = () => [
  [SCHEMA, schema()],
  [DOCUMENT, document()],
];

if (process.argv.includes('--write')) for (const [file, text] of files()) writeFileSync(join(root, file), text);
