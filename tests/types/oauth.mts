import { OAuthError, authorizeUrl, getUserInfo, newState, parseCallback, parseUserInfo, userInfoUrl } from 'juzi-helper-wasm/oauth';
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
