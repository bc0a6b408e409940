/**
 * A log file from a stranger: all of it is checked when it is opened, and nothing in it becomes code. The tests run the copied code with
 * stand-ins for the package and the test runners. The log's strings must reach these unchanged, and nothing else may happen.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { asCheckScript } from '../../www/console/log/as-check.js';
import { asCall, asVitestTest } from '../../www/console/log/as-code.js';
import { asPlaywrightTest } from '../../www/console/log/as-playwright.js';
import { exportLog, importLog } from '../../www/console/log/file.js';
import { comment, literal } from '../../www/console/log/literal.js';
import { createRowDetail } from '../../www/console/log/row-detail.js';
import { logRow } from '../../www/console/log/row-view.js';
import { DEEPEST, LogFileError, reasonText } from '../../www/console/log/schema.js';
import { createLogStore, filtered, NO_FILTER } from '../../www/console/log/store.js';
import { strings } from '../../www/console/strings.js';
import { fakeDom, translator } from './fake-dom.mjs';
import { framed } from './page.mjs';

fakeDom();
const hubEvents = JSON.parse(readFileSync(new URL('../vectors/hub-events.json', import.meta.url), 'utf8')).map(({ event }) => event);
const t = translator(strings);

/** A log with a row of each kind, as an object. */
async function goodLog() {
  const { host, call, deliver } = framed({ faults: { garbage: 1 } });
  const store = createLogStore(1000);
  const ignored = [];
  host.on('message', (entry) => store.message(entry));
  host.on('update', (entry) => store.updated(entry));
  host.on('ignored', (entry) => ignored.push(entry));
  store.mark({ mark: 'load', text: 'http://p/', id: 'c-lin' });
  await call('sendChatMessage', { msgtype: 'text', text: { content: 'a text' } });
  store.all.at(-1).byUser = true;
  host.setFaults({ garbage: 0 });
  await call('getCurExternalChat');
  await call('aCallOfItsOwn', { list: ['an item'] });
  await call('sidebarAuth');
  await host.switchTo('c-zhou');
  store.mark({ mark: 'switch', text: 'Zhou', by: 'owner', id: 'c-zhou' });
  store.mark({ mark: 'faults', text: '', faults: { errors: { sendChatMessage: 'no' }, apis: { getCurChatInfo: { hold: true } } } });
  const place = { role: 'button', name: 'Greet', nth: 1 };
  store.mark({ mark: 'act', text: 'button Greet', act: { does: 'fill', place, value: 'a value' } });
  store.mark({ mark: 'act', text: 'button', act: { does: 'click', place: { css: '#id', text: 'a text' } } });
  store.mark({ mark: 'hand', text: 'sendChatMessage', hand: { call: 1, does: 'answer', data: { a: 'text' }, reason: 'why' } });
  store.mark({ mark: 'shows', text: 'Sent', shown: { place, text: 'Sent' } });
  for (const index of [0, 2, 4]) store.hub(hubEvents[index]);
  deliver('stray');
  const about = { page: 'http://p/', mode: 'postMessage', exportedAt: '2026-01-01T00:00:00.000Z', workbench: '1.0.0' };
  return JSON.parse(exportLog({ rows: store.all, ignored, about }));
}

/** Every place in a value, outermost first, as a list of names. */
function* places(value, path = []) {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) yield* places(member, [...path, Array.isArray(value) ? Number(name) : name]);
}

const changed = (log, path, value) => {
  const copy = structuredClone(log);
  const owner = path.slice(0, -1).reduce((one, name) => one[name], copy);
  if (value === undefined) delete owner[path.at(-1)];
  else owner[path.at(-1)] = value;
  return copy;
};

/** Everything that the panel does with an opened log. */
function use({ rows, ignored }) {
  const pane = { show: (_title, tools) => tools.forEach(({ click, key }) => key !== 'log.copy' && click()) };
  const posted = [];
  const app = {
    i18n: { t },
    toast: () => {},
    nameOf: (id) => id,
    host: { post: (message, { origin }) => posted.push([message, origin]) },
  };
  const detail = createRowDetail(app, pane);
  for (const row of rows) {
    logRow(row, t);
    detail(row);
  }
  filtered(rows, { ...NO_FILTER, text: 'x' });
  exportLog({ rows, ignored, about: {} });
  const recorded = { rows, url: 'http://p/', mode: 'postMessage', chats: [], faults: {} };
  asCheckScript(recorded);
  return [asVitestTest(recorded), asPlaywrightTest(recorded), ...rows.filter(({ kind }) => kind === 'call').map((row) => asCall(row))];
}

const AsyncFunction = (async () => {}).constructor;

/** A stand-in for anything that the copied code calls: it notes the strings that it is given. */
function standIn(seen) {
  const note = (value) => {
    if (typeof value === 'string') seen.push(value);
    else if (typeof value === 'object' && value !== null) Object.entries(value).forEach(([name, member]) => [note(name), note(member)]);
  };
  const any = new Proxy(function stand() {}, {
    get: (_, name) => (name === 'then' ? undefined : name === Symbol.toPrimitive ? () => '' : any),
    apply(_target, _self, given) {
      for (const one of given) typeof one === 'function' ? undefined : note(one);
      return any;
    },
  });
  return any;
}

/** Runs copied code as a module's body. Returns the strings that it passed on. */
async function run(code) {
  const seen = [];
  const any = standIn(seen);
  let body;
  const testOf = (name, run) => (body = run);
  const names = { expect: any, test: testOf, init: any, juziWx: any, createHost: any, parent: any, crypto: { randomUUID: () => 'id' } };
  await new AsyncFunction(...Object.keys(names), code.replace(/^import .*;$/gm, ''))(...Object.values(names));
  await body?.({ page: any });
  return seen;
}

/** Attacks that set the marker if they run: they end the line, or leave a string, a comment, a template or an element. */
const MARK = 'globalThis.executed = true';
const ATTACKS = [
  `\n${MARK}//`,
  `\r${MARK}//`,
  `\u2028${MARK}//`,
  `\u2029${MARK}//`,
  `\u0085${MARK}`,
  `'+(${MARK})+'`,
  `\\'+(${MARK})+'`,
  `\\`,
  `"+(${MARK})+"`,
  '`+(' + MARK + ')+`',
  '${' + MARK + '}',
  '\\${' + MARK + '}',
  `*/${MARK}/*`,
  `</script><script>${MARK}</script>`,
  `<!--<script>${MARK}`,
  `\n-->${MARK}`,
  `]});${MARK};({[`,
  `}, () => {${MARK}}, {`,
  `\ud800`,
  `\udc00\ud800`,
  `\u202e\u2066${MARK}`,
  `\u0000`,
  `__proto__`,
];

test('a text in code does not end a line, a string, a comment, a template or an element', () => {
  for (const attack of ATTACKS) {
    const source = literal({ [attack]: [attack] });
    assert.deepEqual(new Function(`return ${source}`)(), { [attack]: [attack] });
    for (const written of [source, comment(attack)]) {
      assert.doesNotMatch(written, /[\r\u2028\u2029\u0085\u0000]|<\/script|<!--|\*\/|\p{Surrogate}|\u202e/iu, JSON.stringify(attack));
    }
    assert.equal(new Function(`/* ${comment(attack)} */ return \`${comment(attack)}\``)(), `// ${attack}`);
    new Function(`${comment(attack)}\nreturn 1`)();
  }
  assert.equal(globalThis.executed, undefined);
});

test('whatever a structured clone carries can be written as code', () => {
  const cycle = { list: [] };
  cycle.list.push(cycle);
  let deep = 'bottom';
  for (let i = 0; i < 20_000; i++) deep = [deep];
  const values = [
    cycle,
    deep,
    new Map([['a', new Set([1])]]),
    new Date(5),
    new Uint8Array(2),
    new Error('x'),
    /x/,
    10n,
    Number.NaN,
    [undefined, , 1],
  ];
  for (const value of values) new Function(`return ${literal(value)}`)();
  assert.match(literal(cycle), /circular/);
});

test('the code copied from a log with attacks in it runs, passes its strings on, and executes none of them', async () => {
  const log = await goodLog();
  let opened = 0;
  let passedOn = 0;
  for (const path of places(log)) {
    if (typeof path.reduce((one, name) => one[name], log) !== 'string') continue;
    for (const attack of ATTACKS) {
      const text = JSON.stringify(changed(log, path, attack));
      let file;
      try {
        file = importLog(text);
      } catch (error) {
        assert.ok(error instanceof LogFileError, error.stack);
        continue;
      }
      opened++;
      for (const code of use(file)) {
        const seen = await run(code).catch((error) => assert.fail(`${path.join('.')} ${JSON.stringify(attack)}: ${error.stack}\n${code}`));
        if (seen.includes(attack)) passedOn++;
        assert.equal(globalThis.executed, undefined, `${path.join('.')} ${JSON.stringify(attack)}\n${code}`);
      }
    }
  }
  assert.ok(opened > ATTACKS.length * 10, `${opened} logs were opened`);
  assert.ok(passedOn > ATTACKS.length * 5, `${passedOn} attacks were passed on as strings`);
});

test('an outcome that the console does not know is refused, with its place', async () => {
  const log = await goodLog();
  assert.throws(() => importLog(JSON.stringify(changed(log, ['messages', 1, 'outcome'], `ok\n${MARK}`))), {
    name: 'Error',
    message: /^messages\[1\]\.outcome: must be one of pending, ok, fail, silent, dropped, duplicate, unsent, sent, forgotten$/,
  });
});

const nested = (depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const ODD = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e300,
  9e15,
  '',
  'text',
  'toString',
  '__proto__',
  'x'.repeat(200_000),
  [],
  [null],
  {},
  { params: null },
  { code: 'code-used' },
  { code: 'code-used', params: { usedMsAgo: {} } },
  JSON.parse('{"__proto__": {"kind": "request"}}'),
  nested(DEEPEST + 2),
  nested(2000),
];

test('any member replaced by any odd value: the file is refused with the place, or everything works', async () => {
  const log = await goodLog();
  const counts = { refused: 0, opened: 0 };
  for (const path of places(log)) {
    for (const odd of ODD) {
      const what = `${path.join('.')}: ${JSON.stringify(odd)?.slice(0, 60)}`;
      const text = JSON.stringify(changed(log, path, odd));
      let file;
      try {
        file = importLog(text);
      } catch (error) {
        assert.ok(error instanceof LogFileError, `${what}\n${error.stack}`);
        assert.ok(error.where.startsWith(path[0]), `${what}: ${error.message}`);
        for (const language of ['zh', 'en']) assert.doesNotMatch(reasonText(error, translator(strings, language)), /logFile\.|\{\w+\}/);
        counts.refused++;
        continue;
      }
      counts.opened++;
      try {
        for (const code of use(file)) new AsyncFunction(code.replace(/^import .*;$/gm, ''));
      } catch (error) {
        assert.fail(`${what}\n${error.stack}`);
      }
    }
  }
  assert.ok(counts.refused > 1000 && counts.opened > 100, JSON.stringify(counts));
});

test('an unknown member is refused wherever it is, and so is a number that JSON reads as infinite', async () => {
  const log = await goodLog();
  for (const [path, where] of [
    [[], 'extra'],
    [['messages', 0], 'messages[0].extra'],
    [['hub', 0], 'hub[0].extra'],
    [['hub', 0, 'code'], 'hub[0].code.extra'],
    [['hub', 1, 'hint'], 'hub[1].hint.extra'],
    [['marks', 0], 'marks[0].extra'],
    [['ignored', 0], 'ignored[0].extra'],
  ]) {
    assert.throws(() => importLog(JSON.stringify(changed(log, [...path, 'extra'], 1))), { message: `${where}: a log has no such member` });
  }
  const text = JSON.stringify(changed(log, ['messages', 0, 'at'], 'HERE')).replace('"HERE"', '1e999');
  assert.throws(() => importLog(text), { message: /^messages\[0\]\.at: must be from / });
});

test('an invalid hint does not break the list', () => {
  for (const hint of [{}, { code: 'code-used' }, { code: 'code-used', params: null }, { code: 'x', params: { aMs: {} } }, 'text', 5]) {
    const row = createLogStore(10).hub({ ...hubEvents[2], hint });
    logRow(row, t);
  }
});

test('a log of anything that a page can post can be opened again', async () => {
  const { host, deliver } = framed();
  const store = createLogStore(1000);
  const ignored = [];
  host.on('message', (entry) => store.message(entry));
  host.on('update', (entry) => store.updated(entry));
  host.on('ignored', (entry) => ignored.push(entry));
  const cycle = {};
  cycle.self = cycle;
  const map = new Map();
  map.set('self', map);
  const values = [
    undefined,
    null,
    map,
    new Set([map]),
    Number.NaN,
    5n,
    'text',
    cycle,
    nested(3000),
    new Map([[cycle, 1]]),
    new Date(Number.NaN),
    new Uint8Array(3),
    [undefined],
  ];
  for (const value of values) {
    deliver({ type: 'sidebarHelper', data: { api: 'getCurChatInfo', reqId: Number.NaN, params: value } });
    deliver({ type: 'sidebarHelper', data: { api: `an api\n"'`, reqId: '\u2028', params: { value } }, more: value });
    deliver(value);
    host.post({ reqId: 1, api: 'x', data: value });
    host.post(value);
  }
  await new Promise((resolve) => setImmediate(resolve));
  const text = exportLog({ rows: store.all, ignored, about: {} });
  const file = importLog(text);
  assert.equal(file.rows.length, store.all.length);
  assert.equal(file.ignored.length, ignored.length);
  use(file);
});
