// Puts parentheses around the functions that run while the script starts. Engines take them as a sign that a function is called
// at once, and compile it while they read the script, beside the page; of all others they only look for the end.
import { Session } from 'node:inspector/promises';
import vm from 'node:vm';

const NAME = 'juzi-helper:start';
/** What the script takes of the platform, and Node has as well. */
const PLATFORM = ['TextEncoder', 'URL', 'URLSearchParams', 'MessageEvent', 'Event', 'btoa', 'console', 'crypto', 'performance', 'queueMicrotask'];

/**
 * @param {string} script minified, with the module in it
 * @returns {Promise<string>} the same, with parentheses
 */
export async function markEager(script) {
  const insertions = (await runAtStart(script)).flatMap((place) => parentheses(script, place));
  // From the last to the first, so that none moves another's place. Where one function ends, the next may begin.
  insertions.sort((a, b) => b.at - a.at || b.opens - a.opens);
  const marked = insertions.reduce((text, { at, sign }) => text.slice(0, at) + sign + text.slice(at), script);
  start(marked);
  return marked;
}

/** Where the functions stand that do. */
async function runAtStart(script) {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true });
    start(script);
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const { functions } = result.find(({ url }) => url === NAME);
    const ranges = functions.map(({ ranges: [range] }) => range);
    // What is the first argument of a call has its parenthesis.
    return ranges.filter(({ count, startOffset: from }) => count > 0 && from > 0 && script[from - 1] !== '(');
  } finally {
    session.disconnect();
  }
}

/** As much of a document as the script looks at. */
class Document extends EventTarget {
  get currentScript() {
    return null;
  }
  querySelectorAll() {
    return [];
  }
}

/** Starts the script as in the console's sidebar. */
function start(script) {
  const page = {
    ...Object.fromEntries(PLATFORM.map((name) => [name, globalThis[name]])),
    setTimeout() {},
    addEventListener() {},
    parent: { postMessage() {} },
    navigator: { userAgent: '' },
    location: { search: '?juziSidebar', ancestorOrigins: ['https://console.example'] },
    document: new Document(),
    Document,
    EventTarget,
  };
  vm.createContext(page);
  vm.runInContext('globalThis.window = globalThis', page);
  vm.runInContext(script, page, { filename: NAME });
  if (!page.WeixinJSBridge || !page.juziWx?.isJuziWx) throw new Error('the script does not start in the page that eager.mjs makes for it');
}

/** What to put where. An expression is put in parentheses; a declaration becomes one; a method stays as it is. */
function parentheses(script, { startOffset: from, endOffset: to }) {
  const text = script.slice(from, to);
  const [, name] = /^function ([\w$]+)/.exec(text) ?? [];
  const declared = name && /[{};]/.test(script[from - 1]);
  if (!declared && !/^(\(|[\w$]+=>|function\b)/.test(text)) return [];
  return [
    { at: from, opens: 1, sign: declared ? `;var ${name}=(` : '(' },
    { at: to, opens: 0, sign: declared ? ');' : ')' },
  ];
}
