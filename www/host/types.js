// @ts-check
/** The shapes that the host and its owner speak of. Types only. */

export {};

/**
 * A conversation of the console.
 * @typedef {object} Chat
 * @property {string} id Juzi's id of the conversation (`juziChatId`).
 * @property {string} name
 * @property {0 | 1} type 0 for a single chat, 1 for a group.
 * @property {boolean} external Whether somebody outside the company is in it.
 * @property {string} wxid Juzi's id of the contact or group (`juziChatWxid`).
 * @property {string} botId The managed account that the conversation belongs to.
 * @property {string} [externalUserId] Single chat with an outside contact: WeCom's id of the contact, which
 *   getCurExternalContact answers with.
 * @property {string} [wxUserId] Single chat: the contact's id in getCurChatInfo.
 * @property {string} [chatId] Group: WeCom's id of the group, which getCurExternalChat answers with.
 * @property {string} [wxChatId] Group: the group's id in getCurChatInfo.
 * @property {string[]} [members] Group: `externalUserId` of the contacts in it, for openEnterpriseChat with several ids.
 */

/**
 * How the page's address was registered at the console: `postMessage` (`msgType=postMessage`, switches are pushed) or
 * `reload` (a switch reloads the page with the conversation in its query).
 * @typedef {'postMessage' | 'reload'} Mode
 */

/**
 * What the host does wrong on purpose. Probabilities are 0 to 1, times are milliseconds.
 * @typedef {object} Faults
 * @property {number} latencyMs Delay before each answer.
 * @property {number} jitterMs Random extra delay, up to this; answers may overtake each other.
 * @property {number} drop Probability that an answer is never sent.
 * @property {number} duplicate Probability that an answer is sent twice.
 * @property {boolean} reorder Every other answer waits until the next one has gone (a second at most).
 * @property {boolean} oldConsole Say nothing to `openEnterpriseChat`, `previewImage` and unknown calls.
 * @property {number} garbage Probability that a message that is none of the protocol's is posted before an answer.
 * @property {Record<string, string>} errors By api: the error it fails with, whole or only the reason.
 */

/**
 * One call of the page.
 * @typedef {object} Call
 * @property {string} api
 * @property {string | number} reqId
 * @property {any} params As received. Untrusted.
 * @property {string} origin The page's origin when it called.
 * @property {number} at Milliseconds since the epoch.
 * @property {'pending' | Outcome} state
 * @property {any} [result] `data` of the answer.
 * @property {number} [duration] Milliseconds from the call to its answer.
 * @property {(data?: object) => void} answer Answer it. Once; later calls do nothing.
 * @property {(reason?: string) => void} fail Fail it, with the whole `err_msg` or only the reason.
 * @property {() => void} ignore Never answer it.
 */

/**
 * What became of a message: `ok` and `fail` answers, a request left without answer (`silent`), an answer that a fault
 * kept back (`dropped`) or repeated (`duplicate`), one that could not be posted (`unsent`), a push or garbage that went
 * out (`sent`), and a request whose page or console was gone before the answer (`forgotten`).
 * @typedef {'ok' | 'fail' | 'silent' | 'dropped' | 'duplicate' | 'unsent' | 'sent' | 'forgotten'} Outcome
 */

/**
 * One line of the log. A request's line is completed (event `update`) when its outcome is known.
 * @typedef {object} LogEntry
 * @property {number} seq Counts up from 1.
 * @property {number} at Milliseconds since the epoch.
 * @property {'in' | 'out'} direction `in` is page to host.
 * @property {'request' | 'answer' | 'push' | 'garbage'} kind
 * @property {string} api Empty for garbage.
 * @property {string | number | null} reqId
 * @property {string} origin Where it came from, or was addressed to.
 * @property {'pending' | Outcome} outcome
 * @property {number | null} duration Milliseconds between the request and its answer.
 * @property {any} payload The message as it was on the wire.
 * @property {string} [error] Why it could not be posted.
 */

/**
 * A message that was not for the host.
 * @typedef {object} Ignored
 * @property {number} seq
 * @property {number} at
 * @property {IgnoreReason} reason
 * @property {string} origin
 * @property {any} payload
 */

/**
 * Why a message was ignored: from another window, from another origin than the one allowed, not an object, `type` not
 * `sidebarHelper`, `data` not an object, `data.api` not a name, `data.reqId` missing.
 * @typedef {'source' | 'origin' | 'not-object' | 'type' | 'data' | 'api' | 'reqId'} IgnoreReason
 */

/**
 * A message of the page for the conversation, reduced to the fields the console knows; all of them are strings.
 * @typedef {{ msgtype: string, content: Record<string, string> }} ChatMessage
 */

/**
 * Answers one api. What it returns (or resolves to) becomes `data`; throwing fails the call with the error's message;
 * `HOLD` leaves it to `call.answer` and `call.fail`; `SILENT` never answers.
 * @typedef {(params: any, call: Call) => any} Handler
 */

/**
 * @typedef {object} HostOptions
 * @property {HTMLIFrameElement} [frame] The iframe with the page. Its window is looked up for every message, so the page
 *   may navigate.
 * @property {Window | (() => Window | null)} [target] The page's window, where there is no iframe element.
 * @property {Window} [window] Where to listen; default the global window.
 * @property {string} [origin] The page's origin. Messages from any other are ignored, and nothing is posted to another.
 *   Default: any origin, each answer going to the origin that asked.
 * @property {string} [url] The page's address without the console's parameters; `load()` and switches in `reload` mode
 *   navigate the iframe to it.
 * @property {Mode} [mode] Default `postMessage`.
 * @property {Partial<Chat>[]} [chats] The conversations; default one that is made up. With an empty list no conversation is open, and calls
 *   about it fail.
 * @property {Partial<Chat>} [contact] Shorthand: one single chat with this contact, placed first.
 * @property {Partial<Chat>} [chat] Shorthand: one group chat, placed after `contact`.
 * @property {string} [current] Id of the conversation that is open; default the first.
 * @property {(chat: Chat, via: 'sidebarAuth' | 'updateBaseInfo') => string | Promise<string>} [issueCode] Makes a
 *   one-time OAuth code for a conversation; default random ones that nobody can redeem.
 * @property {(chat: Chat) => object} [baseInfo] More members for `baseInfo`.
 * @property {Record<string, Handler>} [handlers] Replace how an api is answered, or add one.
 * @property {Partial<Faults>} [faults]
 * @property {number} [keepCalls] How many calls `host.calls` keeps; default 10000, the oldest are dropped.
 * @property {() => number} [random] 0 to 1, for the faults; default `Math.random`.
 */

/**
 * @typedef {object} HostEvents
 * @property {LogEntry} message A protocol message, either direction.
 * @property {LogEntry} update An earlier entry whose outcome and duration are now known.
 * @property {Ignored} ignored A message that was not believed.
 * @property {Call} call A request was received, before it is answered.
 * @property {{ chat: Chat, messages: ChatMessage[], call: Call }} sent The page sent something to the conversation.
 * @property {{ urls: string[], index: number, call: Call }} preview The page asked to show images.
 * @property {{ from: Chat | null, to: Chat, by: 'page' | 'owner' }} switch Another conversation is open now.
 * @property {{ pushed: boolean, reason: 'ok' | 'mode' | 'not-authorized' | 'superseded' | 'no-page' | 'no-chat', chat: Chat | null }} push
 *   A switch was pushed, or why not.
 * @property {{ url: string | null }} load The page is being (re)loaded at this address.
 * @property {Faults} faults The faults were changed.
 * @property {{ error: unknown }} error Something of the owner's threw: a handler of an event, or `issueCode`.
 */
