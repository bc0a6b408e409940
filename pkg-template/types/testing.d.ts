/**
 * The console's side of the sidebar protocol, for tests of a sidebar page. It answers as the console does, records the page's
 * calls, and can be made to fail. It works with any test runner.
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
 * jsdom and happy-dom have no usable frames, so without `frame` the kit simulates one. `window.parent` becomes the console until
 * {@link reset}. The page's address gets `juziSidebar`. Messages between the page and the console have the source and the origin
 * that a browser would set. Messages arrive although a test has stopped the clock, and the timeouts of calls follow the clock of the
 * test (`vi.useFakeTimers()`, `jest.useFakeTimers()`). In a browser, `frame` is the iframe with the page. For Playwright, use
 * `juzi-helper-wasm/playwright`.
 *
 * @packageDocumentation
 */

import type { Api } from './index.js';

/**
 * The calls that reach the console. The helper itself answers the others, with success: no rule of a test applies to them. It asks
 * for `getCurChatInfo` to answer `getContext`.
 */
export type HostApi = Exclude<Api, 'getContext' | 'updateBaseInfo' | 'config' | 'agentConfig' | 'checkJsApi'>;

/** A conversation of the console. */
export interface Chat {
  /** Juzi's id of the conversation (`juziChatId`). */
  id: string;
  name: string;
  /** 0 for a single chat, 1 for a group. */
  type: 0 | 1;
  /** Whether the conversation includes a person outside the company. */
  external: boolean;
  /** Juzi's id of the contact or group (`juziChatWxid`). */
  wxid: string;
  /** The managed account that the conversation belongs to. */
  botId: string;
  /** Single chat with an outside contact: the answer to getCurExternalContact. */
  externalUserId?: string | undefined;
  /** Single chat: the contact's id in getCurChatInfo. In Juzi it equals `externalUserId`, which is the default. */
  wxUserId?: string | undefined;
  /** Group: the answer to getCurExternalChat. */
  chatId?: string | undefined;
  /** Group: the group's id in getCurChatInfo. In Juzi it equals `chatId`, which is the default. */
  wxChatId?: string | undefined;
  /** Group: `externalUserId` of each contact in the group, for openEnterpriseChat with several contacts. */
  members?: string[] | undefined;
}

/** How the page is registered: a switch of conversation is pushed to the page, or reloads it. */
export type Mode = 'postMessage' | 'reload';

/** Faults that the host makes on purpose. Probabilities are from 0 to 1, times are in milliseconds. */
export interface Faults {
  latencyMs: number;
  /** Maximum of a random extra delay. Answers may overtake each other. */
  jitterMs: number;
  /** Probability that an answer is never sent. */
  drop: number;
  /** Probability that an answer is sent twice. */
  duplicate: number;
  /** Every other answer waits until the next one has been sent. */
  reorder: boolean;
  /**
   * For this long after a switch, `getCurChatInfo`, `getCurExternalContact`, `getCurExternalChat` and `sidebarAuth` are answered about
   * the conversation before. The push, and what the page sends, are about the open one.
   */
  staleMs: number;
  /** Do not answer `openEnterpriseChat`, `previewImage` and unknown calls. */
  oldConsole: boolean;
  /** Probability that a message outside the protocol is posted before an answer. */
  garbage: number;
  /** For each api, the error it fails with: the whole text or only the reason. */
  errors: { [Name in HostApi]?: string };
  /** For each api, faults of its calls alone. */
  apis: { [Name in HostApi]?: Partial<ApiFaults> };
  /** A whole number makes the probabilities and the jitter repeatable: after each load, the same calls get the same faults. */
  seed: number;
}

/** Faults of one api. */
export interface ApiFaults {
  /** Delay before each answer, in milliseconds, besides the general one. */
  latencyMs: number;
  /** Probability that an answer is never sent, if larger than the general one. */
  drop: number;
  /** Leave the calls pending until the test answers them. */
  hold: boolean;
  /** Never answer. */
  silent: boolean;
}

/** The outcome of a call. */
export type Outcome = 'ok' | 'fail' | 'silent' | 'dropped' | 'duplicate' | 'unsent' | 'sent' | 'forgotten';

/** A call of the page, as received. */
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

/** A call of the page that the test can answer itself, after `hold`. */
export interface Call extends ReceivedCall {
  /** Answers the call, once. Later calls of this function do nothing. */
  answer: (data?: object) => void;
  /** Fails the call, with the whole `err_msg` or only the reason. */
  fail: (reason?: string) => void;
  /** Leaves the call without an answer for ever. */
  ignore: () => void;
  /** Answers a held call as the console would have. */
  proceed: () => void;
}

/**
 * Answers an api. The handler's result, or the value that its promise resolves to, becomes `data`. If the handler throws, the
 * call fails with the error.
 */
export type Handler = (params: any, call: Call) => unknown;

/** A message that the page sent into the conversation. */
export interface ChatMessage {
  msgtype: string;
  content: Record<string, string>;
}

/** The events of a host, for {@link Host.on}. */
export interface HostEvents {
  /** A call was received, before it is answered. */
  call: Call;
  /** The page sent something into the conversation. */
  sent: { chat: Chat; messages: ChatMessage[]; call: Call };
  /** The page asked to show images. */
  preview: { urls: string[]; index: number; call: Call };
  /** Another conversation is now open. */
  switch: { from: Chat | null; to: Chat; by: 'page' | 'owner' };
  /** A switch was pushed, or was not pushed for this reason. */
  push: PushResult;
  /** The page is being (re)loaded at this address. */
  load: { url: string | null };
  /** A message was ignored. */
  ignored: { seq: number; at: number; reason: string; origin: string; payload: any };
  /** A function of the test threw: a listener, or `issueCode`. */
  error: { error: unknown; from: 'listener' | 'issueCode' };
}

/** Whether the open conversation was pushed, and if not, why. */
export interface PushResult {
  pushed: boolean;
  reason: 'ok' | 'mode' | 'not-authorized' | 'superseded' | 'no-page' | 'no-chat';
  /** Null if no conversation is open. */
  chat: Chat | null;
}

/** The console's conversations and behaviour. Missing ids and names are generated. */
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
  /** The page's origin. Messages from other origins are ignored. Default: any. */
  origin?: string;
  faults?: Partial<Faults>;
}

/** Options of {@link createHost}. */
export interface HostOptions extends ConsoleOptions {
  /** The iframe with the page. Default: the page is this window, in a DOM simulated in Node. */
  frame?: HTMLIFrameElement;
  /** The page's window, if there is no iframe element. */
  target?: Window | (() => Window | null);
  /** The window to listen on; default the global window. */
  window?: Window;
  /** The page's address without the console's parameters, for `load()` and for switches in `reload` mode. */
  url?: string;
  /** Makes a one-time OAuth code. Default: random codes that cannot be redeemed. */
  issueCode?: (chat: Chat, via: 'sidebarAuth' | 'updateBaseInfo') => string | Promise<string>;
  /** More members for `baseInfo`. */
  baseInfo?: (chat: Chat) => object;
  /** Handlers that replace the answers of an api. */
  handlers?: { [Name in HostApi]?: Handler };
  /**
   * The console's origin, if the page is this window. Default: one that the page's `allowedHosts` allows. With an origin that they do
   * not allow, calls fail with `host_unreachable`.
   */
  hostOrigin?: string;
  /** Returns a number from 0 to 1, for the faults; default `Math.random`. */
  random?: () => number;
}

/** How many times an answer set by the test is used; default for ever. */
export interface Limit {
  times?: number;
}

/** The console. */
export interface Host {
  readonly chats: Chat[];
  /** The open conversation; null if there is none. */
  readonly current: Chat | null;
  readonly mode: Mode;
  readonly faults: Faults;
  readonly url: string | null;
  /** Whether the page has called sidebarAuth since the console last loaded it, or restarted. */
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
  callsTo: (api: HostApi) => Call[];

  /**
   * Waits for the next call of an api.
   *
   * ```ts
   * const [call] = await Promise.all([host.nextCall('sendChatMessage'), button.click()]);
   * ```
   *
   * @param within.timeout Milliseconds; default 5,000.
   * @throws Rejects with an Error if there is no such call in time.
   */
  nextCall: (api: HostApi, within?: { timeout?: number }) => Promise<Call>;

  /**
   * Subscribes to an event.
   *
   * ```ts
   * const stop = host.on('sent', ({ messages }) => console.log(messages));
   * ```
   *
   * @returns a function that ends the subscription.
   */
  on: <K extends keyof HostEvents>(event: K, listener: (detail: HostEvents[K]) => void) => () => void;

  /**
   * Answers an api with this data, or with the result of a function that gets the call.
   *
   * ```ts
   * host.answer('getCurExternalContact', { externalUserId: 'wmB' }, { times: 1 });
   * ```
   */
  answer: (api: HostApi, data: object | Handler, limit?: Limit) => void;

  /**
   * Fails an api.
   *
   * ```ts
   * host.fail('sendChatMessage', 'no permission');
   * ```
   */
  fail: (api: HostApi, reason?: string, limit?: Limit) => void;

  /**
   * Leaves an api's calls pending.
   *
   * ```ts
   * host.hold('sidebarAuth');
   * (await host.nextCall('sidebarAuth')).fail('too late');
   * ```
   */
  hold: (api: HostApi, limit?: Limit) => void;

  /**
   * Never answers an api.
   *
   * ```ts
   * host.silence('getCurChatInfo', { times: 1 });
   * await expect(juziWx.getCurChatInfo()).rejects.toMatchObject({ code: 'timeout' });
   * ```
   */
  silence: (api: HostApi, limit?: Limit) => void;

  /**
   * Restores the console's own answers, for one api or for all.
   *
   * ```ts
   * afterEach(() => host.restore());
   * ```
   */
  restore: (api?: HostApi) => void;

  /**
   * Opens another conversation. In `postMessage` mode it is pushed to the page, if the page has called sidebarAuth. In `reload`
   * mode the console loads the page anew, as `load()` does: pending calls are forgotten, and a page without `frame` and `url` stays.
   *
   * ```ts
   * await host.switchTo('chat-2');
   * ```
   *
   * @throws Rejects with a RangeError if no conversation has this id, and with what `issueCode` or `baseInfo` has thrown.
   */
  switchTo: (id: string) => Promise<void>;

  /**
   * Pushes the open conversation if the console would do so. The result says whether it did.
   *
   * ```ts
   * expect(await host.push()).toMatchObject({ pushed: false, reason: 'not-authorized' });
   * ```
   *
   * @throws Rejects with what `issueCode` or `baseInfo` has thrown.
   */
  push: () => Promise<PushResult>;

  /**
   * (Re)loads the page in `frame`, at `url` or at another address.
   *
   * ```ts
   * host.load({ url: 'https://page.example/orders' });
   * ```
   *
   * @returns the address, with the parameters that the console adds; null if there is none.
   */
  load: (at?: { url?: string | null }) => string | null;
  /**
   * Changes the registration. The page keeps its address until `load()`.
   *
   * ```ts
   * host.setMode('reload');
   * ```
   *
   * @throws TypeError if it is no mode.
   */
  setMode: (mode: Mode) => void;
  /**
   * Replaces the conversations. The open one stays open if its id is still there.
   *
   * ```ts
   * host.setChats([{ type: 1, name: 'Tea lovers', chatId: 'wrB' }]);
   * ```
   *
   * @throws TypeError if two of them have the same id.
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
   * Posts messages outside the protocol, which the page has to ignore.
   *
   * ```ts
   * host.garbage(10);
   * ```
   */
  garbage: (count?: number) => void;
  /**
   * Posts a message to the page as it is, without faults: an answer once more, another answer, a push.
   *
   * ```ts
   * host.post({ api: 'updateBaseInfo', data: { baseInfo: { code: 'c', juziChatId: 'chat-2', juziChatWxid: 'w' } } });
   * ```
   *
   * @returns whether it could be posted.
   */
  post: (message: unknown, to?: { origin?: string }) => boolean;
  /**
   * Restarts the console while the page runs. Pending calls are forgotten, and the page must call sidebarAuth again.
   *
   * ```ts
   * host.restart();
   * expect(host.authorized).toBe(false);
   * ```
   */
  restart: () => void;
  /**
   * Stops listening. Later calls get no answer.
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
 * @throws TypeError if two chats have the same id, if `mode` is none, if a call's name is wrong, if there is no `frame` in a browser, and
 *   in a window that cannot simulate one. The methods of the host throw it for a wrong name too, and say which was probably meant.
 *   RangeError if `current` is no conversation's id.
 */
export function createHost(options?: HostOptions): Host;

/**
 * Ends the consoles of this window, and makes the helper as new: the next test calls `createHost` and `init` again, each with options
 * of its own. Calls that are still pending never end. A page with the hooks or composables that stays mounted shows their initial state,
 * until `retry()` of `useJuzi`.
 *
 * ```ts
 * afterEach(() => reset());
 * ```
 */
export function reset(): void;

/**
 * Simulates a frame around a window, for environments without frames. `createHost` does this automatically for the global
 * window. For another window, pass the result of this function to `createHost`.
 *
 * ```ts
 * const framed = frameWindow(dom.window);
 * const host = createHost({ ...framed, contact: { externalUserId: 'wmA' } });
 * ```
 */
export function frameWindow(
  page: Window,
  origins?: { hostOrigin?: string | (() => string); pageOrigin?: string },
): { window: Window; target: Window; restore: () => void };

/**
 * Builds the address under which the console frames a page.
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
/** No faults: `host.setFaults(NO_FAULTS)`. */
export const NO_FAULTS: Readonly<Faults>;
