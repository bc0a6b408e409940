/**
 * The states of `juzi-helper-wasm/react` and `juzi-helper-wasm/vue`.
 *
 * @packageDocumentation
 */
import type { BaseInfo, Env, JuziError, JuziWx, SendParams } from './index.js';

/** Whether the helper runs: `outside` means that the page is not in the sidebar, `failed` that `init` has rejected. */
export type HelperState =
  | { readonly state: 'loading'; readonly env: undefined; readonly error: undefined }
  | { readonly state: 'ready' | 'outside'; readonly env: Env; readonly error: undefined }
  | { readonly state: 'failed'; readonly env: undefined; readonly error: Error };

/**
 * Starts the helper again after `failed`, with the same options: for example after a file could not be loaded. In every other state it
 * changes nothing.
 *
 * ```ts
 * if (state === 'failed') await retry();
 * ```
 *
 * @returns a promise that resolves when `state` says how it ended, and never rejects.
 */
export type RetryHelper = () => Promise<void>;

/**
 * `juziWx.report`: what has happened in the page, if `options` has `record`.
 *
 * ```ts
 * const text = JSON.stringify(await report());
 * ```
 */
export type MakeReport = JuziWx['report'];

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
  /**
   * Undefined while it is not known. After a switch, the former conversation is gone at once. All members are of one conversation: if the
   * console's answers are about two, it is asked again, up to three times.
   */
  readonly conversation: Conversation | undefined;
  readonly loading: boolean;
  /**
   * What the console told about the conversation, with a code to log the user in: of `sidebarAuth`, then of each switch. Beside a
   * `conversation`, its `juziChatId` is the conversation's `id`.
   */
  readonly baseInfo: BaseInfo | undefined;
  /** Why the conversation could not be read, or is not followed. */
  readonly error: JuziError | undefined;
}

/**
 * Reads the conversation again, for example after an error. It does nothing while no component uses `useConversation`.
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

/** Options of {@link SendMessage}. */
export interface SendOptions {
  /**
   * The conversation that the message is for, as `useConversation` gives it. If another one is open by then, or this one is undefined,
   * nothing is sent, and the error has the code `conversation_changed` or `fail`.
   */
  readonly to: Conversation | undefined;
}

/**
 * Sends one message, or several. The promise never rejects: it resolves with whether they were sent.
 *
 * ```ts
 * if (await send({ msgtype: 'text', text: { content: draft } }, { to: conversation })) clear();
 * ```
 *
 * Give `to`: the user may open another conversation between the click and the message, and the console sends into the one that is open.
 * With it, the console is asked right before the message is posted. Without it, the message goes to whatever conversation is open.
 */
export type SendMessage = (message: SendParams | readonly SendParams[], options?: SendOptions) => Promise<boolean>;
