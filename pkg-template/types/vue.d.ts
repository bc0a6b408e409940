/**
 * The helper as Vue 3 composables.
 *
 * ```ts
 * import { createApp } from 'vue';
 * import { createJuzi } from 'juzi-helper-wasm/vue';
 * import App from './App.vue';
 *
 * createApp(App).use(createJuzi({ allowedHosts: ['https://*.juzibot.com', 'localhost'] })).mount('#app');
 * ```
 *
 * A server renders the initial state, `loading`, and the browser begins with it too.
 *
 * @packageDocumentation
 */
import type { ComputedRef, Plugin } from 'vue';
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

/** A read-only ref for each member. */
export type Refs<State> = { readonly [Name in keyof State]: ComputedRef<State[Name]> };

/** The same for whether the helper runs. Refs cannot narrow each other: check `env.value` or `error.value` itself. */
export type HelperRefs = { readonly [Name in keyof HelperState]: ComputedRef<HelperState[Name]> };

/**
 * The plugin. It calls `init(options)` when the application uses it, but not on a server.
 *
 * ```ts
 * app.use(createJuzi({ timeout: 5_000 }));
 * ```
 */
export function createJuzi(options?: InitOptions): Plugin<[]>;

/**
 * Whether the helper runs.
 *
 * ```ts
 * const { state, env, error, retry } = useJuzi();
 * watchEffect(() => { if (state.value === 'outside') console.warn(env.value?.reason); });
 * ```
 *
 * @throws Error if the application does not use `createJuzi()`.
 */
export function useJuzi(): HelperRefs & { retry: RetryHelper; report: MakeReport };

/**
 * The open conversation. The refs change when the user switches to another.
 *
 * ```ts
 * const { conversation, loading, error, refresh } = useConversation();
 * const title = computed(() => conversation.value?.name);
 * ```
 *
 * The first use calls `sidebarAuth`, because the console tells of switches only after it. When no component uses it any longer, the
 * conversation is forgotten: the next use reads it again.
 *
 * @throws Error if the application does not use `createJuzi()`.
 */
export function useConversation(): Refs<ConversationState> & { refresh: RefreshConversation };

/**
 * Sends messages into the open conversation, and with `to` only into the one that the page shows.
 *
 * ```ts
 * const { send, pending, error } = useSendMessage();
 * const sent = await send({ msgtype: 'text', text: { content: 'Hello' } }, { to: conversation.value });
 * ```
 *
 * @throws Error if the application does not use `createJuzi()`.
 */
export function useSendMessage(): Refs<MessageState> & { send: SendMessage };
