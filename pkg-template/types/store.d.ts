/**
 * The states of the hooks without a framework: for Svelte, Solid, Preact and Angular, for Vue 2.7, React 16 and 17, or for none.
 *
 * ```ts
 * import { createJuzi } from 'juzi-helper-wasm/store';
 *
 * const juzi = createJuzi({ allowedHosts: ['https://*.juzibot.com', 'localhost'] });
 * const end = juzi.conversation.subscribe(({ conversation }) => console.log(conversation?.name));
 * ```
 *
 * @packageDocumentation
 */
import type { InitOptions } from './index.js';
import type { ConversationState, HelperState, MakeReport, MessageState, RefreshConversation, RetryHelper, SendMessage } from './hooks.js';

export type {
  Contact,
  Conversation,
  ConversationState,
  Group,
  HelperState,
  MakeReport,
  MessageState,
  RefreshConversation,
  RetryHelper,
  SendMessage,
  SendOptions,
} from './hooks.js';

/**
 * A state and those who are told when it changes: a readable store of Svelte, what `from` of Solid takes, and the two functions of React's
 * `useSyncExternalStore`. The two functions need no `this`, and stay the same.
 */
export interface Store<State> {
  /** The state as it is now: another object after each change, the same one otherwise. */
  readonly get: () => State;
  /**
   * Calls the function at once with the state, and after each change.
   *
   * @returns a function that ends it.
   */
  readonly subscribe: (listener: (state: State) => void) => () => void;
}

/** Sends messages. Its state says whether one is being sent, and why the last was not. */
export interface Sender extends Store<MessageState> {
  readonly send: SendMessage;
}

/** The states of one application. */
export interface Juzi {
  /** Calls `init(options)`, once. The promise resolves when `helper` says how it ended, and never rejects. */
  readonly start: () => Promise<void>;
  readonly retry: RetryHelper;
  readonly report: MakeReport;
  /** Whether the helper runs. */
  readonly helper: Store<HelperState>;
  /**
   * The open conversation. The first subscription starts the helper and calls `sidebarAuth`; while there is a subscription, the state
   * follows the switches. After the last one has ended, the conversation is forgotten.
   */
  readonly conversation: Store<ConversationState> & { readonly refresh: RefreshConversation };
  /**
   * A sender with a state of its own, for a component that shows it.
   *
   * ```ts
   * const { send } = juzi.createSender();
   * const { conversation } = juzi.conversation.get();
   * const sent = await send({ msgtype: 'text', text: { content: 'Hello' } }, { to: conversation });
   * ```
   */
  readonly createSender: () => Sender;
}

/**
 * The states of one application. It begins with `start()`, or with the first subscription to `conversation`. On a server it does nothing:
 * the states stay the first ones, also if a module has them.
 *
 * ```ts
 * const juzi = createJuzi({ timeout: 5_000 });
 * const end = juzi.helper.subscribe(({ state }) => console.log(state));
 * ```
 */
export function createJuzi(options?: InitOptions): Juzi;
