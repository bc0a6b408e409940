/**
 * The console's side of the sidebar protocol, for tests of a sidebar page: it answers as the console does, tells what the page
 * asked, and can be made to fail. It knows no test runner.
 *
 * In Vitest or Jest with jsdom, before the page's code starts:
 *
 * ```ts
 * import { createHost } from 'juzi-helper-wasm/testing';
 *
 * const host = createHost({ contact: { externalUserId: 'wmA' }, chat: { chatId: 'wrB' } });
 * const { start } = await import('../src/page.js');
 * await start();
 *
 * host.fail('sendChatMessage', 'no permission');
 * await host.switchTo('chat-2');
 * expect(host.callsTo('sendChatMessage')).toHaveLength(1);
 * ```
 *
 * jsdom has no frames that matter here, so without `frame` the kit makes the page believe in one: `window.parent` becomes the
 * console (for as long as the window lives, since the helper starts once), the page's address gets `juziSidebar`, and
 * messages between the two have the source and the origin that a browser would give them. In a browser, `frame` is the
 * iframe with the page. For Playwright there is `juzi-helper-wasm/playwright`.
 *
 * @packageDocumentation
 */

/** A conversation of the console. */
export interface Chat {
  /** Juzi's id of the conversation (`juziChatId`). */
  id: string;
  name: string;
  /** 0 for a single chat, 1 for a group. */
  type: 0 | 1;
  /** Whether somebody outside the company is in it. */
  external: boolean;
  /** Juzi's id of the contact or group (`juziChatWxid`). */
  wxid: string;
  /** The managed account that the conversation belongs to. */
  botId: string;
  /** Single chat with an outside contact: what getCurExternalContact answers. */
  externalUserId?: string | undefined;
  /** Single chat: the contact's id in getCurChatInfo. */
  wxUserId?: string | undefined;
  /** Group: what getCurExternalChat answers. */
  chatId?: string | undefined;
  /** Group: the group's id in getCurChatInfo. */
  wxChatId?: string | undefined;
  /** Group: `externalUserId` of the contacts in it, for openEnterpriseChat with several. */
  members?: string[] | undefined;
}

/** How the page is registered: a switch of conversation is pushed to it, or reloads it. */
export type Mode = 'postMessage' | 'reload';

/** What the host does wrong on purpose. Probabilities are 0 to 1, times are milliseconds. */
export interface Faults {
  latencyMs: number;
  /** Random extra delay, up to this; answers may overtake each other. */
  jitterMs: number;
  /** Probability that an answer is never sent. */
  drop: number;
  /** Probability that an answer is sent twice. */
  duplicate: number;
  /** Every other answer waits until the next one has gone. */
  reorder: boolean;
  /** Say nothing to `openEnterpriseChat`, `previewImage` and unknown calls. */
  oldConsole: boolean;
  /** Probability that a message of nobody's protocol is posted before an answer. */
  garbage: number;
  /** By api: the error it fails with, whole or only the reason. */
  errors: Record<string, string>;
}

/** What became of a call. */
export type Outcome = 'ok' | 'fail' | 'silent' | 'dropped' | 'duplicate' | 'unsent' | 'sent' | 'forgotten';

/** A call of the page, as it was received. */
export interface ReceivedCall {
  api: string;
  reqId: string | number;
  params: any;
  /** The page's origin. */
  origin: string;
  /** Milliseconds since the epoch. */
  at: number;
  state: 'pending' | Outcome;
  /** `data` of the answer. */
  result?: any;
  /** Milliseconds from the call to its answer. */
  duration?: number;
}

/** A call of the page that can be answered by hand, after `hold`. */
export interface Call extends ReceivedCall {
  /** Answers it. Once; later calls do nothing. */
  answer: (data?: object) => void;
  /** Fails it, with the whole `err_msg` or only the reason. */
  fail: (reason?: string) => void;
  /** Never answers it. */
  ignore: () => void;
}

/** Answers an api: what it returns, or resolves to, becomes `data`; what it throws fails the call. */
export type Handler = (params: any, call: Call) => unknown;

/** A message that the page sent into the conversation. */
export interface ChatMessage {
  msgtype: string;
  content: Record<string, string>;
}

/** What happens to a host, for {@link Host.on}. */
export interface HostEvents {
  /** A call was received, before it is answered. */
  call: Call;
  /** The page sent something into the conversation. */
  sent: { chat: Chat; messages: ChatMessage[]; call: Call };
  /** The page asked to show images. */
  preview: { urls: string[]; index: number; call: Call };
  /** Another conversation is open now. */
  switch: { from: Chat; to: Chat; by: 'page' | 'owner' };
  /** A switch was pushed, or why not. */
  push: PushResult;
  /** The page is being (re)loaded at this address. */
  load: { url: string | null };
  /** A message that was not believed. */
  ignored: { seq: number; at: number; reason: string; origin: string; payload: any };
  /** Something of the test's threw: a listener, or `issueCode`. */
  error: { error: unknown };
}

/** Whether the open conversation was pushed, or why not. */
export interface PushResult {
  pushed: boolean;
  reason: 'ok' | 'mode' | 'not-authorized' | 'superseded' | 'no-page';
  chat: Chat;
}

/** What the console has, and how it behaves. Ids and names that are not given are made up. */
export interface ConsoleOptions {
  /** One single chat with this contact, placed first. */
  contact?: Partial<Chat>;
  /** One group chat, placed after `contact`. */
  chat?: Partial<Chat>;
  /** The conversations. */
  chats?: Partial<Chat>[];
  /** Id of the conversation that is open; default the first. */
  current?: string;
  /** Default `postMessage`. */
  mode?: Mode;
  /** The page's origin. Others are ignored. Default: any. */
  origin?: string;
  faults?: Partial<Faults>;
}

/** Options of {@link createHost}. */
export interface HostOptions extends ConsoleOptions {
  /** The iframe with the page. Default: the page is this window, of a DOM simulated in Node. */
  frame?: HTMLIFrameElement;
  /** The page's window, where there is no iframe element. */
  target?: Window | (() => Window | null);
  /** Where to listen; default the global window. */
  window?: Window;
  /** The page's address without the console's parameters, for `load()` and for switches in `reload` mode. */
  url?: string;
  /** Makes a one-time OAuth code; default random ones that nobody can redeem. */
  issueCode?: (chat: Chat, via: 'sidebarAuth' | 'updateBaseInfo') => string | Promise<string>;
  /** More members for `baseInfo`. */
  baseInfo?: (chat: Chat) => object;
  /** Replaces how an api is answered, or adds one. */
  handlers?: Record<string, Handler>;
  /** 0 to 1, for the faults; default `Math.random`. */
  random?: () => number;
}

/** How often an answer given by the test holds; default for ever. */
export interface Limit {
  times?: number;
}

/** The console. */
export interface Host {
  readonly chats: Chat[];
  /** The open conversation. */
  readonly current: Chat;
  readonly mode: Mode;
  readonly faults: Faults;
  readonly url: string | null;
  /** Whether the page has called sidebarAuth. */
  readonly authorized: boolean;
  /** The calls received, oldest first. */
  readonly calls: readonly Call[];

  /**
   * The calls of one api, oldest first.
   *
   * ```ts
   * expect(host.callsTo('sendChatMessage')[0]?.params.text.content).toBe('Hello');
   * ```
   */
  callsTo: (api: string) => Call[];

  /**
   * The next call of an api.
   *
   * ```ts
   * const [call] = await Promise.all([host.nextCall('sendChatMessage'), button.click()]);
   * ```
   *
   * @param within.timeout Milliseconds; default 5,000. It rejects then.
   */
  nextCall: (api: string, within?: { timeout?: number }) => Promise<Call>;

  /**
   * Listens to what happens.
   *
   * ```ts
   * const stop = host.on('sent', ({ messages }) => console.log(messages));
   * ```
   *
   * @returns what ends it.
   */
  on: <K extends keyof HostEvents>(event: K, listener: (detail: HostEvents[K]) => void) => () => void;

  /**
   * Answers an api with this data, or with what a function makes of the call.
   *
   * ```ts
   * host.answer('getCurExternalContact', { externalUserId: 'wmB' }, { times: 1 });
   * ```
   */
  answer: (api: string, data: object | Handler, limit?: Limit) => void;

  /**
   * Fails an api.
   *
   * ```ts
   * host.fail('sendChatMessage', 'no permission');
   * ```
   */
  fail: (api: string, reason?: string, limit?: Limit) => void;

  /**
   * Leaves an api's calls open.
   *
   * ```ts
   * host.hold('sidebarAuth');
   * (await host.nextCall('sidebarAuth')).fail('too late');
   * ```
   */
  hold: (api: string, limit?: Limit) => void;

  /**
   * Never answers an api.
   *
   * ```ts
   * host.silence('getCurChatInfo', { times: 1 });
   * await expect(juziWx.getCurChatInfo()).rejects.toMatchObject({ code: 'timeout' });
   * ```
   */
  silence: (api: string, limit?: Limit) => void;

  /**
   * Back to the console's own answers, for one api or for all.
   *
   * ```ts
   * afterEach(() => host.restore());
   * ```
   */
  restore: (api?: string) => void;

  /**
   * Opens another conversation, and tells the page if it has called sidebarAuth.
   *
   * ```ts
   * await host.switchTo('chat-2');
   * ```
   */
  switchTo: (id: string) => Promise<void>;

  /**
   * Pushes the open conversation, if the console would; tells whether it did.
   *
   * ```ts
   * expect(await host.push()).toMatchObject({ pushed: false, reason: 'not-authorized' });
   * ```
   */
  push: () => Promise<PushResult>;

  /**
   * (Re)loads the page in `frame`, at `url` or at another address.
   *
   * ```ts
   * host.load({ url: 'https://page.example/orders' });
   * ```
   *
   * @returns the address, with the parameters that the console adds; null where there is none.
   */
  load: (at?: { url?: string | null }) => string | null;
  /**
   * Changes the registration. The page keeps its address until `load()`.
   *
   * ```ts
   * host.setMode('reload');
   * ```
   */
  setMode: (mode: Mode) => void;
  /**
   * Replaces the conversations. The open one stays open if its id is still there.
   *
   * ```ts
   * host.setChats([{ type: 1, name: 'Tea lovers', chatId: 'wrB' }]);
   * ```
   */
  setChats: (chats: Partial<Chat>[]) => void;
  /**
   * Changes some faults and keeps the others.
   *
   * ```ts
   * host.setFaults({ latencyMs: 300, duplicate: 1 });
   * ```
   */
  setFaults: (some: Partial<Faults>) => void;
  /**
   * Posts messages of nobody's protocol, which the page has to ignore.
   *
   * ```ts
   * host.garbage(10);
   * ```
   */
  garbage: (count?: number) => void;
  /**
   * The console restarts under the page: calls that wait are forgotten, and sidebarAuth must be called again.
   *
   * ```ts
   * host.restart();
   * expect(host.authorized).toBe(false);
   * ```
   */
  restart: () => void;
  /**
   * Stops listening: calls that come stay without an answer.
   *
   * ```ts
   * afterAll(() => host.destroy());
   * ```
   */
  destroy: () => void;
}

/**
 * Starts a console around a page.
 *
 * ```ts
 * const host = createHost({ contact: { externalUserId: 'wmA', name: 'Lin' } });
 * afterEach(() => host.destroy());
 * ```
 *
 * @throws TypeError where two chats have one id, and in a browser where there is no `frame`.
 */
export function createHost(options?: HostOptions): Host;

/**
 * Makes a window believe that it is framed, where there are no frames. `createHost` does this by itself for the global window;
 * for another, give it what this returns.
 *
 * ```ts
 * const framed = frameWindow(dom.window);
 * const host = createHost({ ...framed, contact: { externalUserId: 'wmA' } });
 * ```
 */
export function frameWindow(
  page: Window,
  origins?: { hostOrigin?: string; pageOrigin?: string },
): { window: Window; target: Window; restore: () => void };

/**
 * A page's address as the console frames it.
 *
 * ```ts
 * iframe.src = sidebarUrl('https://page.example/', { mode: 'postMessage' });
 * ```
 */
export function sidebarUrl(pageUrl: string, registration: { mode: Mode; chat?: Chat | null }): string;

/** A handler returns this to answer later, through `call.answer` or `call.fail`. */
export const HOLD: unique symbol;
/** A handler returns this to leave the call without an answer. */
export const SILENT: unique symbol;
/** No fault at all: `host.setFaults(NO_FAULTS)`. */
export const NO_FAULTS: Readonly<Faults>;
