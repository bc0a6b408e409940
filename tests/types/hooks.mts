import type { ReactElement } from 'react';
import type { App, ComputedRef } from 'vue';
import type { BaseInfo, Env, JuziError, Report } from 'juzi-helper-wasm';
import { host } from 'juzi-helper-wasm/dev';
import { JuziProvider, useConversation, useJuzi, useSendMessage, type Conversation } from 'juzi-helper-wasm/react';
import { createJuzi, type ConversationState } from 'juzi-helper-wasm/store';
import * as vue from 'juzi-helper-wasm/vue';
import { expectType } from './expect.mjs';

// ---- React ----
expectType<ReactElement>()(JuziProvider({ options: { timeout: 5_000 }, children: 'text' }));
// @ts-expect-error no such option
JuziProvider({ options: { timeOut: 5_000 } });
const helper = useJuzi();
// @ts-expect-error undefined while the helper loads
helper.env.reason;
if (helper.state === 'outside') expectType<Env['reason']>()(helper.env.reason);
if (helper.state === 'failed') expectType<string>()(helper.error.message);
// @ts-expect-error no such state
if (helper.state === 'starting') throw helper.error;
const { conversation, baseInfo, error, refresh } = useConversation();
expectType<BaseInfo | undefined>()(baseInfo);
expectType<JuziError | undefined>()(error);
if (conversation?.kind === 'contact') expectType<string | undefined>()(conversation.userId);
if (conversation?.kind === 'group') expectType<string | undefined>()(conversation.chatId);
// @ts-expect-error a group has no such id
if (conversation?.kind === 'group') conversation.userId;
expectType<void>()(await refresh());
const { send, pending } = useSendMessage();
expectType<boolean>()(pending);
expectType<boolean>()(await send({ msgtype: 'text', text: { content: 'Hi' } }));
expectType<boolean>()(await send([{ msgtype: 'text', text: { content: 'Hi' } }]));
expectType<boolean>()(await send({ msgtype: 'text', text: { content: 'Hi' } }, { to: conversation }));
// @ts-expect-error a conversation, not its id
await send({ msgtype: 'text', text: { content: 'Hi' } }, { to: 'lin' });
// @ts-expect-error `to` is required, if there are options
await send({ msgtype: 'text', text: { content: 'Hi' } }, {});
expectType<void>()(await helper.retry());
expectType<Report>()(await helper.report());
// @ts-expect-error text is required
await send({ msgtype: 'text' });

// ---- Vue ----
declare const app: App;
app.use(vue.createJuzi({ allowedHosts: ['https://*.juzibot.com'] }));
// @ts-expect-error no such option
vue.createJuzi({ hosts: [] });
expectType<ComputedRef<'loading' | 'ready' | 'outside' | 'failed'>>()(vue.useJuzi().state);
expectType<ComputedRef<Env | undefined>>()(vue.useJuzi().env);
expectType<ComputedRef<Conversation | undefined>>()(vue.useConversation().conversation);
expectType<ComputedRef<boolean>>()(vue.useSendMessage().pending);
expectType<void>()(await vue.useJuzi().retry());
expectType<Report>()(await vue.useJuzi().report());
await vue.useSendMessage().send({ msgtype: 'text', text: { content: 'Hi' } }, { to: vue.useConversation().conversation.value });
// @ts-expect-error the ref itself would be read too late
await vue.useSendMessage().send({ msgtype: 'text', text: { content: 'Hi' } }, { to: vue.useConversation().conversation });
// @ts-expect-error a file needs its url
await vue.useSendMessage().send({ msgtype: 'file', file: { title: 'menu.pdf' } });

// ---- The same without a framework ----
const states = createJuzi({ timeout: 5_000 });
expectType<Promise<void>>()(states.start());
expectType<() => void>()(states.conversation.subscribe(() => {}));
expectType<ConversationState>()(states.conversation.get());
const running = states.helper.get();
if (running.state === 'ready') expectType<Env>()(running.env);
await states.conversation.refresh();
// @ts-expect-error an option of `init` that does not exist
createJuzi({ timeOut: 5_000 });

// ---- The console for development ----
host?.setChats([{ name: 'Lin', externalUserId: 'wmA' }]);
// @ts-expect-error undefined in production
host.restore();
