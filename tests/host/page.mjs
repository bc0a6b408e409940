/** A window for the host to listen on, and a page that makes calls, without a browser and without timers. */
import { createHost } from '../../www/host.js';

export const PAGE_ORIGIN = 'https://page.example';

/** Two contacts, a group that has both, and a colleague. */
export const CHATS = [
  { id: 'c-lin', name: 'Lin', type: 0, external: true, wxid: 'x-lin', botId: 'bot', externalUserId: 'wmLin', wxUserId: 'wmLin' },
  { id: 'c-zhou', name: 'Zhou', type: 0, external: true, wxid: 'x-zhou', botId: 'bot', externalUserId: 'wmZhou', wxUserId: 'wmZhou' },
  {
    id: 'c-group',
    name: 'Group',
    type: 1,
    external: true,
    wxid: 'x-group',
    botId: 'bot',
    chatId: 'wrGroup',
    wxChatId: 'wrGroup',
    members: ['wmLin', 'wmZhou'],
  },
  { id: 'c-shen', name: 'Shen', type: 0, external: false, wxid: 'x-shen', botId: 'bot', wxUserId: 'Shen' },
];

/**
 * A host and the page it frames.
 * @param {import('../../www/host.js').HostOptions} [options]
 */
export function framed(options = {}) {
  const window = new EventTarget();
  /** The messages that the page received, in order. @type {{ message: any, to: string }[]} */
  const inbox = [];
  const page = {
    postMessage: (/** @type {any} */ message, /** @type {string} */ to) => inbox.push({ message: structuredClone(message), to }),
  };
  let count = 0;
  const codes = [];
  const host = createHost({
    chats: CHATS,
    issueCode: (chat, via) => {
      codes.push({ chat: chat.id, via });
      return `code-${codes.length}`;
    },
    ...options,
    window,
    target: page,
  });

  /** Delivers any message to the host. */
  const deliver = (/** @type {any} */ data, { source = page, origin = PAGE_ORIGIN } = {}) => {
    const event = new Event('message');
    Object.assign(event, { data: structuredClone(data), source, origin });
    window.dispatchEvent(event);
  };
  const answersTo = (/** @type {string} */ reqId) => inbox.map(({ message }) => message).filter((message) => message?.reqId === reqId);
  /** Makes a call, and resolves with the answer once the host's promises have settled. */
  const call = async (/** @type {string} */ api, /** @type {any} */ params = {}) => {
    const reqId = `r${++count}`;
    deliver({ type: 'sidebarHelper', data: { api, reqId, params } });
    await settled();
    return answersTo(reqId)[0];
  };
  return {
    host,
    inbox,
    codes,
    deliver,
    call,
    answersTo,
    page,
    window,
    pushes: () => inbox.map(({ message }) => message).filter((message) => message?.api === 'updateBaseInfo' && message.reqId === undefined),
  };
}

/** Waits until pending promise callbacks have run. */
export const settled = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
