/**
 * The helper as React hooks, for React 18 and 19.
 *
 * ```tsx
 * import { JuziProvider, useConversation, useJuzi, useSendMessage } from 'juzi-helper-wasm/react';
 *
 * function Customer() {
 *   const { conversation } = useConversation();
 *   const { send, pending, error } = useSendMessage();
 *   if (!conversation) return <p>…</p>;
 *   const greet = () => send({ msgtype: 'text', text: { content: `Hello ${conversation.name}` } }, { to: conversation });
 *   return <button onClick={greet} disabled={pending}>{error?.err_msg ?? 'Greet'}</button>;
 * }
 *
 * createRoot(root).render(<JuziProvider options={{ allowedHosts: ['https://*.juzibot.com', 'localhost'] }}><Customer /></JuziProvider>);
 * ```
 *
 * A server renders the initial state, `loading`, and the browser begins with it too. Nothing needs Suspense.
 *
 * @packageDocumentation
 */
import type { ReactElement, ReactNode } from 'react';
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
 * Starts the helper, for the hooks in `children`. It calls `init(options)` when it is mounted. Later changes of `options` have no
 * effect.
 *
 * ```tsx
 * <JuziProvider options={{ timeout: 5_000 }}><App /></JuziProvider>
 * ```
 */
export function JuziProvider(props: { options?: InitOptions | undefined; children?: ReactNode }): ReactElement;

/**
 * Whether the helper runs.
 *
 * ```tsx
 * const { state, env, error, retry } = useJuzi();
 * if (state === 'outside') return <p>Open this page in Juzi ({env.reason}).</p>;
 * if (state === 'failed') return <p>{error.message} <button onClick={retry}>Try again</button></p>;
 * ```
 *
 * @throws Error without a `JuziProvider`.
 */
export function useJuzi(): HelperState & { retry: RetryHelper; report: MakeReport };

/**
 * The open conversation. The component renders again when the user switches to another.
 *
 * ```tsx
 * const { conversation, loading, error, refresh } = useConversation();
 * if (conversation?.kind === 'contact') return <Customer id={conversation.userId} />;
 * ```
 *
 * The first use calls `sidebarAuth`, because the console tells of switches only after it. When no component uses it any longer, the
 * conversation is forgotten: the next use reads it again.
 *
 * @throws Error without a `JuziProvider`.
 */
export function useConversation(): ConversationState & { refresh: RefreshConversation };

/**
 * Sends messages into the open conversation, and with `to` only into the one that the page shows.
 *
 * ```tsx
 * const { send, pending, error } = useSendMessage();
 * const sent = await send({ msgtype: 'text', text: { content: 'Hello' } }, { to: conversation });
 * ```
 *
 * @throws Error without a `JuziProvider`.
 */
export function useSendMessage(): MessageState & { send: SendMessage };
