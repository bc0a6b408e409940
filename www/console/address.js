/** The state in the console's own address: a reload, a bookmark or a shared link restores it. */
import { webUrl } from '../lib/dom.js';

const query = new URLSearchParams(location.search);

/** A parameter at the start. @param {'lang' | 'theme' | 'chat' | 'mode' | 'dock' | 'page'} name */
export const parameter = (name) => query.get(name);

/** Changes parameters; null removes one. @param {Record<string, string | null>} parameters */
export function setParameters(parameters) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  history.replaceState(null, '', url);
}

/**
 * The page that the address names, if any. `trusted` is false for a page on another machine whose address the user has not typed
 * in this window. The console gives codes to its page, so a link must not load a stranger's page into it.
 * @param {import('./types.js').Config} config @param {string | undefined} typed
 * @returns {{ url: string, trusted: boolean } | null}
 */
export function linkedPage(config, typed) {
  const url = webUrl(parameter('page'));
  if (!url) return null;
  const { hostname, origin } = new URL(url);
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return { url, trusted: isLocal || origin === config.pageOrigin || url === typed };
}
