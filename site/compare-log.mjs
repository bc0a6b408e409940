/**
 * Compares a recorded log with what the simulated console would have sent: `node site/compare-log.mjs recorded.json`. The log is
 * one that the workbench exported, or one recorded in a page (the guide "What we know about the console").
 * Exit codes: 0 no difference, 1 differences, 2 the log cannot be read.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createHost } from '../www/host.js';

/** Milliseconds to wait for an answer of the simulated console, which answers at once. */
const PATIENCE = 2000;

/** Parameters for a request that the log does not contain, from the cases of the tests. */
const cases = JSON.parse(readFileSync(new URL('../tests/vectors/calls.json', import.meta.url), 'utf8'));

/** A single chat and a group, for questions about either. */
const SINGLE = {
  id: 'single',
  type: 0,
  name: 'A contact',
  external: true,
  externalUserId: 'wm1',
  wxUserId: 'wm1',
  wxid: '1',
  botId: 'bot',
};
const GROUP = {
  id: 'group',
  type: 1,
  name: 'A group',
  external: true,
  chatId: 'wr1',
  wxChatId: 'wr1',
  wxid: '2',
  botId: 'bot',
  members: ['wm1', 'wm2'],
};

/**
 * The differences, each with the recorded answer's index.
 * @param {any} log
 * @returns {Promise<{ index: number, api: string, differences: string[] }[]>}
 */
export async function compareLog(log) {
  if (!Array.isArray(log?.messages)) throw new TypeError('the log must have a list named messages');
  const requests = new Map(
    log.messages
      .filter((/** @type {any} */ one) => one.kind === 'request')
      .map((/** @type {any} */ one) => [one.reqId, one.payload?.data?.params]),
  );
  const found = [];
  for (const [index, entry] of log.messages.entries()) {
    if (entry.kind !== 'answer' && entry.kind !== 'push') continue;
    if (typeof entry.payload !== 'object' || entry.payload === null) throw new TypeError(`messages[${index}].payload must be an object`);
    const ours = entry.kind === 'push' ? await pushOf(entry) : await answerTo(entry, requests.get(entry.reqId));
    const differences = ours === null ? ['the simulated console sends no such message'] : compare(entry.payload, ours, '');
    if (differences.length > 0) found.push({ index, api: entry.api, differences });
  }
  return found;
}

/** A simulated console, and a page that collects what it posts. @param {any} chat */
function stage(chat) {
  const window = new EventTarget();
  /** @type {((message: any) => void)[]} */
  const waiting = [];
  const page = { postMessage: (/** @type {any} */ message) => waiting.splice(0).forEach((done) => done(message)) };
  const host = createHost({
    window: /** @type {any} */ (window),
    target: /** @type {any} */ (page),
    chats: [chat, ...[SINGLE, GROUP].filter(({ id }) => id !== chat.id)],
    issueCode: () => 'code',
  });
  const next = () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      setTimeout(resolve, PATIENCE, null).unref?.();
    });
  const post = (/** @type {any} */ data) =>
    window.dispatchEvent(Object.assign(new Event('message'), { data, origin: 'https://page.example', source: page }));
  return { host, next, post };
}

async function answerTo({ api, payload }, params) {
  const group = api === 'getCurExternalChat' || payload.data?.type === 1 || payload.data?.wxChatId !== undefined;
  const { host, next, post } = stage(group ? GROUP : SINGLE);
  const answer = next();
  const known = cases.find((/** @type {any} */ one) => one.wire === api);
  post({
    type: 'sidebarHelper',
    data: {
      api,
      reqId: '1',
      params: api === 'openEnterpriseChat' ? { userIds: 'a', externalUserIds: 'wm1' } : (params ?? known?.posted ?? {}),
    },
  });
  const ours = await answer;
  host.destroy();
  return ours;
}

async function pushOf({ api }) {
  if (api !== 'updateBaseInfo') return null;
  const { host, next, post } = stage(SINGLE);
  const answered = next();
  post({ type: 'sidebarHelper', data: { api: 'sidebarAuth', reqId: '1', params: {} } });
  await answered;
  const pushed = next();
  await host.push();
  const ours = await pushed;
  host.destroy();
  return ours;
}

/** A text of the log for a terminal, which would take control characters as commands. @param {unknown} text */
const visible = (text) =>
  String(text).replace(
    /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const kindOf = (/** @type {any} */ value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
const failed = (/** @type {any} */ { data, err_msg }) => {
  const text = data?.err_msg ?? err_msg;
  return typeof text === 'string' && !text.endsWith(':ok');
};

/** Names and kinds of members, not values. @param {any} recorded @param {any} ours @param {string} path @returns {string[]} */
function compare(recorded, ours, path) {
  if (path === '' && failed(recorded) !== failed(ours))
    return [
      failed(recorded)
        ? `it failed (${recorded.data?.err_msg ?? recorded.err_msg}), ours succeeds`
        : `it succeeded, ours fails (${ours.data?.err_msg})`,
    ];
  const at = path || 'the message';
  if (kindOf(recorded) !== kindOf(ours)) return [`${at} is ${kindOf(recorded)}, ours ${kindOf(ours)}`];
  if (kindOf(recorded) !== 'object') return [];
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(ours)])];
  return names.flatMap((name) => {
    const below = path ? `${path}.${name}` : name;
    if (!Object.hasOwn(ours, name)) return [`${below} is not in ours`];
    if (!Object.hasOwn(recorded, name)) return [`${below} is only in ours`];
    return compare(recorded[name], ours[name], below);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file] = process.argv;
  try {
    if (!file) throw new Error('name the log: node site/compare-log.mjs recorded.json');
    const found = await compareLog(JSON.parse(readFileSync(file, 'utf8')));
    for (const { index, api, differences } of found)
      console.log(`messages[${index}] ${visible(api)}\n${differences.map((text) => `  ${visible(text)}`).join('\n')}`);
    console.log(found.length === 0 ? 'No answer differs from ours.' : `${found.length} answers differ from ours.`);
    process.exitCode = found.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(`compare-log: ${/** @type {Error} */ (error).message}`);
    process.exitCode = 2;
  }
}
