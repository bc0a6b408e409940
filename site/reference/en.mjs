/** English texts that the sources themselves do not have. */

export const entries = {
  index: 'The main entry: `init`, `juziWx`, `patch`, `JuziError`, and the types of every call.',
  oauth: 'Logging the user in, on the page’s server. It runs in browsers, in workers and in Node.',
  testing: 'A console for tests: in Vitest or Jest with jsdom, or around an iframe.',
  playwright: 'The same console for tests in Playwright.',
  react: 'Hooks for React.',
  vue: 'Composables for Vue.',
  store: 'The same states without a framework.',
  'vite-plugin-juzi': 'A plugin for Vite: the console around the page, while you develop it.',
  global: 'The types of the globals that the script tag defines.',
  dev: 'The console inside the page, while you develop it.',
};

export const codes = {
  JuziError: {
    not_in_sidebar: 'The page is not in Juzi’s sidebar. `juziWx.env.reason` says why.',
    timeout: 'The console did not answer in time. The call may still have taken effect.',
    function_not_exist: 'The call does not exist: its name is misspelt, or Juzi has no counterpart for it.',
    host_unreachable: 'The message could not be posted, or `allowedHosts` does not contain the console’s origin.',
    internal_error: 'The helper itself failed. Please report it.',
    webassembly_blocked: 'The page’s policy or the browser refuses WebAssembly, and there is no fallback.',
    invalid_options: '`init` refused its options. Its own error names the option.',
    aborted: 'The call’s `signal` was aborted. A call that was already posted may still take effect.',
    conversation_changed: 'Another conversation is open than the one given as `to`. Nothing was sent.',
    fail: 'Any other reason: a fault in the parameters, which the message names, or a refusal by the console.',
  },
  OAuthError: {
    invalid_code: 'The hub does not know the code, or it was redeemed before (errcode -1). A code above 1,024 bytes is not sent.',
    expired_code: 'The code was not redeemed within 5 minutes (errcode -2).',
    missing_code: 'No code was given (errcode -4), or a callback has none.',
    unknown_error: 'The hub reports an error of its own (errcode -5 or any other).',
    invalid_redirect_uri: '`redirectUri` is no absolute http(s) URL, or contains credentials.',
    invalid_state: 'The state has other characters than `a-zA-Z0-9`, or more than 128 bytes.',
    invalid_base: '`base` is no http(s) URL.',
    invalid_callback: 'The callback’s address is not a URL.',
    invalid_timeout: '`timeout` is no number of milliseconds.',
    invalid_secret: '`secret` has fewer than 32 characters.',
    invalid_request: 'What `handleCallback` or `startLogin` was given is no request.',
    state_mismatch: 'The callback’s state is not the one of this browser’s login, or there is no such login.',
    bad_answer: 'The hub’s answer is no success by HTTP, or not the JSON of the protocol.',
    timeout: 'The hub did not answer in time: 10 s unless you set another limit.',
    aborted: 'The request’s `signal` was aborted.',
    hub_unreachable: 'There is no connection to the hub, it broke, or the hub redirected.',
  },
};

/** None is on by default. */
export const features = {
  http: '`oauth::Client`: redeem a code over HTTPS, blocking.',
  serde: 'The typed messages on `wasm32` too. Natively they are always there.',
  schema: 'The JSON Schema of messages (schemars), natively.',
  client: 'The calls as async functions, for pages written in Rust. It compiles natively too, for servers that render such a page.',
  'client-testing': 'A fake console for the tests of such a page.',
};
