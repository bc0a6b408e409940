/// <reference path="./window.d.ts" />
/**
 * The sidebar helper of Juzi (句子秒回), the chat console for WeCom.
 *
 * ```ts
 * import { init, juziWx } from 'juzi-helper-wasm';
 *
 * await init();
 * const { userId } = await juziWx.getCurExternalContact();
 * await juziWx.sendChatMessage({ msgtype: 'text', text: { content: `Hello ${userId}` } });
 * ```
 *
 * The import has no side effects, in a browser, a worker or a server. `init()` installs the helper and needs a browser. A call
 * made before `init()` has finished waits for it. Without a window, calls fail with `not in sidebar`.
 *
 * @packageDocumentation
 */
export * as oauth from './oauth.js';

// ---- Messages -----------------------------------------------------------------------------------------------------------

// generated: messages (`./build.sh generate` writes this part from src/message/shapes.rs)
/** The body of a text message. */
export interface Text {
  /** The text; not empty. */
  content: string;
}

/** The body of a message that carries a file: a picture, a video or any other. The console fetches it. */
export interface Medium {
  /** Its http or https URL; not empty. */
  url: string;
  /** Its name. */
  title?: string | undefined;
}

/** The body of a link, shown as a card. */
export interface News {
  /** The URL to which the card leads; not empty. */
  link: string;
  /** The card's heading. */
  title?: string | undefined;
  /** The text under the heading. */
  desc?: string | undefined;
  /** The URL of the card's picture. */
  imgUrl?: string | undefined;
}

/** The body of a mini program, shown as a card. All members are required and must not be empty. */
export interface Miniprogram {
  /** Its app id. */
  appid: string;
  /** The card's heading. */
  title: string;
  /** The URL of the card's picture, which starts with `http://` or `https://`. */
  imgUrl: string;
  /** The path of the page to open in it. */
  page: string;
  /** The text under the heading. */
  desc: string;
  /** The URL of its icon. */
  iconUrl: string;
  /** The id of the official account that it belongs to (`gh_…`). */
  officialAccountId: string;
}

/**
 * One message for the conversation: its type, and the member of that name.
 *
 * ```ts
 * const text: SendParams = { msgtype: 'text', text: { content: '你好' } };
 * const image: SendParams = { msgtype: 'image', image: { url: 'https://page.example/menu.png' } };
 * const card: SendParams = { msgtype: 'news', news: { link: 'https://page.example/', title: 'Our menu' } };
 * ```
 */
export type SendParams =
  | {
      /** The type of the message. */
      msgtype: 'text';
      /** Its body. */
      text: Text;
    }
  | {
      /** The type of the message. */
      msgtype: 'image';
      /** Its body. */
      image: Medium;
    }
  | {
      /** The type of the message. */
      msgtype: 'video';
      /** Its body. */
      video: Medium;
    }
  | {
      /** The type of the message. */
      msgtype: 'file';
      /** Its body. */
      file: Medium;
    }
  | {
      /** The type of the message. */
      msgtype: 'news';
      /** Its body. */
      news: News;
    }
  | {
      /** The type of the message. */
      msgtype: 'miniprogram';
      /** Its body. */
      miniprogram: Miniprogram;
    };
// generated: end

/** The six types of message. */
export type MessageType = SendParams['msgtype'];

// ---- The catalogue ------------------------------------------------------------------------------------------------------

/**
 * Information from the console about the open conversation, with a code to log its user in. Members that only your console sends are
 * there too. Declare them, in a file of your own, to read them:
 *
 * ```ts
 * declare module 'juzi-helper-wasm' {
 *   interface BaseInfo {
 *     corpId?: string;
 *   }
 * }
 * ```
 */
export interface BaseInfo {
  /** A one-time OAuth code. Send it to your server, which redeems it with `oauth.getUserInfo`. It expires after 5 minutes. */
  code: string;
  /** Juzi's id of the conversation. */
  juziChatId: string;
  /** Juzi's id of the contact or group. */
  juziChatWxid: string;
}

/** The open conversation. Declare members that only your console sends as for {@link BaseInfo}. */
export interface ChatInfo {
  /** Juzi's id of the conversation. */
  id: string;
  /** The same id, as Juzi's documentation spells it. */
  Id: string;
  /** The name that the console shows. */
  name: string;
  /** 0 for a single chat, 1 for a group. */
  type: 0 | 1;
  /** Whether the conversation includes a person outside the company. */
  external: boolean;
  /** Single chat: the contact's WeCom id, the same as `userId` of `getCurExternalContact`. */
  wxUserId?: string;
  /** Group: the group's WeCom id, the same as `chatId` of `getCurExternalChat`. */
  wxChatId?: string;
  /** The managed account that the conversation belongs to. */
  botId?: string;
}

/** The chat that was opened. Declare members that only your console sends as for {@link BaseInfo}. */
export interface OpenedChat {
  /** Juzi's id of the conversation. */
  chatId: string;
}

/** The people or the group to open a chat with. An empty string counts as left out. */
export type OpenEnterpriseChatParams = {
  /** The employees, separated by `;`. Required. */
  userIds: string;
} & (
  | {
      /** The outside contacts, separated by `;`. They take precedence over `chatId`. */
      externalUserIds: string;
      /** An existing group, which is not used here. */
      chatId?: string | undefined;
    }
  | {
      /** An existing group. */
      chatId: string;
      /** Empty, if it is given at all. */
      externalUserIds?: '' | undefined;
    }
);

/** No parameters: `{}`, or nothing at all. */
export type NoParams = Record<never, never>;
/** Parameters in WeCom's form. Any members are allowed. */
export type AnyParams = { readonly [member: string]: any };

// generated: calls (`./build.sh generate` writes this part from src/api.rs)
/** For each call its parameters, and what its answer carries beside the error texts. */
export interface Catalogue {
  getCurExternalContact: {
    params: NoParams;
    result: {
      /** The contact's WeCom id. */
      userId: string;
    };
  };
  getCurExternalChat: {
    params: NoParams;
    result: {
      /** The group's WeCom id. */
      chatId: string;
    };
  };
  getCurChatInfo: { params: NoParams; result: ChatInfo };
  getContext: {
    params: NoParams;
    result: {
      /** The kind of conversation, in WeCom's words. */
      entry: 'single_chat_tools' | 'group_chat_tools';
    };
  };
  sidebarAuth: {
    params: NoParams;
    result: {
      /** What the console sends. */
      data: {
        /** The open conversation, with a code. */
        baseInfo: BaseInfo;
      };
    };
  };
  sendChatMessage: { params: SendParams; result: unknown };
  sendMultiChatMessage: {
    params:
      | readonly SendParams[]
      | {
          /** From 1 to 100 messages, in the order in which they are sent. */
          messages: readonly SendParams[];
        };
    result: unknown;
  };
  openEnterpriseChat: { params: OpenEnterpriseChatParams; result: OpenedChat };
  previewImage: {
    params: {
      /** The addresses, at most 1,000. */
      urls: readonly string[];
      /** The first to show. */
      current?: string | undefined;
    };
    result: unknown;
  };
  updateBaseInfo: {
    params: {
      /** Always `listen`. */
      reqType: 'listen';
    };
    result: {
      /** What the console sends. */
      data: {
        /** The open conversation, with a code. */
        baseInfo: BaseInfo;
      };
    };
  };
  config: { params: AnyParams; result: unknown };
  agentConfig: { params: AnyParams; result: unknown };
  checkJsApi: {
    params: {
      /** The names of the calls. */
      jsApiList: readonly string[];
    };
    result: {
      /** Whether each call is available, by its name. */
      checkResult: Record<string, boolean>;
    };
  };
}

/** A name that `invoke` knows. */
export type Api =
  | 'getCurExternalContact'
  | 'getCurExternalChat'
  | 'getCurChatInfo'
  | 'getContext'
  | 'sidebarAuth'
  | 'sendChatMessage'
  | 'sendMultiChatMessage'
  | 'openEnterpriseChat'
  | 'previewImage'
  | 'updateBaseInfo'
  | 'config'
  | 'agentConfig'
  | 'checkJsApi';

/** What the answer to a failed call still has, with the value `undefined`. */
type Cleared<A extends Api> = A extends 'getCurExternalContact'
  ? { userId?: undefined }
  : A extends 'getCurExternalChat'
    ? { chatId?: undefined }
    : unknown;
// generated: end

/** The parameters of a call. */
export type Params<A extends Api> = Catalogue[A]['params'];

/** The same type with its members written out, so that an editor shows them. */
type Flat<T> = { [K in keyof T]: T[K] } & {};
type Bare<A extends Api> = A extends 'sendChatMessage' ? 'text content is empty' | 'url is empty' : never;
/** The answer to a call that succeeded. */
export type Success<A extends Api> = Flat<
  Catalogue[A]['result'] & {
    /** That the call succeeded. */
    err_msg: `${A}:ok`;
    /** The same text, as jweixin spells it. */
    errMsg: `${A}:ok`;
    /** 0 for success. */
    errCode: 0;
  }
>;

/** The answer to a call that failed. */
export type Failure<A extends Api = Api> = Cleared<A> & {
  /** `<api>:fail <reason>`. An error text from the console is passed on unchanged. */
  err_msg: `${A}:fail${string}` | Bare<A>;
  /** The same text, as jweixin spells it. */
  errMsg: string;
  /** -1 for failure. */
  errCode: -1;
};

/**
 * The argument of a callback. Compare `err_msg` to tell success and failure apart:
 *
 * ```ts
 * juziWx.invoke('getCurExternalContact', {}, (res) => {
 *   if (res.err_msg === 'getCurExternalContact:ok') show(res.userId);
 *   else warn(res.err_msg);
 * });
 * ```
 */
export type Res<A extends Api> = Success<A> | Failure<A>;

/** A callback for every outcome. */
export type Callback<A extends Api> = (res: Res<A>) => void;

/** Callbacks in the parameters. If at least one is given, the call returns nothing. */
export interface Callbacks<A extends Api> {
  /** Called if the call succeeds. */
  success?: ((res: Success<A>) => void) | undefined;
  /** Called if the call fails. */
  fail?: ((res: Failure<A>) => void) | undefined;
  /** Called after either of them. */
  complete?: ((res: Res<A>) => void) | undefined;
}

/** What ends a call early. Neither is sent to the console. */
export interface CallSettings {
  /**
   * Aborts the call: it fails with `<api>:fail aborted`, and the error's `cause` is the signal's reason. A call that was already
   * posted to the console may still take effect.
   */
  signal?: AbortSignal | null | undefined;
  /**
   * Milliseconds from now, from 1 to 2147483647, after which the call fails with `<api>:fail timeout`. It takes precedence over the
   * option `timeout`, and counts while the call waits for `init`.
   */
  timeout?: number | null | undefined;
}

/** What can stand beside the parameters of a call. */
export interface CallOptions<A extends Api> extends Callbacks<A>, CallSettings {}

// ---- The form of a call -------------------------------------------------------------------------------------------------
// There is one signature and no overload, so that a mistake is reported where it is. `R` is what the caller gives: the compiler
// infers it from the branch that names it, checks the arguments against the other branch, and `Returned` reads from it whether there
// is a callback.

type AnyFunction = (...given: never) => unknown;
/** The parameters of a call with its options. A call without parameters takes the options alone, and so no other member. */
type ParamsOf<A extends Api> =
  NoParams extends Params<A> ? (string extends keyof Params<A> ? AnyParams & CallOptions<A> : CallOptions<A>) : Params<A> & CallOptions<A>;
/** While the argument is not known yet. From this, the functions in a mistaken argument get the type of their parameter. */
type Likely<A extends Api> = ParamsOf<A> | Callback<A> | (CallOptions<A> & { [member: string]: string | Callback<A> });
/** A call that needs no parameters may get a callback in their place. */
type FirstOf<A extends Api, G> =
  NoParams extends Params<A>
    ? [G] extends [AnyFunction]
      ? Callback<A>
      : [Extract<G, AnyFunction>] extends [never]
        ? ParamsOf<A>
        : ParamsOf<A> | Callback<A>
    : ParamsOf<A>;
type First<A extends Api, G> = [unknown] extends [G] ? Likely<A> : FirstOf<A, G>;
type Given<A extends Api, R extends readonly unknown[]> = [R] extends [never]
  ? R
  : NoParams extends Params<A>
    ? [params?: First<A, R[0]> | undefined, callback?: Callback<A> | undefined]
    : [params: First<A, R[0]>, callback?: Callback<A> | undefined];

/** Whether the callback of this name is in the parameters. */
type Has<G, K extends PropertyKey> = K extends keyof G
  ? G extends { [_ in K]: AnyFunction }
    ? 'yes'
    : G[K] extends undefined
      ? 'no'
      : 'maybe'
  : 'no';
type HasAny<G> = G extends AnyFunction ? 'yes' : Has<G, 'success' | 'fail' | 'complete'>;
/** Whether there is a callback beside the parameters. */
type IsCallback<C> = unknown extends C ? 'no' : [C] extends [undefined] ? 'no' : [C] extends [AnyFunction] ? 'yes' : 'maybe';
type Outcome<A extends Api, H> = 'yes' extends H ? undefined : 'maybe' extends H ? Promise<Success<A>> | undefined : Promise<Success<A>>;
type IsAny<T> = 0 extends 1 & T ? true : false;
/** A promise; undefined with a callback; either of them if the callback is optional. */
type Returned<A extends Api, G, C> =
  IsAny<G> extends true ? Outcome<A, IsCallback<C>> : G extends unknown ? Outcome<A, HasAny<G> | IsCallback<C>> : never;

/**
 * A call as a method. It takes callbacks or returns a promise. `P` and `S` show the parameters and the result in an editor; nothing else
 * depends on them.
 */
export interface Method<A extends Api, P = Params<A>, S = Success<A>> {
  <R extends readonly unknown[]>(...given: Given<A, R>): Returned<A, R[0], R[1]>;
}

/** A call by its name. It takes one callback for every outcome, or callbacks in its parameters, or returns a promise. */
export interface Invoke {
  <A extends Api, R extends readonly unknown[]>(api: A, ...given: Given<A, R>): Returned<A, R[0], R[1]>;
}

/** The events of `on` and `off`, each with the argument of its callback. */
export interface Events {
  /** The user has switched to another conversation. */
  updateBaseInfo: Success<'updateBaseInfo'>;
}

/** All calls. The helper defines them on `window.juziWx`, and in the sidebar on `window.wx` and on objects passed to `patch`. */
export interface JuziCalls {
  /**
   * Makes a call by its name.
   *
   * ```ts
   * juziWx.invoke('sendChatMessage', { msgtype: 'text', text: { content: 'Hi' } }, ({ err_msg }) => console.log(err_msg));
   * const { chatId } = await juziWx.invoke('getCurExternalChat');
   * ```
   */
  invoke: Invoke;

  /**
   * The outside contact of a single chat.
   *
   * ```ts
   * const { userId } = await juziWx.getCurExternalContact();
   * ```
   */
  getCurExternalContact: Method<'getCurExternalContact'>;

  /**
   * The group of a group conversation. Fails in a single chat.
   *
   * ```ts
   * const { chatId } = await juziWx.getCurExternalChat();
   * ```
   */
  getCurExternalChat: Method<'getCurExternalChat'>;

  /**
   * The open conversation, of either kind.
   *
   * ```ts
   * const { id, name, type } = await juziWx.getCurChatInfo();
   * if (type === 1) console.log(`the group ${name}`);
   * ```
   */
  getCurChatInfo: Method<'getCurChatInfo'>;

  /**
   * The kind of conversation from which the page was opened, in WeCom's form.
   *
   * ```ts
   * const { entry } = await juziWx.getContext();
   * const group = entry === 'group_chat_tools';
   * ```
   */
  getContext: Method<'getContext'>;

  /**
   * Gets a code to log the user in without a redirect. After this call the console pushes `updateBaseInfo` when the user
   * switches the conversation.
   *
   * ```ts
   * const { data } = await juziWx.sidebarAuth();
   * await fetch('/login', { method: 'POST', body: data.baseInfo.code });
   * ```
   */
  sidebarAuth: Method<'sidebarAuth'>;

  /**
   * Sends one message into the conversation. It fails with `timeout` after 60 s, because the user must not be told too soon to
   * send again.
   *
   * ```ts
   * await juziWx.sendChatMessage({ msgtype: 'image', image: { url: 'https://page.example/menu.png' } });
   * ```
   */
  sendChatMessage: Method<'sendChatMessage'>;

  /**
   * Sends several messages. All of them are checked before any is sent. The error names the bad one: `messages[2]: url is empty`.
   *
   * ```ts
   * await juziWx.sendMultiChatMessage({
   *   messages: [
   *     { msgtype: 'text', text: { content: 'Our menu:' } },
   *     { msgtype: 'file', file: { url: 'https://page.example/menu.pdf', title: 'menu.pdf' } },
   *   ],
   * });
   * ```
   */
  sendMultiChatMessage: Method<'sendMultiChatMessage'>;

  /**
   * Opens the chat with a contact, or a group.
   *
   * ```ts
   * const { chatId } = await juziWx.openEnterpriseChat({ userIds: 'lin', externalUserIds: 'wmA' });
   * ```
   */
  openEnterpriseChat: Method<'openEnterpriseChat'>;

  /**
   * Shows images over the whole console. Addresses are resolved against the page's address, and the result must be http or
   * https. Without `current` the first image is shown.
   *
   * ```ts
   * await juziWx.previewImage({ urls: ['/menu-1.png', '/menu-2.png'], current: '/menu-2.png' });
   * ```
   */
  previewImage: Method<'previewImage'>;

  /**
   * Waits for the next switch of conversation, once. Use `on` for all switches.
   *
   * ```ts
   * juziWx.updateBaseInfo({ reqType: 'listen', success: ({ data }) => show(data.baseInfo.juziChatId) });
   * ```
   */
  updateBaseInfo: Method<'updateBaseInfo'>;

  /**
   * Succeeds. The parameters are not checked, because Juzi needs no signature.
   *
   * ```ts
   * juziWx.config({ appId: 'ww…', timestamp: 1, nonceStr: 'n', signature: 's', jsApiList: [] });
   * ```
   */
  config: Method<'config'>;

  /**
   * Succeeds. The parameters are not checked.
   *
   * ```ts
   * juziWx.agentConfig({ success: () => start() });
   * ```
   */
  agentConfig: Method<'agentConfig'>;

  /**
   * Checks which calls are available.
   *
   * ```ts
   * const { checkResult } = await juziWx.checkJsApi({ jsApiList: ['sendChatMessage'] });
   * if (checkResult['sendChatMessage']) enable();
   * ```
   */
  checkJsApi: Method<'checkJsApi'>;

  /**
   * Calls the function when the helper runs, at once if it already does.
   *
   * ```ts
   * juziWx.ready(() => start());
   * ```
   */
  ready(callback: () => void): undefined;

  /**
   * Registers a function. It is called if the helper cannot run: its file is missing, WebAssembly is refused, or `init` received
   * bad options. It is not called in any other case: a failed call is reported to its own callbacks.
   *
   * ```ts
   * juziWx.error((res) => console.error(res)); // { err_msg: 'config:fail webassembly blocked', … }
   * ```
   */
  error(callback: (res: unknown) => void): undefined;

  /**
   * Calls the function at every switch of conversation after the first `sidebarAuth`.
   *
   * ```ts
   * await juziWx.sidebarAuth();
   * const stop = juziWx.on('updateBaseInfo', ({ data }) => show(data.baseInfo.juziChatId));
   * ```
   *
   * @returns a function that ends the subscription, as `off` does.
   */
  on<E extends keyof Events>(event: E, callback: (res: Events[E]) => void): () => void;

  /**
   * Ends a subscription made by `on` with the same function.
   *
   * ```ts
   * juziWx.off('updateBaseInfo', show);
   * ```
   */
  off<E extends keyof Events>(event: E, callback: (res: Events[E]) => void): undefined;

  /** Distinguishes the helper's calls from those of any other SDK. */
  readonly isJuziWx: true;
}

/** What the helper detected when it started. */
export interface Env {
  /** Whether the page is in Juzi's sidebar. */
  inSidebar: boolean;
  /** If not in the sidebar, why: inside WeChat or WeCom itself; not in a frame; nothing tells that it is the sidebar's page. */
  reason: 'ok' | 'wechat-ua' | 'not-framed' | 'no-sidebar-param';
  /**
   * How the page is known to be the sidebar's: `juziSidebar` in its URL (`url`), or in the URL with which the document was opened
   * (`navigation`); what the frame was before (`session`); the answer of Juzi's login (`authorize`); the option `force`. Null outside
   * the sidebar.
   */
  detectedBy: 'url' | 'navigation' | 'session' | 'authorize' | 'force' | null;
  /** Whether a global `wx` was taken over. */
  wxPatched: boolean;
  /** The console's origin. It is null until the first answer, in browsers that do not report the origin. */
  hostOrigin: string | null;
  /** The version of this package. */
  version: string;
  /** WebAssembly, or the same module as JavaScript if WebAssembly is not allowed. */
  engine: 'wasm' | 'js';
}

/** The helper. */
export interface JuziWx extends JuziCalls {
  /** Takes over an object that is not global. The same function as this module's {@link patch}. */
  patch: typeof patch;
  /** What was detected; undefined until the helper runs. */
  readonly env: Env | undefined;
  /**
   * What has happened in the page, for whoever looks for a fault: with the option `record`, the newest messages, decisions and errors. It
   * has the contents of messages; login codes are masked. It rejects if nothing is recorded.
   *
   * ```ts
   * const text = JSON.stringify(await juziWx.report());
   * ```
   */
  report(): Promise<Report>;
  /**
   * Saves the report as a file in the browser's downloads. The workbench opens it. Browsers may ask for a click before.
   *
   * ```ts
   * button.onclick = () => juziWx.saveReport();
   * ```
   */
  saveReport(): Promise<void>;
}

/**
 * What `juziWx.report()` gives: the format `juzi-report`, which the document `docs/report-format.md` of the repository describes, with a
 * JSON Schema. The workbench's exported logs are of the same format.
 */
export interface Report {
  /** The name of the format. */
  readonly format: 'juzi-report';
  /** The version of the format. */
  readonly version: 1;
  /** Who has recorded it: a page, not a simulated console. */
  readonly by: 'page';
  /** The page's address, without the values of its own parameters and without its fragment. */
  readonly page: string;
  /** When the recording began, as ISO 8601. */
  readonly startedAt: string;
  /** When the report was made, as ISO 8601. */
  readonly exportedAt: string;
  /** What the browser says of itself. */
  readonly browser: ReportedBrowser;
  /** What was detected, and the options that the page gives. */
  readonly helper: ReportedHelper;
  /** How many older entries are gone: a page keeps 1,000, and at most 2 MB. */
  readonly dropped: number;
  /** The messages between the page and the console, oldest first. */
  readonly messages: readonly ReportedMessage[];
  /** Decisions, failed calls, and the page's errors and unhandled rejections. */
  readonly marks: readonly ReportedMark[];
  /** Messages without an effect. Only of the console's own, the contents are here. */
  readonly ignored: readonly ReportedIgnored[];
}

/** The browser of a {@link Report}. */
export interface ReportedBrowser {
  /** `navigator.userAgent`. */
  readonly userAgent: string;
  /** `navigator.language`. */
  readonly language: string;
}

/** The helper of a {@link Report}. */
export interface ReportedHelper {
  /** `juziWx.env`; null if the helper does not run. */
  readonly env: Env | null;
  /** The options, by their names in `init`. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A message of a {@link Report}. */
export interface ReportedMessage {
  /** The number of its row in the workbench's log: an answer has its request's. */
  readonly row: number;
  /** Counts up. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What it is. */
  readonly kind: 'request' | 'answer' | 'push';
  /** `in` is from the page to the console. */
  readonly direction: 'in' | 'out';
  /** The call's name in the protocol. */
  readonly api: string;
  /** What connects a request and its answer. */
  readonly reqId: string | number | null;
  /** Of a request: how the call ended. */
  readonly outcome: 'pending' | 'ok' | 'fail' | 'sent';
  /** Milliseconds from the request to its end. */
  readonly duration: number | null;
  /** The message as it was posted. */
  readonly payload: unknown;
  /** The `seq` of the request. */
  readonly answers?: number;
  /** `at` as ISO 8601. */
  readonly time: string;
}

/** What happened around the messages of a {@link Report}. */
export interface ReportedMark {
  /** The number of its row in the workbench's log. */
  readonly row: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What happened: a decision, a call that failed, or an error of the page. */
  readonly mark: 'detected' | 'host' | 'failed' | 'error' | 'rejection';
  /** The reason, the origin, or the error's text. */
  readonly text: string;
  /** The stack of an error. */
  readonly stack?: string;
  /** `at` as ISO 8601. */
  readonly time: string;
}

/** A message of a {@link Report} that had no effect. */
export interface ReportedIgnored {
  /** Counts up, with the messages. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Why it had none. */
  readonly reason: string;
  /** The message, if the console has posted it in the protocol. */
  readonly payload?: unknown;
  /** `at` as ISO 8601. */
  readonly time: string;
}

/** The helper when it runs. */
export interface RunningJuziWx extends JuziWx {
  readonly env: Env;
}

// ---- The module ---------------------------------------------------------------------------------------------------------

/**
 * What the WebAssembly can come from: a URL (a string is resolved against the page), a response, bytes, or the compiled module. TypeScript
 * knows no members of a compiled module, so here it is any object.
 */
export type WasmSource = string | URL | Response | BufferSource | (object & WebAssembly.Module);

/**
 * The options of `init`. A malformed option is reported by name in the browser's console, and its default is used. The
 * exception is `allowedHosts`: then no origin is allowed. An option with any other name makes `init` reject.
 */
export interface InitOptions {
  /**
   * Origins that may be the console: exact, or every subdomain (`https://*.example.com`). `localhost` allows one on this machine, while
   * the page is there too. Default: any. A list, or a string with spaces as separators. If it has no usable entry, no origin is allowed,
   * and calls fail with `host unreachable`.
   */
  allowedHosts?: readonly string[] | string | undefined;
  /** Timeout of every call in milliseconds. Default: 10,000; 60,000 for messages and chats. */
  timeout?: number | undefined;
  /** Treat the page as in the sidebar even if its URL has lost `juziSidebar`, for example after a redirect. */
  force?: boolean | undefined;
  /** Provide `WeixinJSBridge`, so that WeChat's own SDKs work unchanged. Default: true. */
  bridge?: boolean | undefined;
  /** Log every message and decision to the browser's console. */
  debug?: boolean | undefined;
  /**
   * In the sidebar, `navigator.userAgent` of this frame says that it is WeCom (`wxwork` and `MicroMessenger`), for pages and SDKs that
   * refuse to start elsewhere. Code that then expects more of WeCom's own client does not find it. Default: the browser's own.
   */
  userAgent?: 'wxwork' | undefined;
  /**
   * Keeps what happens, for `juziWx.report()`; keys such as `'ctrl+alt+r'` also save the report as a file. The recorder is loaded only with
   * this option. A report has the contents of messages. Default: off.
   *
   * ```ts
   * await init({ record: true });
   * ```
   */
  record?: boolean | string | undefined;
  /**
   * For `juzi-helper-wasm/external`, in a page that keeps `juzi_helper_bg.wasm` itself: its URL, a response with it, its bytes, the
   * compiled module, or a promise of one of these. Default: the file beside the script. The other entries have the module inside and
   * do not use this option.
   *
   * ```ts
   * import { init } from 'juzi-helper-wasm/external';
   * import wasm from 'juzi-helper-wasm/wasm?url';
   *
   * await init({ wasm });
   * ```
   */
  wasm?: WasmSource | Promise<WasmSource> | undefined;
  /**
   * In place of `debug`: every message and decision goes to this function, soon after it has happened.
   *
   * ```ts
   * await init({ log: (entry) => entry.type === 'ignored' && console.warn(entry.why, entry.value) });
   * ```
   */
  log?: ((entry: LogEntry) => void) | undefined;
  /**
   * Loads the entry without WebAssembly, for when WebAssembly is not allowed or cannot be loaded. It is called only then. Calls
   * wait for it, and `env.engine` is `js`.
   *
   * ```ts
   * await init({ fallback: () => import('juzi-helper-wasm/compat') });
   * ```
   */
  fallback?: (() => Promise<{ readonly init: typeof init }>) | undefined;
}

/** What happened, for the option `log`. */
export type LogEntry =
  | { /** Whether the page is in the sidebar. */ type: 'detected'; reason: Env['reason'] }
  | { /** The console's origin, learnt from its first answer. */ type: 'host'; origin: string }
  | {
      /** A call was posted to the console. */ type: 'sent';
      message: { type: string; data: { api: string; reqId: string; params: unknown } };
    }
  | {
      /** The console answered a call, or pushed. */ type: 'received';
      message: { api: string; reqId?: unknown; data?: unknown; err_msg?: unknown };
    }
  | { /** A message, or the event of `on`, has no effect. */ type: 'ignored'; why: string; value: unknown };

/**
 * Installs the helper in the page, once. A second call returns the promise of the first, or rejects if it has other options. If
 * another copy was first (a script tag, or another bundle), its helper is used, with its options. If that copy cannot run, this
 * one takes its place.
 *
 * Outside the sidebar `init` also resolves. Calls then fail with `not in sidebar`, and `env.reason` says why.
 *
 * ```ts
 * const { env } = await init({ allowedHosts: ['https://*.juzibot.com', 'localhost'] });
 * if (!env.inSidebar) console.warn(env.reason);
 * ```
 *
 * @throws Rejects if there is no window, if an option is unknown or cannot be read, or if the WebAssembly cannot be loaded or is
 *   not allowed and there is no `fallback`. Calls then fail until another `init` succeeds.
 */
export function init(options?: InitOptions): Promise<RunningJuziWx>;

/** The calls. The same object as `window.juziWx`, unless another copy was first. */
export const juziWx: JuziWx;

/**
 * Makes a call by its name and always returns a promise, with plain types, for a function of your own around the calls:
 *
 * ```ts
 * async function logged<A extends Api>(api: A, params: Params<A>): Promise<Success<A>> {
 *   console.log(api);
 *   return call(api, params, { timeout: 5_000 });
 * }
 * ```
 *
 * @throws Rejects with a {@link JuziError}.
 */
export function call<A extends Api>(api: A, params: Params<A>, settings?: CallSettings): Promise<Success<A>>;

/**
 * The running helper: the promise of the first `init` that succeeds. It stays pending before that, and on a server.
 *
 * ```ts
 * const { env } = await whenReady;
 * ```
 */
export const whenReady: Promise<RunningJuziWx>;

/**
 * Whether the page is in the sidebar, at once and also before `init`; false on a server. `juziWx.env.reason` says why it is not,
 * once the helper runs.
 *
 * ```ts
 * const sdk = isInSidebar() ? await import('./juzi') : await import('./wecom');
 * ```
 *
 * @param options give `force` here if `init` will get it.
 */
export function isInSidebar(options?: Pick<InitOptions, 'force'>): boolean;

/** An object that `patch` has taken over. */
export type Patched<T extends object> = Omit<T, keyof JuziCalls> & JuziCalls;

/**
 * Adds the helper's calls to an SDK's object in place, for SDKs from npm that are not globals. Outside the sidebar the object stays
 * unchanged.
 *
 * ```ts
 * import weixin from 'weixin-js-sdk';
 *
 * await init();
 * const wx = patch(weixin);
 * ```
 *
 * @returns the same object, or one that inherits from it if it is frozen.
 * @throws TypeError if `wx` is not an object.
 */
export function patch<T extends object>(wx: T): Patched<T>;

/**
 * `JuziError.code`: one for each fixed reason, and `fail` for any other. The README says of each what causes it and what helps.
 */
export type ErrorCode =
  | 'not_in_sidebar'
  | 'timeout'
  | 'function_not_exist'
  | 'host_unreachable'
  | 'internal_error'
  | 'webassembly_blocked'
  | 'invalid_options'
  | 'aborted'
  | 'conversation_changed'
  | 'fail';

/**
 * The error of a failed call. Promises reject with it. An error of another copy of the helper is an instance too.
 *
 * ```ts
 * try {
 *   await juziWx.getCurExternalContact();
 * } catch (error) {
 *   if (error instanceof JuziError && error.code === 'not_in_sidebar') showHelp();
 *   else throw error;
 * }
 * ```
 */
export class JuziError extends Error {
  /**
   * For tests of a page's code. The reason becomes `<api>:fail <reason>`.
   *
   * ```ts
   * const error = new JuziError('sendChatMessage', 'timeout'); // error.code is 'timeout'
   * ```
   *
   * @param answer the reason, or the whole answer.
   */
  constructor(api: string, answer: string | JuziError['res'], options?: { cause?: unknown });
  readonly name: 'JuziError';
  /** The call. */
  readonly api: string;
  /** The same as `message`: `<api>:fail <reason>`. */
  readonly err_msg: string;
  /** The whole answer. */
  readonly res: { err_msg: string; errMsg: string; errCode: -1; [member: string]: unknown };
  /** A code for each fixed reason; `fail` for any other reason. */
  readonly code: ErrorCode;
  /** If the call was aborted, the reason of its `signal`. */
  readonly cause?: unknown;
}
