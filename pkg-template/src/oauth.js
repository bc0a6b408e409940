// The login of a sidebar page's user (spec section 8). It needs no DOM, so it also runs in workers and on the page's server, where a
// code should be redeemed. The crate's oauth module has the same rules and messages; both run tests/oauth-vectors.json.
export { OAuthError } from './oauth/error.js';
export { handleCallback, startLogin } from './oauth/login.js';
export { DEFAULT_BASE, authorizeUrl, getUserInfo, newState, parseCallback, parseUserInfo, userInfoUrl } from './oauth/steps.js';
