/**
 * The states of `juzi-helper-wasm/react` and `juzi-helper-wasm/vue`.
 *
 * @packageDocumentation
 */
import type { BaseInfo, Env, JuziError, SendParams } from './index.js';

/** Whether the helper runs: `outside` means that the page is not in the sidebar, `failed` that `init` has rejected. */
export type HelperState =
  | { readonly state: 'loading'; readonly env: undefined; readonly error: undefined }
  | { readonly state: 'ready' | 'outside'; readonly env: Env; readonly error: undefined }
  | { readonly state: 'failed'; readonly env: undefined; readonly error: Error };

/** A single chat. */
export interface Contact {
  readonly kind: 'contact';
  /** Juzi's id of the conversation. */
  readonly id: string;
  readonly name: string;
  /** Whether the contact is from outside the company. */
  readonly external: boolean;
  /** As in `getCurExternalContact`. A colleague has none. */
  readonly userId?: string | undefined;
}

/** A group chat. */
export interface Group {
  readonly kind: 'group';
  /** Juzi's id of the conversation. */
  readonly id: string;
  readonly name: string;
  /** Whether somebody in it is from outside the company. */
  readonly external: boolean;
  /** As in `getCurExternalChat`. */
  readonly chatId?: string | undefined;
}

/** The open conversation. */
export type Conversation = Contact | Group;

export interface ConversationState {
  /** Undefined while it is not known. After a switch, the former conversation is gone at once. */
  readonly conversation: Conversation | undefined;
  readonly loading: boolean;
  /** What the console told about the conversation, with a code to log the user in: of `sidebarAuth`, then of each switch. */
  readonly baseInfo: BaseInfo | undefined;
  /** Why the conversation could not be read, or is not followed. */
  readonly error: JuziError | undefined;
}

/**
 * Reads the conversation again, for example after an error.
 *
 * ```ts
 * if (error) await refresh();
 * ```
 */
export type RefreshConversation = () => Promise<void>;

export interface MessageState {
  /** Whether a message is being sent. */
  readonly pending: boolean;
  /** Why a message was not sent. It is cleared when the next is sent. */
  readonly error: JuziError | undefined;
}

/**
 * Sends one message, or several. The promise never rejects: it resolves with whether they were sent.
 *
 * ```ts
 * if (await send({ msgtype: 'text', text: { content: draft } })) clear();
 * ```
 */
export type SendMessage = (message: SendParams | readonly SendParams[]) => Promise<boolean>;
