import {
  type Api,
  type Catalogue,
  type Failure,
  JuziError,
  type Params,
  type Res,
  type SendParams,
  type Success,
  call,
  init,
  juziWx,
  oauth,
  patch,
} from 'juzi-helper-wasm';
import * as compat from 'juzi-helper-wasm/compat';
import 'juzi-helper-wasm/juzi-helper.js';
import { type Equal, expectType } from './expect.mjs';

/** What only some consoles send. */
declare module 'juzi-helper-wasm' {
  interface BaseInfo {
    orgName?: string;
  }
}

// ---- Options ----

await init();
await init({});
const running = await init({ allowedHosts: ['https://*.juzibot.com'], timeout: 500, force: true, bridge: false, debug: true });
await init({ allowedHosts: 'https://a.example https://b.example' });
await init({ record: true });
await init({ record: 'ctrl+alt+r' });
// @ts-expect-error on, off, or keys
await init({ record: 1 });
const report = await running.report();
expectType<number>()(report.dropped);
expectType<'request' | 'answer' | 'push' | undefined>()(report.messages[0]?.kind);
expectType<string | undefined>()(report.marks[0]?.stack);
// @ts-expect-error a report is not changed
report.dropped = 0;
expectType<void>()(await running.saveReport());
expectType<'ok' | 'wechat-ua' | 'not-framed' | 'no-sidebar-param'>()(running.env.reason);
expectType<string | null>()(running.env.hostOrigin);
await init({ fallback: () => import('juzi-helper-wasm/compat') });
await init({ wasm: new URL('./juzi_helper_bg.wasm', import.meta.url) });
await init({ wasm: fetch('/juzi_helper_bg.wasm') });
await init({ wasm: new Uint8Array(8) });
await init({ wasm: await WebAssembly.compile(new Uint8Array(8)) });
// @ts-expect-error the WebAssembly is no number
await init({ wasm: 1 });
// @ts-expect-error the fallback is imported when it is needed
await init({ fallback: compat });
// @ts-expect-error the fallback is an entry of this package
await init({ fallback: () => import('juzi-helper-wasm/oauth') });
// @ts-expect-error before init there may be no env
juziWx.env.reason;
// @ts-expect-error no such option
await init({ allowHosts: [] });
// @ts-expect-error milliseconds are a number
await init({ timeout: '500' });
// @ts-expect-error env is read only
running.env = running.env;

// ---- Messages: a union discriminated by msgtype ----

const url = 'https://page.example/a.png';
const card = { appid: 'wx1', title: 't', imgUrl: url, page: 'p', desc: 'd', iconUrl: url, officialAccountId: 'gh_1' };
const messages: SendParams[] = [
  { msgtype: 'text', text: { content: 'Hi' } },
  { msgtype: 'image', image: { url } },
  { msgtype: 'video', video: { url, title: 't' } },
  { msgtype: 'file', file: { url, title: undefined } },
  { msgtype: 'news', news: { link: url, title: 't', desc: 'd', imgUrl: url } },
  { msgtype: 'miniprogram', miniprogram: card },
];
for (const message of messages) {
  if (message.msgtype === 'news') expectType<string>()(message.news.link);
  // @ts-expect-error only a text has text
  if (message.msgtype === 'news') message.text;
}
await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hi' } });
// @ts-expect-error a wrong msgtype
await juziWx.sendChatMessage({ msgtype: 'voice', voice: { url } });
// @ts-expect-error the member of another type
await juziWx.sendChatMessage({ msgtype: 'text', image: { url } });
// @ts-expect-error a missing field
await juziWx.sendChatMessage({ msgtype: 'text', text: {} });
// @ts-expect-error a field of the wrong type
await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 1 } });
// @ts-expect-error a field that there is not
await juziWx.sendChatMessage({ msgtype: 'image', image: { url, mediaid: 'm' } });
const { officialAccountId: _, ...incomplete } = card;
// @ts-expect-error a card without one of its fields
await juziWx.sendChatMessage({ msgtype: 'miniprogram', miniprogram: incomplete });
// @ts-expect-error params are required
await juziWx.sendChatMessage();
await juziWx.sendMultiChatMessage(messages);
await juziWx.sendMultiChatMessage({ messages });
// @ts-expect-error messages are messages
await juziWx.sendMultiChatMessage({ messages: ['Hi'] });

// ---- invoke infers params and result from the name ----

expectType<string>()((await juziWx.invoke('getCurExternalContact')).userId);
expectType<string>()((await juziWx.invoke('getCurExternalChat', {})).chatId);
expectType<0 | 1>()((await juziWx.invoke('getCurChatInfo', {})).type);
expectType<string>()((await juziWx.invoke('sidebarAuth')).data.baseInfo.code);
expectType<string | undefined>()((await juziWx.invoke('sidebarAuth')).data.baseInfo.orgName);
expectType<'single_chat_tools' | 'group_chat_tools'>()((await juziWx.invoke('getContext')).entry);
expectType<boolean | undefined>()((await juziWx.invoke('checkJsApi', { jsApiList: ['config'] })).checkResult['config']);
expectType<'previewImage:ok'>()((await juziWx.invoke('previewImage', { urls: [url], current: url })).err_msg);
expectType<string>()((await juziWx.openEnterpriseChat({ userIds: 'lin', externalUserIds: 'wmA' })).chatId);
await juziWx.openEnterpriseChat({ userIds: 'lin', chatId: 'wrB' });
await juziWx.agentConfig({ corpid: 'ww1', agentid: 1 });
// @ts-expect-error an unknown api
await juziWx.invoke('hideMenuItems', {});
// @ts-expect-error one of chatId and externalUserIds is required
await juziWx.invoke('openEnterpriseChat', { userIds: 'lin' });
// @ts-expect-error the params of another call
await juziWx.invoke('previewImage', { msgtype: 'text' });
// @ts-expect-error the only reqType is listen
await juziWx.updateBaseInfo({ reqType: 'once' });
// @ts-expect-error params are required
await juziWx.invoke('checkJsApi');

// ---- Callbacks ----

juziWx.invoke('getCurExternalContact', {}, (res) => {
  if (res.err_msg === 'getCurExternalContact:ok') expectType<string>()(res.userId);
  else expectType<undefined>()(res.userId);
  if (res.errCode === 0) expectType<string>()(res.userId);
  // @ts-expect-error before it is known to have succeeded there may be no id
  const id: string = res.userId;
});
juziWx.invoke('sendChatMessage', { msgtype: 'text', text: { content: '' } }, (res) => {
  if (res.err_msg === 'text content is empty') expectType<-1>()(res.errCode);
  // @ts-expect-error another call's text
  if (res.err_msg === 'previewImage:ok') return;
});
const nothing = juziWx.getCurExternalChat({
  success: (res) => expectType<string>()(res.chatId),
  fail: (res) => expectType<`getCurExternalChat:fail${string}`>()(res.err_msg),
  complete: (res) => expectType<Res<'getCurExternalChat'>>()(res),
});
expectType<undefined>()(nothing);
expectType<undefined>()(juziWx.invoke('getCurChatInfo', { success: ({ name }) => expectType<string>()(name) }));
expectType<undefined>()(juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hi' }, complete() {} }));
expectType<undefined>()(
  juziWx.updateBaseInfo({ reqType: 'listen', success: ({ data }) => expectType<string>()(data.baseInfo.juziChatId) }),
);
expectType<Promise<Success<'sidebarAuth'>>>()(juziWx.sidebarAuth({ signal: new AbortController().signal }));
// @ts-expect-error a signal is an AbortSignal
await juziWx.sidebarAuth({ signal: true });
// @ts-expect-error a callback is a function
juziWx.getCurExternalChat({ success: true });

juziWx.ready(() => {});
juziWx.error((res) => expectType<unknown>()(res));
juziWx.on('updateBaseInfo', ({ data }) => expectType<string>()(data.baseInfo.juziChatWxid));
// @ts-expect-error no such event
juziWx.on('switch', () => {});
// @ts-expect-error the function is required
juziWx.off('updateBaseInfo');

// ---- Errors ----

try {
  await juziWx.getCurExternalContact();
} catch (error) {
  if (error instanceof JuziError) {
    expectType<string>()(error.api);
    expectType<string>()(error.err_msg);
    if (error.code === 'not_in_sidebar') error.res.errMsg;
    // @ts-expect-error no such code
    if (error.code === 'no_sidebar') error.res;
  }
}
// @ts-expect-error errors are the helper's to make
new JuziError('config', {});

// ---- patch, window, the other entries, oauth ----

const weixin = { ready: (_callback: (a: number) => void) => {}, hideMenuItems: (_menu: { menuList: string[] }) => {} };
const wx = patch(weixin);
wx.hideMenuItems({ menuList: [] });
expectType<string>()((await wx.getCurExternalContact()).userId);
// @ts-expect-error wx must be an object
patch('wx');
expectType<string | undefined>()(window.juziWx?.env.version);
// A function of one's own around the calls.
const logged = <A extends Api>(api: A, params: Params<A>): Promise<Success<A>> => call(api, params, { timeout: 5_000 });
expectType<string>()((await logged('getCurExternalContact', {})).userId);
expectType<string>()((await call('getCurChatInfo', {})).name);
// @ts-expect-error the text has no content
call('sendChatMessage', { msgtype: 'text', text: {} });
expectType<() => void>()(juziWx.on('updateBaseInfo', () => {}));
window.juziHelperOptions = { allowedHosts: ['https://*.example.com'], timeout: 5_000, force: true, bridge: false, debug: true };
window.juziHelperOptions = { allowedHosts: 'https://a.example https://b.example' };
// @ts-expect-error it is misspelt
window.juziHelperOptions = { allowedHost: [] };
// @ts-expect-error the tag has no such option
window.juziHelperOptions = { fallback: () => import('juzi-helper-wasm/compat') };
expectType<typeof init>()(compat.init);
expectType<string>()(oauth.newState());

// ---- The catalogue's own consistency ----

type CallsOfCatalogue = { [A in Api]: Catalogue[A] };
expectType<true>()(true as Equal<keyof CallsOfCatalogue, keyof Catalogue>);
declare const failure: Failure;
expectType<-1>()(failure.errCode);
