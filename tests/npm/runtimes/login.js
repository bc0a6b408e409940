// The login, as it runs in each JavaScript runtime: plain code, with the package's `oauth` and the hub's address.

const secret = 'a secret of thirty-two characters';
const redirectUri = 'https://page.example/callback';

/** The outcome: the user, or the error's code. `shown` is all that an error shows; it must not contain the code of the login. */
async function outcome(login, code) {
  try {
    const { user, setCookie } = await login;
    return [user.userId, setCookie.split(';')[0].endsWith('=')];
  } catch (error) {
    const shown = [];
    for (let it = error; it; it = it.cause) {
      shown.push(String(it), it.stack, ...Object.getOwnPropertyNames(it).map((name) => String(it[name])));
    }
    const tells = shown.some((text) => String(text).includes(code));
    return [tells ? 'the code is told' : (error.code ?? String(error.stack)), error.setCookie?.split(';')[0].endsWith('=')];
  }
}

/** From the page to the hub, back to the page, and to the user. */
async function logIn({ startLogin, handleCallback }, base, code, options) {
  const begun = await startLogin({ redirectUri, secret, base, request: { headers: {} } });
  const hub = new URL(begun.headers.get('location'));
  hub.searchParams.set('issue', code);
  const back = await fetch(hub, { redirect: 'manual' });
  const cookie = begun.headers.getSetCookie()[0].split(';')[0];
  const request = new Request(back.headers.get('location'), { headers: { cookie } });
  return handleCallback(request, { secret, base, ...options });
}

/** A timeout that only the test ends. */
const TIMEOUT = 54_321;

/**
 * The outcome of a login whose timeout ends at a moment that the test chooses, because the speed of the machine is unknown.
 * @param {(head: Promise<void>) => Promise<unknown>} moment Given a promise for the head of the hub's answer.
 */
async function timedOut(login, moment) {
  const { fetch, setTimeout } = globalThis;
  let end;
  let begun;
  const head = new Promise((resolve) => {
    begun = resolve;
  });
  globalThis.setTimeout = (run, delay, ...more) => {
    if (delay !== TIMEOUT) return setTimeout(run, delay, ...more);
    end = run;
    return undefined;
  };
  globalThis.fetch = async (url, ...more) => {
    const response = await fetch(url, ...more);
    if (String(url).includes('getUserInfo')) begun();
    return response;
  };
  try {
    const going = login({ timeout: TIMEOUT });
    await moment(head);
    end();
    return await going;
  } finally {
    Object.assign(globalThis, { fetch, setTimeout });
  }
}

/** @returns {Promise<Record<string, unknown>>} The outcome of each login. */
export async function run(oauth, base) {
  const of = (code, options) => outcome(logIn(oauth, base, code, options), code);
  const results = {};
  for (const name of ['good', 'plain-300', 'gzip-bomb', 'endless', 'broken', 'error-500', 'used'])
    results[`${name}-code`] = await of(`${name}-code`);
  for (const status of [301, 302, 303, 307, 308]) results[`redirect-${status}-code`] = await of(`redirect-${status}-code`);
  /** Resolves when the hub has received this many requests about the code that it does not answer. */
  const silent = (count) => fetch(`${base}/silent?count=${count}`);
  results['silent-code'] = await timedOut(
    (options) => of('silent-code', options),
    () => silent(1),
  );
  results['half-code'] = await timedOut(
    (options) => of('half-code', options),
    (head) => head,
  );
  const controller = new AbortController();
  const aborted = of('silent-code', { signal: controller.signal });
  await silent(2);
  controller.abort('enough');
  results['silent-code, aborted'] = await aborted;
  results['aborted before'] = await of('never-code', { signal: AbortSignal.abort('enough') });
  results['long code'] = await of('c'.repeat(1_025));
  const prefetch = new Request(redirectUri, { headers: { 'sec-purpose': 'prefetch' } });
  const prefetched = await oauth.startLogin({ redirectUri, secret, base, request: prefetch });
  results.prefetched = [prefetched.status, prefetched.headers.get('set-cookie')];
  return results;
}
