import { HOLD, NO_FAULTS, createHost, frameWindow, reset, sidebarUrl } from 'juzi-helper-wasm/testing';
import { createHost as openConsole } from 'juzi-helper-wasm/playwright';
import { expectType } from './expect.mjs';

const host = createHost({ contact: { externalUserId: 'wmA' }, chat: { chatId: 'wrB' }, faults: { latencyMs: 5 } });
host.answer('getCurExternalContact', { externalUserId: 'wmC' }, { times: 1 });
host.answer('sendChatMessage', (params, call) => (call.origin === '' ? HOLD : params));
host.fail('sendChatMessage', 'no permission');
host.setFaults(NO_FAULTS);
host.on('sent', ({ messages }) => expectType<string | undefined>()(messages[0]?.content['content']));
// @ts-expect-error a misspelt name
host.fail('sendChatMesage');
// @ts-expect-error the helper itself answers it
host.answer('config', {});
// @ts-expect-error the same
host.silence('getContext');
// @ts-expect-error a misspelt name
host.callsTo('getCurChatinfo');
// @ts-expect-error a misspelt name
createHost({ handlers: { sidebarauth: () => ({}) } });
// @ts-expect-error a misspelt name
host.setFaults({ errors: { sendMessage: 'no' } });
createHost({ hostOrigin: 'https://chat.juzibot.com', handlers: { sidebarAuth: () => HOLD }, faults: { errors: { getCurChatInfo: 'no' } } });
expectType<void>()(reset());
// @ts-expect-error no such event
host.on('sending', () => {});
// @ts-expect-error the two modes are postMessage and reload
createHost({ mode: 'push' });
expectType<string>()((await host.nextCall('sidebarAuth', { timeout: 10 })).origin);
expectType<string>()(sidebarUrl('https://page.example/', { mode: host.mode, chat: host.current }));
// @ts-expect-error there may be no conversation
host.current.id;
expectType<'ok' | 'mode' | 'not-authorized' | 'superseded' | 'no-page' | 'no-chat'>()((await host.push()).reason);
createHost({ ...frameWindow(window), chats: [{ type: 1 }] });

/** The part of Playwright's `Page` that the kit uses. */
declare const page: {
  on(event: 'close', listener: () => void): void;
  context(): { grantPermissions(permissions: ReadonlyArray<string>, options?: { origin?: string }): Promise<void> };
  route(
    url: string | RegExp,
    handler: (route: { fulfill(response: object): Promise<void> }) => Promise<void>,
  ): Promise<{ dispose(): void }>;
  exposeFunction(name: string, callback: Function): Promise<void>;
  goto(url: string, options?: { timeout?: number }): Promise<null>;
  evaluate<R, A>(pageFunction: (arg: A) => R, arg: A): Promise<R>;
  frameLocator(selector: string): { getByRole(role: string): { click(): Promise<void> } };
};
const remote = await openConsole(page, { url: 'http://localhost:5173/', contact: { externalUserId: 'wmA' } });
await remote.frame.getByRole('button').click();
expectType<string | undefined>()((await remote.calls('sendChatMessage'))[0]?.api);
// @ts-expect-error a misspelt name
await remote.fail('sendChatMesage');
// @ts-expect-error url is required
await openConsole(page, { contact: {} });
