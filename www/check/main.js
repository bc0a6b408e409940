// @ts-check
/** The page of `juzi-workbench check`: performs the script's steps with the console's host, and reports to the server. */
import { fetchConfig, issueCode, putConversation, putHubFault } from '../console/server.js';
import { toChats, toHostFaults } from '../console/scenario.js';
import { createHost, NO_FAULTS } from '../host.js';
import { h } from '../lib/dom.js';
import { createI18n } from '../lib/i18n.js';
import { perform, StepFailure } from './steps.js';
import { createWatch } from './watch.js';

/**
 * @typedef {object} Script As the server sends it.
 * @property {string | null} chat
 * @property {import('../host.js').Mode | null} mode
 * @property {number} timeoutMs
 * @property {import('./steps.js').Step[]} steps
 */

const i18n = createI18n({
  zh: {
    title: 'juzi-workbench check',
    frame: '侧边栏页面',
    running: '正在运行…',
    done: '已完成，结果见命令行。',
    broken: '检查无法继续：{reason}',
    passed: '通过',
    failed: '失败',
    skipped: '跳过',
  },
  en: {
    title: 'juzi-workbench check',
    frame: 'Sidebar page',
    running: 'Running…',
    done: 'Done. The command line has the report.',
    broken: 'The check cannot go on: {reason}',
    passed: 'passed',
    failed: 'failed',
    skipped: 'skipped',
  },
});
const { t } = i18n;

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} path @param {RequestInit} [init] */
async function request(path, init) {
  const response = await fetch(path, init);
  if (response.ok) return response;
  const body = await response.json().catch(() => null);
  throw new Error(body?.error ?? `HTTP ${response.status}`);
}

/** Reports the progress of the check to the server. @param {object} told */
const tell = (told) =>
  request('/_workbench/check', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(told) });

/** @param {unknown} error */
const reasonOf = (error) => (error instanceof Error ? error.message : String(error));

/** @param {Script} script */
async function start(script) {
  const config = await fetchConfig();
  const { scenario } = config;
  const host = createHost({
    frame: /** @type {HTMLIFrameElement} */ (element('frame')),
    chats: toChats(scenario),
    current: script.chat ?? undefined,
    mode: script.mode ?? scenario.registration?.msgType,
    url: config.page,
    issueCode: (chat, via) => issueCode(chat.id, via),
    faults: { ...NO_FAULTS, ...toHostFaults(scenario) },
  });
  const watch = createWatch(host);
  // The hub authorizes for the conversation that is open.
  const tellHub = () => (host.current ? putConversation(host.current.id) : Promise.resolve(null));
  host.on('switch', () => void tellHub().catch((error) => tell({ kind: 'broken', message: reasonOf(error) })));
  await tellHub();
  await tell({ kind: 'started' });
  host.load();
  return { host, watch };
}

/** @param {Script} script @param {import('./steps.js').Tools} tools */
async function performAll({ steps, timeoutMs }, tools) {
  let failed = false;
  for (const step of steps) {
    const began = performance.now();
    /** @type {{ outcome: 'passed' | 'failed' | 'skipped', message: string | null }} */
    let result = { outcome: 'skipped', message: null };
    if (!failed) {
      result = await perform(step, timeoutMs, tools).then(
        (message) => ({ outcome: 'passed', message }),
        (error) => ({ outcome: 'failed', message: error instanceof StepFailure ? error.message : `the workbench: ${reasonOf(error)}` }),
      );
    }
    failed ||= result.outcome === 'failed';
    await tell({ kind: 'step', ...result, durationMs: performance.now() - began });
    const text = result.message ? `${t(result.outcome)}: ${result.message}` : t(result.outcome);
    element('steps').append(h('li', { data: { outcome: result.outcome } }, text));
  }
}

async function run() {
  element('state').textContent = t('running');
  try {
    /** @type {Script} */
    const script = await (await request('/_workbench/check')).json();
    const { host, watch } = await start(script);
    let calls = 0;
    host.on('call', () => calls++);
    await performAll(script, {
      host,
      watch,
      setHubFault: putHubFault,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    element('state').textContent = t('done');
    await tell({ kind: 'done', calls });
  } catch (error) {
    element('state').textContent = t('broken', { reason: reasonOf(error) });
    await tell({ kind: 'broken', message: reasonOf(error) }).catch(() => {});
  }
}

i18n.apply();
void run();
