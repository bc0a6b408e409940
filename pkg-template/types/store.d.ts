/**
 * The states of the hooks without a framework: for Vue 2.7, React 16 and 17, or none.
 *
 * ```ts
 * import { createJuzi } from 'juzi-helper-wasm/store';
 *
 * const juzi = createJuzi({ allowedHosts: ['https://*.juzibot.com', 'localhost'] });
 * juzi.start();
 * juzi.conversation.subscribe(() => console.log(juzi.conversation.get().conversation?.name));
 * ```
 *
 * @packageDocumentation
 */
import type { InitOptions } from './index.js';
import type { ConversationState, HelperState, MakeReport, RefreshConversation, RetryHelper } from './hooks.js';

export type {
  Contact,
  Conversation,
  ConversationState,
  Group,
  HelperState,
  MakeReport,
  RefreshConversation,
  RetryHelper,
} from './hooks.js';

/** A state and those who are told when it changes. The two functions need no `this`, and stay the same. */
export interface Store<State> {
  /** The state as it is now: another object after each change, the same one otherwise. */
  readonly get: () => State;
  /**
   * Calls the function after each change.
   *
   * @returns a function that ends it.
   */
  readonly subscribe: (listener: () => void) => () => void;
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
}

/**
 * The states of one application. It begins with `start()`, or with the first subscription to `conversation`, and does nothing on a server.
 *
 * ```ts
 * const juzi = createJuzi({ timeout: 5_000 });
 * const end = juzi.helper.subscribe(() => console.log(juzi.helper.get().state));
 * ```
 */
export function createJuzi(options?: InitOptions): Juzi;
