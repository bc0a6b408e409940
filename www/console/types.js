/** The types of what the server sends (docs/workbench-protocol.md) and of what the panels share. Types only. */

export {};

/**
 * @typedef {object} Member Of a group.
 * @property {string} name
 * @property {string} [userId]
 * @property {string} [externalUserId]
 * @property {string} [avatar]
 * @property {boolean} [owner]
 */

/**
 * @typedef {object} Conversation As in the scenario.
 * @property {string} id
 * @property {string} wxid
 * @property {'single' | 'group'} type
 * @property {string} name
 * @property {boolean} external
 * @property {string} [avatar]
 * @property {string} [botId]
 * @property {{ externalUserId?: string, userId?: string, wxUserId?: string, remark?: string, company?: string, tags?: string[] }} [contact]
 * @property {{ chatId: string, wxChatId: string, members?: Member[] }} [group]
 * @property {ScenarioMessage[]} [messages]
 */

/** @typedef {{ from: string, time: string, msgtype: string } & Record<string, any>} ScenarioMessage */

/**
 * @typedef {object} Scenario
 * @property {{ botId: string, wxid: string, name: string, avatar?: string, userId: string, corpId: string,
 *   orgId: string, uid: string, email: string }} account
 * @property {{ msgType?: import('../host.js').Mode }} [registration]
 * @property {Conversation[]} conversations
 * @property {{ getUserInfo?: number } & Partial<import('../host.js').Faults>} [faults]
 * @property {string | number} [revision] The file's text that it comes from; not a member of the file.
 */

/**
 * @typedef {object} Config What the server answers at the start.
 * @property {string} version
 * @property {string} page
 * @property {string} pageOrigin
 * @property {string} hubBase
 * @property {number} codeTtlSeconds
 * @property {Scenario} scenario
 * @property {string | null} scenarioFile
 * @property {string | null} currentConversation
 * @property {[number, string][]} hubErrors
 * @property {{ getUserInfo: number }} [hubFaults] In force.
 * @property {ScenarioError | null} [scenarioError]
 * @property {ScenarioError[]} [scenarioWarnings] Where the scenario in force differs from Juzi's console.
 * @property {HubConversation} [hubConversation]
 * @property {number} [lastHubRequest]
 * @property {boolean} [scenarioWritable] Whether the server writes changes back to the scenario file.
 * @property {'no-file' | 'read-only' | 'folder' | null} [scenarioUnwritable] Why it does not.
 */

/** @typedef {{ message: string, line: number | null, field: string | null }} ScenarioError */

/** @typedef {{ id: string | null, window: string | null }} HubConversation */

/**
 * @typedef {object} HubRequest A request to the hub, with its answer.
 * @property {number} id
 * @property {number} at
 * @property {number} durationMs
 * @property {'authorize' | 'getUserInfo' | 'unknown'} endpoint
 * @property {string} method
 * @property {string} path
 * @property {[string, string][]} query
 * @property {number} status
 * @property {string | null} location
 * @property {number | null} errcode
 * @property {string | null} errmsg
 * @property {{ masked: string, state: string, ageMs: number | null, usedMsAgo: number | null, via: string | null,
 *   conversationId: string | null } | null} code
 * @property {Hint | null} hint
 */

/** @typedef {{ code: string, params: Record<string, string | number> }} Hint */

/** @typedef {{ code: string, severity: 'error' | 'warning' | 'note', params: Record<string, string | number> }} Finding */

/**
 * @typedef {object} PageCheck
 * @property {string} url
 * @property {boolean} reachable
 * @property {boolean} userAgentUnset Whether the page may have the helper and does not set its option `userAgent`.
 * @property {Finding[]} findings
 */

/**
 * @typedef {object} ThreadItem One message in a conversation.
 * @property {boolean} mine Sent by the managed account.
 * @property {string} who Name of the sender.
 * @property {string | undefined} avatar
 * @property {number} at Milliseconds since the epoch.
 * @property {string} msgtype
 * @property {Record<string, string>} content The member named by `msgtype`.
 * @property {boolean} trusted From the scenario or typed in the console, not from the page.
 * @property {boolean} [bySidebar]
 * @property {boolean} [added] Since the scenario was loaded.
 */

/**
 * What the panels share.
 * @typedef {object} App
 * @property {Config} config
 * @property {Scenario} scenario The scenario in force.
 * @property {import('../host.js').Host} host
 * @property {import('../lib/i18n.js').I18n} i18n
 * @property {Map<string, ThreadItem[]>} threads Messages by conversation.
 * @property {import('./toast.js').Toast} toast
 * @property {ReturnType<typeof import('./preview.js').createPreview>} preview
 * @property {(id: string) => void} switchTo
 * @property {(mode: import('../host.js').Mode) => void} setMode
 * @property {(chatId: string, items: ThreadItem[]) => void} addMessages
 * @property {(chatId: string | null) => string | null} nameOf
 * @property {(conversation?: Conversation) => void} editConversation Opens the form; without a conversation, for a new one.
 */
