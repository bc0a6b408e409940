// @ts-check
/** The types of the host's interface. Types only. */

export {};

/**
 * A conversation of the console.
 * @typedef {object} Chat
 * @property {string} id Juzi's id of the conversation (`juziChatId`).
 * @property {string} name
 * @property {0 | 1} type 0 for a single chat, 1 for a group.
 * @property {boolean} external Whether somebody from outside the company is in it.
 * @property {string} wxid Juzi's id of the contact or group (`juziChatWxid`).
 * @property {string} botId The managed account that the conversation belongs to.
 * @property {string} [externalUserId] Single chat with an outside contact: WeCom's id of the contact, which
 *   getCurExternalContact answers with.
 * @property {string} [wxUserId] Single chat: the contact's id in getCurChatInfo, which in Juzi equals externalUserId.
 * @property {string} [chatId] Group: WeCom's id of the group, which getCurExternalChat answers with.
 * @property {string} [wxChatId] Group: the group's id in getCurChatInfo, which in Juzi equals chatId.
 * @property {string[]} [members] Group: `externalUserId` of the contacts in it, for openEnterpriseChat with several ids.
 */

/**
 * How the page's address is registered in the console: `postMessage` (`msgType=postMessage`, switches are pushed) or
 * `reload` (a switch reloads the page with the conversation in its query).
 * @typedef {'postMessage' | 'reload'} Mode
 */

/**
 * The faults that the host simulates. Probabilities are 0 to 1, times are milliseconds.
 * @typedef {object} Faults
 * @property {number} latencyMs Delay before each answer.
 * @property {number} jitterMs Random extra delay, up to this; answers may overtake each other.
 * @property {number} drop Probability that an answer is never sent.
 * @property {number} duplicate Probability that an answer is sent twice.
 * @property {boolean} reorder Every other answer waits until the next one has gone (a second at most).
 * @property {number} staleMs For this long after a switch, `getCurChatInfo`, `getCurExternalContact`, `getCurExternalChat` and
 *   `sidebarAuth` are answered about the previous conversation.
 * @property {boolean} oldConsole Do not answer `openEnterpriseChat`, `previewImage` and unknown calls.
 * @property {number} garbage Probability that a message that does not follow the protocol is posted before an answer.
 * @property {Record<string, string>} errors By API: the error it fails with, as a full `err_msg` or only the reason.
 * @property {Record<string, Partial<ApiFaults>>} apis By API: faults that apply only to its calls.
 * @property {number} seed A whole number makes the probabilities and the jitter repeatable: after each load of the page, the same calls
 *   get the same faults. 0: different every time.
 */

/**
 * The faults of one API.
 * @typedef {object} ApiFaults
 * @property {number} latencyMs Delay before each answer, besides the general one.
 * @property {number} drop Probability that an answer is never sent, if larger than the general one.
 * @property {boolean} hold Leave the calls pending until `call.answer`, `call.fail` or `call.proceed`.
 * @property {boolean} silent Never answer.
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
 * @property {(data?: object) => void} answer Answers it. Only the first `answer`, `fail` or `ignore` has an effect.
 * @property {(reason?: string, why?: Why) => void} fail Fails it, with the full `err_msg` or only the reason; `why` is for the log.
 * @property {(why?: Why) => void} ignore Leaves it without an answer.
 * @property {() => void} proceed Answers a held call as the console would have.
 */

/**
 * Why a call failed or got no answer. Only the log has it, not the page. `no-chat`: no conversation is open; `is-group`,
 * `is-single`, `is-internal`: the open conversation is of another kind; `no-contact-id`, `no-chat-id`: it has no such id;
 * `no-code`: no code could be issued; `unknown-api`: no such call; `old-console`: the simulated old console does not know it;
 * `fault`: a simulated fault; `owner`: the owner's handler did it.
 * @typedef {'no-chat' | 'is-group' | 'is-single' | 'is-internal' | 'no-contact-id' | 'no-chat-id' | 'no-code' | 'unknown-api'
 *   | 'old-console' | 'fault' | 'owner'} Why
 */

/**
 * The outcome of a message: `ok` and `fail` answers, a request without an answer (`silent`), an answer that a fault
 * dropped (`dropped`) or repeated (`duplicate`), one that could not be posted (`unsent`), a push or garbage that was
 * posted (`sent`), and a request that was dropped because the page reloaded or the console restarted (`forgotten`).
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
 * @property {string} origin The sender's origin, or the receiver's.
 * @property {'pending' | Outcome} outcome
 * @property {number | null} duration Milliseconds between the request and its answer.
 * @property {any} payload The message as it was posted.
 * @property {string} [error] Why it could not be posted.
 * @property {Why} [why] Why a request failed or got no answer.
 * @property {number} [answers] The `seq` of the request that this message answers.
 */

/**
 * A message that the host ignored.
 * @typedef {object} Ignored
 * @property {number} seq
 * @property {number} at
 * @property {IgnoreReason} reason
 * @property {string} origin
 * @property {any} payload
 */

/**
 * Why a message was ignored: from another window, from another origin than the one allowed, not an object, `type` not
 * `sidebarHelper`, `data` not an object, `data.api` not an API name, `data.reqId` missing.
 * @typedef {'source' | 'origin' | 'not-object' | 'type' | 'data' | 'api' | 'reqId'} IgnoreReason
 */

/**
 * A message from the page to the conversation, reduced to the fields that the console knows; all of them are strings.
 * @typedef {{ msgtype: string, content: Record<string, string> }} ChatMessage
 */

/**
 * Answers one API. Its return value, or what it resolves with, becomes `data`. If it throws, the call fails with the
 * error's message. `HOLD` leaves the call pending until `call.answer` or `call.fail`; `SILENT` never answers.
 * @typedef {(params: any, call: Call) => any} Handler
 */

/**
 * @typedef {object} HostOptions
 * @property {HTMLIFrameElement} [frame] The iframe with the page. Its window is read for every message, so the page
 *   may navigate.
 * @property {Window | (() => Window | null)} [target] The page's window, if there is no iframe element.
 * @property {Window} [window] Where to listen; default the global window.
 * @property {string} [origin] The page's origin. Messages from any other origin are ignored, and nothing is posted to one.
 *   Default: any origin; each answer goes to the origin that asked.
 * @property {string} [url] The page's address without the console's parameters; `load()` and switches in `reload` mode
 *   navigate the iframe to it.
 * @property {Mode} [mode] Default `postMessage`.
 * @property {Partial<Chat>[]} [chats] The conversations; by default there is one. With an empty list no conversation is
 *   open, and calls about it fail.
 * @property {Partial<Chat>} [contact] Shorthand: one single chat with this contact, placed first.
 * @property {Partial<Chat>} [chat] Shorthand: one group chat, placed after `contact`.
 * @property {string} [current] Id of the conversation that is open; default the first.
 * @property {(chat: Chat, via: 'sidebarAuth' | 'updateBaseInfo') => string | Promise<string>} [issueCode] Makes a
 *   one-time OAuth code for a conversation; default random codes that no hub can redeem.
 * @property {(chat: Chat) => object} [baseInfo] Additional members for `baseInfo`.
 * @property {Record<string, Handler>} [handlers] Replace the answer to an API, or add an API.
 * @property {Partial<Faults>} [faults]
 * @property {number} [keepCalls] How many calls `host.calls` keeps; default 10000, the oldest are dropped.
 * @property {() => number} [random] 0 to 1, for the faults; default `Math.random`.
 */

/**
 * @typedef {object} HostEvents
 * @property {LogEntry} message A protocol message, either direction.
 * @property {LogEntry} update An earlier entry whose outcome and duration are now known.
 * @property {Ignored} ignored A message that was ignored, with the reason.
 * @property {Call} call A request was received and has not been answered yet.
 * @property {{ chat: Chat, messages: ChatMessage[], call: Call }} sent The page sent something to the conversation.
 * @property {{ urls: string[], index: number, call: Call }} preview The page asked to show images.
 * @property {{ from: Chat | null, to: Chat, by: 'page' | 'owner' }} switch Another conversation is open now.
 * @property {{ pushed: boolean, reason: 'ok' | 'mode' | 'not-authorized' | 'superseded' | 'no-page' | 'no-chat', chat: Chat | null }} push
 *   A switch was pushed, or the reason why it was not.
 * @property {{ url: string | null }} load The page is being (re)loaded at this address.
 * @property {Faults} faults The faults were changed.
 * @property {{ error: unknown, from: 'listener' | 'issueCode' }} error The owner's code threw: an event listener, or `issueCode`.
 */
