// The forms of a call: what it returns with a callback, without one, and with one that may be missing.
import {
  type CallOptions,
  type ErrorCode,
  type Events,
  JuziError,
  type LogEntry,
  type RunningJuziWx,
  type SendParams,
  type Success,
  init,
  isInSidebar,
  juziWx,
  whenReady,
} from 'juzi-helper-wasm';
import { expectType } from './expect.mjs';

type Contact = Success<'getCurExternalContact'>;
expectType<{ userId: string; err_msg: 'getCurExternalContact:ok'; errMsg: 'getCurExternalContact:ok'; errCode: 0 }>()({} as Contact);

// ---- No callback ----

expectType<Promise<Contact>>()(juziWx.getCurExternalContact());
expectType<Promise<Contact>>()(juziWx.getCurExternalContact({}));
expectType<Promise<Contact>>()(juziWx.getCurExternalContact(undefined));
expectType<Promise<Contact>>()(juziWx.getCurExternalContact(undefined, undefined));
expectType<Promise<Contact>>()(juziWx.getCurExternalContact({ success: undefined }));
expectType<Promise<Contact>>()(juziWx.getCurExternalContact({ timeout: 500, signal: AbortSignal.timeout(400) }));
expectType<Promise<Contact>>()(juziWx.getCurExternalContact({ timeout: undefined, signal: null }));
expectType<Promise<Contact>>()(juziWx.invoke('getCurExternalContact'));
expectType<Promise<Contact>>()(juziWx.invoke('getCurExternalContact', { timeout: 500 }));
declare const message: SendParams;
expectType<Promise<Success<'sendChatMessage'>>>()(juziWx.sendChatMessage({ ...message, timeout: 500 }));
expectType<Promise<Success<'config'>>>()(juziWx.config({ appId: 'ww1', jsApiList: [] }));
expectType<Promise<Success<'sendMultiChatMessage'>>>()(juziWx.sendMultiChatMessage([message]));
declare const anything: any;
expectType<Promise<Success<'sendChatMessage'>>>()(juziWx.sendChatMessage(anything));

// ---- A callback ----

expectType<undefined>()(juziWx.getCurExternalContact((res) => void (res.errCode === 0 && expectType<string>()(res.userId))));
expectType<undefined>()(
  juziWx.getCurExternalContact(function (res) {
    expectType<0 | -1>()(res.errCode);
  }),
);
expectType<undefined>()(juziWx.getCurExternalContact(() => {}));
expectType<undefined>()(juziWx.getCurExternalContact({}, (res) => void (res.errCode === 0 && expectType<string>()(res.userId))));
expectType<undefined>()(
  juziWx.getCurExternalContact({
    success(res) {
      expectType<string>()(res.userId);
    },
  }),
);
expectType<undefined>()(juziWx.agentConfig((res) => expectType<string>()(res.errMsg)));
expectType<undefined>()(juziWx.agentConfig({ corpid: 'ww1', fail: (res) => expectType<-1>()(res.errCode) }));
expectType<undefined>()(juziWx.sendChatMessage({ ...message, complete: (res) => expectType<string>()(res.errMsg) }));
expectType<undefined>()(juziWx.sendChatMessage({ ...message, timeout: 500 }, (res) => expectType<string>()(res.errMsg)));
expectType<undefined>()(juziWx.invoke('getCurExternalContact', (res) => void (res.errCode === 0 && expectType<string>()(res.userId))));
// @ts-expect-error a promise it is not
juziWx.getCurExternalContact(() => {}).then(() => {});
// @ts-expect-error what the callback takes is no result
juziWx.getCurExternalContact((res: { chatId: string }) => res);

// ---- A callback that may be missing ----

declare const success: ((res: Contact) => void) | undefined;
declare const optional: { success?: (res: Contact) => void };
declare const options: CallOptions<'getCurExternalContact'>;
declare const callback: ((res: { errMsg: string }) => void) | undefined;
expectType<Promise<Contact> | undefined>()(juziWx.getCurExternalContact({ success }));
expectType<Promise<Contact> | undefined>()(juziWx.getCurExternalContact(optional));
expectType<Promise<Contact> | undefined>()(juziWx.getCurExternalContact({ ...optional }));
expectType<Promise<Contact> | undefined>()(juziWx.getCurExternalContact(options));
expectType<Promise<Contact> | undefined>()(juziWx.getCurExternalContact({}, callback));
expectType<Promise<Contact> | undefined>()(juziWx.getCurExternalContact(callback));
expectType<Promise<Success<'sendChatMessage'>> | undefined>()(juziWx.sendChatMessage({ ...message, fail: callback }));
// @ts-expect-error without a check it is no promise
juziWx.getCurExternalContact({ success }).then(() => {});
/** A page's own function with the callbacks of the call. */
const contactOf = ({ success, fail }: CallOptions<'getCurExternalContact'> = {}) => juziWx.getCurExternalContact({ success, fail });
expectType<Promise<Contact> | undefined>()(contactOf({ success: ({ userId }) => expectType<string>()(userId) }));

// ---- Wrong arguments of a call without parameters ----

// @ts-expect-error a number
await juziWx.getCurExternalContact(5);
// @ts-expect-error a list
await juziWx.getCurExternalContact(['wmA']);
// @ts-expect-error null
await juziWx.getCurExternalContact(null);
// @ts-expect-error a member that it has not
await juziWx.invoke('sidebarAuth', { scope: 'all' });
// @ts-expect-error a callback is a function
juziWx.getCurExternalContact({}, 'done');
// @ts-expect-error only a callback, where parameters are required
juziWx.sendChatMessage(() => {});

// ---- The other names ----

expectType<boolean>()(isInSidebar());
isInSidebar({ force: true });
// @ts-expect-error force is the only option that counts
isInSidebar({ timeout: 5 });
expectType<RunningJuziWx>()(await whenReady);
await init({
  log(entry) {
    expectType<LogEntry>()(entry);
    if (entry.type === 'detected') expectType<RunningJuziWx['env']['reason']>()(entry.reason);
    if (entry.type === 'sent') expectType<string>()(entry.message.data.api);
    if (entry.type === 'ignored') expectType<string>()(entry.why);
    // @ts-expect-error no such entry
    if (entry.type === 'debug') return;
  },
});
// @ts-expect-error it is a function
await init({ log: true });

const listener = ({ data }: Events['updateBaseInfo']) => void data.baseInfo.juziChatId;
juziWx.on('updateBaseInfo', listener);
juziWx.off('updateBaseInfo', listener);

const error = new JuziError('sendChatMessage', 'timeout', { cause: 'the test' });
expectType<ErrorCode>()(error.code);
expectType<unknown>()(error.cause);
new JuziError('sendChatMessage', { err_msg: 'text content is empty', errMsg: 'text content is empty', errCode: -1 });
// @ts-expect-error the answer is required
new JuziError('sendChatMessage');
