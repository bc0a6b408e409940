/**
 * A simulated console in a Playwright page, controlled by the test. This module provides the console's own page, which frames
 * the page under test.
 *
 * ```ts
 * import { expect, test } from '@playwright/test';
 * import { createHost } from 'juzi-helper-wasm/playwright';
 *
 * test('greets the contact', async ({ page }) => {
 *   const host = await createHost(page, { url: 'http://localhost:5173/', contact: { externalUserId: 'wmA' } });
 *   await host.frame.getByRole('button', { name: 'Greet' }).click();
 *   expect(await host.sent()).toMatchObject([{ messages: [{ content: { content: 'Hello wmA' } }] }]);
 * });
 * ```
 *
 * @packageDocumentation
 */
import type { Chat, ChatMessage, ConsoleOptions, Faults, HostApi, Limit, Mode, PushResult, ReceivedCall } from './testing.js';

/** The members of Playwright's `Page` that are used. */
export interface PageLike {
  on(event: 'close', listener: () => void): unknown;
  context(): { grantPermissions(permissions: string[], options?: { origin?: string }): Promise<void> };
  route(url: string, handler: (route: any) => any): Promise<unknown>;
  exposeFunction(name: string, callback: (...given: any[]) => any): Promise<unknown>;
  goto(url: string): Promise<unknown>;
  evaluate(pageFunction: any, arg?: any): Promise<any>;
  frameLocator(selector: string): unknown;
}

/** Options of {@link createHost}. */
export interface PlaywrightHostOptions extends ConsoleOptions {
  /** The page under test: an absolute http(s) address, without the console's parameters. */
  url: string;
  /**
   * The console's origin, for pages that check it (`allowedHosts`): `https://chat.juzibot.com`. No network request is sent to
   * it. Default: a port of this machine.
   */
  hostOrigin?: string;
}

/** A call of the page that the test can end itself, after {@link RemoteHost.hold}. */
export interface RemoteCall extends ReceivedCall {
  /** Answers the call, once. Later calls of this function do nothing. */
  answer(data?: object): Promise<void>;
  /** Fails the call, with the whole `err_msg` or only the reason. */
  fail(reason?: string): Promise<void>;
  /** Leaves the call without an answer for ever. */
  ignore(): Promise<void>;
  /** Answers a held call as the console would have. */
  proceed(): Promise<void>;
}

/** The console, controlled from outside the browser. Every method returns a promise. */
export interface RemoteHost<Frame> {
  /** The page under test: `host.frame.getByRole('button').click()`. */
  readonly frame: Frame;
  /**
   * The calls received, oldest first, for one api or for all.
   *
   * ```ts
   * expect(await host.calls('sendChatMessage')).toHaveLength(1);
   * ```
   */
  calls(api?: HostApi): Promise<RemoteCall[]>;
  /**
   * Waits for the next call of an api. Call this before the page makes its call:
   *
   * ```ts
   * const call = host.nextCall('openEnterpriseChat');
   * await host.frame.getByRole('button').click();
   * expect((await call).params).toEqual({ userIds: 'lin', chatId: 'wrB' });
   * ```
   */
  nextCall(api: HostApi, within?: { timeout?: number }): Promise<RemoteCall>;
  /**
   * The messages that the page has sent into conversations.
   *
   * ```ts
   * expect(await host.sent()).toMatchObject([{ messages: [{ msgtype: 'text' }] }]);
   * ```
   */
  sent(): Promise<{ chat: Chat; messages: ChatMessage[] }[]>;
  /**
   * The images that the page has asked to show.
   *
   * ```ts
   * expect(await host.previews()).toMatchObject([{ index: 1 }]);
   * ```
   */
  previews(): Promise<{ urls: string[]; index: number }[]>;
  /**
   * Answers an api with this data, or with the result of a function of the test that gets the call.
   *
   * ```ts
   * await host.answer('getCurExternalContact', { externalUserId: 'wmB' });
   * ```
   */
  answer(api: HostApi, data: object | ((params: any, call: ReceivedCall) => unknown), limit?: Limit): Promise<void>;
  /**
   * Fails an api.
   *
   * ```ts
   * await host.fail('sendChatMessage', 'no permission', { times: 1 });
   * ```
   */
  fail(api: HostApi, reason?: string, limit?: Limit): Promise<void>;
  /**
   * Never answers an api.
   *
   * ```ts
   * await host.silence('sendChatMessage');
   * ```
   */
  silence(api: HostApi, limit?: Limit): Promise<void>;
  /**
   * Leaves the calls of an api pending, until the test ends them.
   *
   * ```ts
   * await host.hold('sendChatMessage');
   * const call = host.nextCall('sendChatMessage');
   * await host.frame.getByRole('button').click();
   * await (await call).answer();
   * ```
   */
  hold(api: HostApi, limit?: Limit): Promise<void>;
  /**
   * Restores the console's own answers, for one api or for all.
   *
   * ```ts
   * await host.restore('sendChatMessage');
   * ```
   */
  restore(api?: HostApi): Promise<void>;
  /**
   * The open conversation.
   *
   * ```ts
   * expect((await host.current())?.name).toBe('Lin');
   * ```
   */
  current(): Promise<Chat | null>;
  /**
   * Whether the page has called sidebarAuth.
   *
   * ```ts
   * await expect.poll(() => host.authorized()).toBe(true);
   * ```
   */
  authorized(): Promise<boolean>;
  /**
   * Opens another conversation, and notifies the page if the page has called sidebarAuth.
   *
   * ```ts
   * await host.switchTo('chat-2');
   * await expect(host.frame.getByRole('heading')).toHaveText('Tea lovers');
   * ```
   */
  switchTo(id: string): Promise<void>;
  /**
   * Pushes the open conversation if the console would do so. The result says whether it did.
   *
   * ```ts
   * expect((await host.push()).reason).toBe('ok');
   * ```
   */
  push(): Promise<PushResult>;
  /**
   * Changes the registration. The page keeps its address until `load()`.
   *
   * ```ts
   * await host.setMode('reload');
   * ```
   */
  setMode(mode: Mode): Promise<void>;
  /**
   * Replaces the conversations. The open one stays open if its id is still there.
   *
   * ```ts
   * await host.setChats([{ type: 1, name: 'Tea lovers', chatId: 'wrB' }]);
   * ```
   */
  setChats(chats: Partial<Chat>[]): Promise<void>;
  /**
   * Changes some faults and keeps the others.
   *
   * ```ts
   * await host.setFaults({ latencyMs: 300 });
   * ```
   */
  setFaults(some: Partial<Faults>): Promise<void>;
  /**
   * Restarts the console while the page runs. Pending calls are forgotten, and the page must call sidebarAuth again.
   *
   * ```ts
   * await host.restart();
   * ```
   */
  restart(): Promise<void>;
  /**
   * (Re)loads the page. Resolves with its address when it has loaded.
   *
   * ```ts
   * await host.load({ url: 'http://localhost:5173/orders' });
   * ```
   */
  load(at?: { url?: string }): Promise<string>;
  /**
   * Stops listening. Later calls get no answer.
   *
   * ```ts
   * await host.destroy();
   * ```
   */
  destroy(): Promise<void>;
}

/**
 * Opens the console in a page, with the page under test in it.
 *
 * ```ts
 * const host = await createHost(page, { url: 'http://localhost:5173/', chat: { chatId: 'wrB' } });
 * ```
 *
 * @throws TypeError if `url` is not an absolute http(s) address.
 */
export function createHost<P extends PageLike>(page: P, options: PlaywrightHostOptions): Promise<RemoteHost<ReturnType<P['frameLocator']>>>;
