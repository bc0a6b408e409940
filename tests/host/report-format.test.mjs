/** The format of reports: what is published of it is what the console checks. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { files } from '../../scripts/report-format.mjs';
import { exportLog, importLog } from '../../www/console/log/file.js';
import { REPORT } from '../../www/console/log/schema.js';

test('the published schema and the tables are up to date', () => {
  for (const [file, expected] of files()) {
    assert.equal(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'), expected, `${file}: ./build.sh generate`);
  }
});

/** Whether a value is as a JSON Schema says, of which only the words are known that the published one has. */
function fits(value, schema) {
  const { type, const: only, enum: values, anyOf, ...rest } = schema;
  const known = [
    'description',
    'properties',
    'required',
    'additionalProperties',
    'items',
    'minimum',
    'maximum',
    'maxLength',
    'minItems',
    'maxItems',
  ];
  for (const word of Object.keys(rest)) assert.ok(known.includes(word), word);
  if (only !== undefined) return value === only;
  if (values) return values.includes(value);
  if (anyOf) return anyOf.some((one) => fits(value, one));
  if (type === undefined) return true;
  return [type].flat().some((name) => OF_TYPE[name](value, schema));
}

const OF_TYPE = {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  string: (value, { maxLength = Infinity }) => typeof value === 'string' && value.length <= maxLength,
  number: (value, { minimum = -Infinity, maximum = Infinity }) => typeof value === 'number' && value >= minimum && value <= maximum,
  integer: (value, schema) => Number.isInteger(value) && OF_TYPE.number(value, schema),
  array: (value, { items, minItems = 0, maxItems = Infinity }) =>
    Array.isArray(value) && value.length >= minItems && value.length <= maxItems && value.every((item) => fits(item, items)),
  object(value, { properties = {}, required = [], additionalProperties }) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const others = Object.keys(value).filter((name) => !Object.hasOwn(properties, name));
    return (
      required.every((name) => Object.hasOwn(value, name)) &&
      (additionalProperties !== false ? others.every((name) => fits(value[name], additionalProperties)) : others.length === 0) &&
      Object.entries(value).every(([name, member]) => !Object.hasOwn(properties, name) || fits(member, properties[name]))
    );
  },
};

/** A log of a console, with everything that it says of itself. */
const exported = () =>
  JSON.parse(
    exportLog({
      rows: [],
      ignored: [],
      about: {
        by: 'workbench',
        page: 'http://p/',
        mode: 'reload',
        browser: { userAgent: 'a browser', language: 'zh-CN' },
        conversations: [{ id: 'c', name: 'Lin', type: 0, external: true, wxid: 'w', botId: 'b', externalUserId: 'wm' }],
        current: 'c',
        faults: { drop: 0.5, errors: { sendChatMessage: 'no' }, apis: { getContext: { hold: true } } },
      },
    }),
  );
/** The report of a page, as the end-to-end tests have it. */
const REPORTED = {
  format: 'juzi-report',
  version: 1,
  by: 'page',
  page: 'https://page.example/?order=…',
  startedAt: '2026-01-01T00:00:00.000Z',
  exportedAt: '2026-01-01T00:01:00.000Z',
  browser: { userAgent: 'a browser', language: 'zh-CN' },
  helper: { env: null, options: { record: true } },
  dropped: 3,
  messages: [],
  marks: [{ row: 1, at: 0, mark: 'error', text: 'x is not defined', stack: 'at a.js:1:1' }],
  ignored: [{ seq: 2, at: 1, reason: 'not-host' }],
};

test('the published schema takes and refuses what the console does', () => {
  const changes = {
    'nothing changed': () => {},
    'another format': (file) => (file.format = 'juzi-workbench'),
    'the next version': (file) => (file.version = 2),
    'no list of messages': (file) => delete file.messages,
    'a member that is not known': (file) => (file.screenshot = 'data:'),
    'a text for a number': (file) => (file.dropped = 'three'),
    'less than nothing': (file) => (file.dropped = -1),
    'a mark that is not known': (file) => (file.marks = [{ row: 1, at: 0, mark: 'party', text: '' }]),
    'a mark without its text': (file) => (file.marks = [{ row: 1, at: 0, mark: 'load' }]),
    'a fault that is not known': (file) => (file.faults = { earthquake: 1 }),
    'a chance above 1': (file) => (file.faults = { drop: 2 }),
    'a third kind of chat': (file) => (file.conversations = [{ ...exported().conversations[0], type: 2 }]),
    'a helper without its options': (file) => (file.helper = { env: null }),
  };
  for (const good of [exported(), REPORTED]) {
    for (const [what, change] of Object.entries(changes)) {
      const file = structuredClone(good);
      change(file);
      const read = () => importLog(JSON.stringify(file));
      assert.equal(fits(file, REPORT.schema), what === 'nothing changed', `${what}, by the schema`);
      if (what === 'nothing changed') assert.doesNotThrow(read);
      else assert.throws(read, { name: 'Error', where: /./ }, what);
    }
  }
});

test('a page’s report is shown: its errors and decisions are rows', () => {
  const { rows, ignored, about } = importLog(JSON.stringify(REPORTED));
  assert.deepEqual(
    rows.map(({ mark }) => mark),
    [{ mark: 'error', text: 'x is not defined', stack: 'at a.js:1:1' }],
  );
  assert.equal(ignored[0].reason, 'not-host');
  assert.equal(about.by, 'page');
  // Saved again, it is the same report.
  const again = JSON.parse(exportLog({ rows, ignored, about }));
  assert.deepEqual(
    [again.page, again.helper, again.marks[0].stack, again.ignored[0].reason],
    [REPORTED.page, REPORTED.helper, 'at a.js:1:1', 'not-host'],
  );
});

test('a log that an earlier workbench has exported is still read', () => {
  const former = { format: 'juzi-workbench-log', version: 1, page: 'http://p/', mode: 'postMessage', messages: [], workbench: '0.1.0' };
  assert.equal(importLog(JSON.stringify(former)).about.page, 'http://p/');
});
