import { ServerError } from './server-error.js';

/**
 * The server's sentences in Chinese: why it refuses, and what is wrong with a scenario. The server writes English alone, for terminals
 * and for programs. `{}` stands for what differs; a test compares the sentences with the sources.
 * @type {Record<string, string>}
 */
const SENTENCES = {
  // hub/src/scenario/check.rs
  "differs from {}; in Juzi's console the two are the same id": '与 {} 不同；在句子的控制台里，两者是同一个 id',
  '{} is used twice; it must be unique': '{} 用了两次，必须唯一',
  'is required in a single chat': '单聊必须有',
  'is required in a group conversation': '群聊必须有',
  'does not belong in a single chat': '单聊不能有',
  'does not belong in a group conversation': '群聊不能有',
  'is required where the conversation is external': '外部会话必须有',
  'is required where the conversation is not external': '内部会话必须有',
  "is a colleague's, but the conversation is external": '是同事的，而会话是外部的',
  "is an outside contact's, but the conversation is not external": '是外部联系人的，而会话是内部的',
  'is required where msgtype is {}': 'msgtype 为 {} 时必须有',
  'does not belong here: msgtype is not {}': '不能有：msgtype 不是 {}',
  'must be "me" or "them" in a single chat, not {}': '单聊里只能是 "me" 或 "them"，不能是 {}',
  'must be "me" or the name of a member of the group, not {}': '只能是 "me" 或群成员的名称，不能是 {}',
  'must be at most {}, not {}': '最大为 {}，不能是 {}',
  'must be at most {} ms, not {}': '最多 {} 毫秒，不能是 {}',
  'must be between 0 and 1, not {}': '必须在 0 和 1 之间，不能是 {}',
  'must be one of the errcodes {}, not {}': '必须是这些 errcode 之一：{}，不能是 {}',
  'must not be empty': '不能为空',
  'must be an http(s) URL or a path that starts with "/", not {}': '必须是 http(s) 的 URL，或以 "/" 开头的路径，不能是 {}',
  // hub/src/scenario/time.rs
  '{} is not a time; expected RFC 3339 like "2026-03-02T09:30:00+08:00", or "35m ago"':
    '{} 不是时间；应为 RFC 3339（如 "2026-03-02T09:30:00+08:00"）或 "35m ago"',
  // hub/src/scenario/load.rs
  'is further back than the calendar reaches': '早得超出了历法的范围',
  // hub/src/scenario/write.rs, scenario_change.rs
  'the scenario file {}; nothing was written': '场景文件{}；什么也没有写入',
  'has changed in the meantime': '在此期间有改动',
  'is written in a form that this change does not fit in; edit the file': '的写法容不下这个改动，请直接编辑文件',
  'cannot be written: {}': '不能写入：{}',
  // hub/src/console_api.rs, api_error.rs, codes.rs
  'the scenario file is read-only': '场景文件是只读的',
  'the folder of the scenario file takes no new file': '场景文件所在的文件夹不能写入',
  'there is no conversation {}': '没有会话 {}',
  '{} codes lie unused already; does a page log in again and again? Wait until they expire, or {}':
    '已有 {} 个 code 没有使用；页面是否在反复登录？请等它们过期，或{}',
  'the system gives no random numbers': '系统没有给出随机数',
  // hub/src/words.rs
  'the scenario is the built-in one; start the workbench with --scenario FILE': '场景是内置的；用 --scenario FILE 启动工作台',
  'the scenario is the built-in one; give the plugin the option `scenario`': '场景是内置的；给插件加上选项 `scenario`',
  'start the workbench anew, with a shorter --code-ttl': '重启工作台，并缩短 --code-ttl',
  'restart the dev server, with a shorter `codeTtl`': '重启开发服务器，并缩短 `codeTtl`',
  // workbench/src/scenario/file.rs, vite-plugin/src/scenario-file.js, and what writes the file
  '{} cannot be written: {}': '{} 不能写入：{}',
  'is longer than {} bytes, the most that {} may have': '超过 {} 字节，场景最多这么长',
  'is not UTF-8; save it as UTF-8': '不是 UTF-8；请保存为 UTF-8',
  'cannot be read: {}': '不能读取：{}',
  'is {}; {} is a file, in JSON or TOML': '不是普通的文件；场景是 JSON 或 TOML 文件',
  // serde
  'missing field `{}`': '缺少 `{}`',
  'unknown field `{}`, expected {}': '没有 `{}` 这个成员，应为{}',
  'unknown variant `{}`, expected {}': '不能是 `{}`，应为{}',
  'invalid type: {}, expected {}': '类型不对：{}，应为{}',
  'invalid value: {}, expected {}': '值不对：{}，应为{}',
  'duplicate field `{}`': '`{}` 出现了两次',
  'one of {}': '以下之一：{}',
};

const PATTERNS = Object.entries(SENTENCES)
  .map(([english, chinese]) => ({ parts: english.split('{}'), chinese }))
  // The one that says most, because a part may be anything.
  .sort((one, other) => other.parts.join('').length - one.parts.join('').length)
  .map(({ parts, chinese }) => ({ pattern: new RegExp(`^${parts.map(quoted).join('(.*)')}$`, 's'), chinese }));

/** @param {string} text */
function quoted(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * A sentence of the server in the console's language. One that is not known stays: it may be the system's.
 * @param {string} sentence @param {import('../lib/i18n.js').Language} language
 */
export const inLanguage = (sentence, language) => (language === 'zh' ? inChinese(sentence) : sentence);

/** Why something failed, in words. @param {unknown} error @param {import('../lib/i18n.js').Language} language */
export function reasonOf(error, language) {
  if (!(error instanceof ServerError)) return error instanceof Error ? error.message : String(error);
  const sentence = inLanguage(error.sentence, language);
  return error.field ? `${error.field}: ${sentence}` : sentence;
}

/** @param {string} sentence @returns {string} */
function inChinese(sentence) {
  for (const { pattern, chinese } of PATTERNS) {
    const found = pattern.exec(sentence);
    if (!found) continue;
    const given = found.slice(1);
    // A part may be a sentence itself: what helps, or why a file cannot be used.
    return chinese.replace(/\{\}/g, () => inChinese(given.shift() ?? ''));
  }
  return sentence;
}
