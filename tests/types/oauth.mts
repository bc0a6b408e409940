import {
  type Login,
  OAuthError,
  authorizeUrl,
  getUserInfo,
  handleCallback,
  newState,
  parseCallback,
  parseUserInfo,
  startLogin,
  userInfoUrl,
} from 'juzi-helper-wasm/oauth';
import { expectType } from './expect.mjs';

expectType<string>()(authorizeUrl({ redirectUri: 'https://page.example/', state: newState(), base: 'https://hub.example' }));
// @ts-expect-error redirectUri is required
authorizeUrl({ state: 'a' });
const callback = parseCallback(new URL('https://page.example/?code=a&state=b'), sessionStorage.getItem('state'));
expectType<string>()(callback.code);
expectType<string | undefined>()(callback.juziBotId);
// @ts-expect-error the expected state cannot be left out
parseCallback('/?code=a&state=b');
expectType<string>()((await getUserInfo('code', { timeout: 1, signal: new AbortController().signal })).email);
// @ts-expect-error timeout is a number
await getUserInfo('code', { timeout: '1s' });
expectType<string>()(parseUserInfo('{}').userId);
expectType<string>()(userInfoUrl('code'));
try {
  await getUserInfo('code');
} catch (error) {
  if (error instanceof OAuthError) {
    expectType<number | undefined>()(error.errcode);
    if (error.code === 'expired_code') error.message;
    // @ts-expect-error no such code
    if (error.code === 'expired') error.message;
  }
}

const secret: string = 'a secret of thirty-two characters';
expectType<Response>()(await startLogin({ redirectUri: 'https://page.example/callback', secret, base: undefined }));
expectType<Login>()(await handleCallback(new Request('https://page.example/callback'), { secret, timeout: 5_000 }));
// As Node and Express type theirs.
interface IncomingMessage {
  url?: string | undefined;
  headers: { cookie?: string | undefined; [name: string]: string | string[] | undefined };
}
declare const incoming: IncomingMessage;
const {
  user: { userId: loggedIn },
  setCookie,
} = await handleCallback(incoming, { secret });
expectType<string>()(loggedIn + setCookie);
// @ts-expect-error: the secret is required
await startLogin({ redirectUri: 'https://page.example/callback' });
// @ts-expect-error: the secret is required
await handleCallback(incoming, {});
// @ts-expect-error: an address alone does not say whose browser it is
await handleCallback('/callback?code=a&state=b', { secret });
