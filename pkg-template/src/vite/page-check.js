// What is wrong with the sidebar page: it is asked for once, without following redirects, so that no login runs twice.
import { AUTHORIZE } from './hub-log.js';

/** Milliseconds. */
const PATIENCE = 5_000;

/**
 * The report that the console shows; docs/workbench-protocol.md describes it. The page is the dev server's own, so what concerns other
 * servers (certificates, cookies of another site) is left to `juzi-workbench`.
 * @param {URL} url
 * @param {boolean} askForIt Whether to judge the answer; else only whether there is one.
 * @param {string} console The console's origin.
 */
export async function checkPage(url, askForIt, console) {
  const started = performance.now();
  const report = (more) => ({
    url: url.href,
    reachable: true,
    status: null,
    contentType: null,
    location: null,
    helper: null,
    userAgentUnset: false,
    findings: [],
    durationMs: Math.round(performance.now() - started),
    ...more,
  });
  let response;
  let html = '';
  try {
    response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE), headers: { accept: 'text/html' } });
    if (askForIt && /\bhtml\b/.test(response.headers.get('content-type') ?? '')) html = await response.text().catch(() => '');
    else await response.body?.cancel();
  } catch (error) {
    const { code, message } = error.cause ?? error;
    const reason =
      { ECONNREFUSED: 'refused', ENOTFOUND: 'name', ECONNRESET: 'reset' }[code] ?? (error.name === 'TimeoutError' ? 'timeout' : 'other');
    return report({ reachable: false, findings: [finding('error', 'unreachable', { reason, detail: message })] });
  }
  if (!askForIt) return report({});
  const { status, headers } = response;
  return report({
    status,
    contentType: headers.get('content-type'),
    location: headers.get('location'),
    userAgentUnset: isAgentUnset(html),
    findings: findingsOf(url, status, headers, console),
  });
}

/** Whether the page may have the helper, in a script of any name, and does not give its option `userAgent` in the HTML. */
const isAgentUnset = (html) => /<script/i.test(html) && !/user-?agent[\s"'`]*[:=][\s"'`]*wxwork/i.test(html);

const finding = (severity, code, params) => ({ code, severity, params });

function findingsOf(url, status, headers, console) {
  const found = [];
  const location = headers.get('location');
  if (status >= 300 && status < 400 && location !== null) found.push(redirect(url, location));
  else if (status < 200 || status > 299) found.push(finding('error', 'status', { status }));
  const frameOptions = headers.get('x-frame-options');
  const ancestors = /(?:^|;)\s*frame-ancestors\s+([^;]*)/i.exec(headers.get('content-security-policy') ?? '')?.[1].trim();
  // The policy replaces the older header.
  if (ancestors === undefined && frameOptions !== null && (frameOptions.toLowerCase() !== 'sameorigin' || url.origin !== console)) {
    found.push(finding('error', 'x-frame-options', { value: frameOptions }));
  }
  if (ancestors !== undefined && !mayFrame(ancestors, url, console))
    found.push(finding('error', 'frame-ancestors', { value: ancestors, console }));
  const type = headers.get('content-type') ?? '';
  if (status === 200 && !/^(text\/html|application\/xhtml\+xml)/i.test(type))
    found.push(finding('warning', 'not-html', { contentType: type }));
  if (url.origin === console) found.push(finding('warning', 'same-origin', { origin: url.origin }));
  return found;
}

function redirect(url, location) {
  const target = URL.canParse(location, url.href) ? new URL(location, url) : null;
  if (target?.pathname.endsWith(AUTHORIZE)) return finding('note', 'redirect-login', { origin: target.origin });
  if (target?.origin === url.origin) return finding('note', 'redirect', { location: target.href });
  return finding('warning', 'redirect-away', { location, origin: target?.origin ?? '' });
}

/** Whether a `frame-ancestors` allows the console. Of the patterns, those that a dev server's page has. */
function mayFrame(ancestors, url, console) {
  return ancestors
    .split(/\s+/)
    .some(
      (source) =>
        source === '*' ||
        (source === "'self'" && url.origin === console) ||
        source.toLowerCase() === console ||
        source === new URL(console).protocol,
    );
}
