// The option `wasm`: what a page may pass, and how it becomes a compiled module.
import { thrownMessage } from 'juzi:values';
import { PATIENCE, late } from './patience.js';

/** The name of the platform's type, also of another window's objects. */
const typeOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

const isBytes = (value) => ArrayBuffer.isView(value) || /^(Shared)?ArrayBuffer$/.test(typeOf(value));

/** What is wrong with a source, or the promise of one; undefined if nothing is. */
export const faultOf = (wasm) => {
  const type = typeOf(wasm);
  if (isBytes(wasm) || /^(String|URL|Response|WebAssembly\.Module|Promise)$/.test(type)) return undefined;
  return `init(): wasm must be a URL, a Response, bytes or a WebAssembly.Module, but it is ${type}`;
};

const HINT = 'Pass the URL of juzi_helper_bg.wasm as init({ wasm }), or import juzi-helper-wasm, which has it inside.';

/** Compiles the module of a source. An error says where the source came from and what it was. */
export const compile = async (promised) => {
  const source = await promised;
  const fault = faultOf(source);
  if (fault) throw new TypeError(fault);
  if (typeOf(source) === 'WebAssembly.Module') return ofThisBuild(source, 'wasm');
  if (isBytes(source)) return ofThisBuild(await compileBytes(source, 'the bytes in wasm are no WebAssembly'), 'wasm');
  const response = typeOf(source) === 'Response' ? source : await fetched(source);
  const where = response.url || 'the Response in wasm';
  const type = response.headers.get('content-type') ?? 'no content type';
  if (!response.ok) throw new Error(`${where} answered with status ${response.status} (${type}). ${HINT}`);
  return ofThisBuild(await compileBytes(await response.arrayBuffer(), `${where} is no WebAssembly: it came as ${type}. ${HINT}`), where);
};

/** Fetches a file, with a timeout. */
const fetched = async (source) => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(late()), PATIENCE);
  let url = source;
  try {
    url = new URL(source, document.baseURI);
    return await fetch(url, { __proto__: null, signal: stop.signal });
  } catch (cause) {
    const why = `${thrownMessage(cause)}); a Content-Security-Policy has to allow it in connect-src.`;
    throw new Error(`${url} could not be fetched (${why} ${HINT}`, { __proto__: null, cause });
  }
};

const compileBytes = async (bytes, fault) => {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw new Error(fault, { __proto__: null, cause });
  }
};

/** The imports of another build have the same short names with other meanings. */
const ofThisBuild = (module, where) => {
  if (WebAssembly.Module.customSections(module, JUZI_BUILD).length) return module;
  throw new Error(`${where} is of another version of juzi-helper-wasm. Use the juzi_helper_bg.wasm of the version that is installed.`);
};
