// Gives the names on the boundary between the module and its glue one or two letters each, in both. wasm-bindgen's names
// carry a path and a hash each, several kilobytes in all, and no use to anybody at run time.

const IMPORTS = 2;
const EXPORTS = 7;
const SHELL = /\/shell\.js$/;

/**
 * @param {Uint8Array} wasm the module
 * @param {string} glue wasm-bindgen's JavaScript for it (`--target web`)
 * @param {string} shell the import specifier of shell.js
 * @returns {{ wasm: Uint8Array, glue: string }}
 */
export function slim(wasm, glue, shell) {
  const imports = [];
  const exports = new Map();
  const out = [wasm.subarray(0, 8)];
  for (const { id, body } of sections(wasm)) {
    if (id === IMPORTS) out.push(section(id, renameImports(body, imports)));
    else if (id === EXPORTS) out.push(section(id, renameExports(body, exports, glue)));
    else out.push(section(id, body));
  }
  return { wasm: Buffer.concat(out), glue: renameGlue(glue, imports, exports, shell) };
}

/** a, b, …, z, aa, … */
function letters(number) {
  const rest = Math.floor(number / 26);
  return (rest ? letters(rest - 1) : '') + String.fromCharCode(97 + (number % 26));
}

// ---- The glue ----

function renameGlue(glue, imports, exports, shell) {
  const start = glue.indexOf('function __wbg_get_imports() {');
  const end = glue.indexOf('\n}\n', start);
  if (start < 0 || end < 0) throw new Error('the glue has no __wbg_get_imports: has wasm-bindgen changed its form?');
  let table = glue.slice(start, end).replace(/ {4}return \{[^}]*\};$/, '    return { a: import0 };');
  const direct = [];
  for (const { module, name, short } of imports) {
    if (SHELL.test(module)) direct.push(`${short}: shell.${name},`);
    else table = replaceOnce(table, `        ${name}: function(`, `        ${short}: function(`);
  }
  let text =
    glue.slice(0, start).replace(/^import \* as import\d+ from .*$/gm, '').replace(/from '\.\/snippets[^']*'/, `from '${shell}'`) +
    replaceOnce(table, '__proto__: null,', `__proto__: null,\n        ${direct.join('\n        ')}`) +
    glue.slice(end);
  // A memory that has grown leaves a detached buffer behind, but not where it is JavaScript's own (compat.mjs).
  text = text.replace(/(cached\w+Memory0)\.(?:byteLength === 0|buffer\.detached === true \|\| \([^)]*\))/g, '$1.buffer !== wasm.memory.buffer');
  if (/\.detached|\.byteLength === 0/.test(text)) throw new Error('the glue looks at its memory in a new way: has wasm-bindgen changed its form?');
  for (const [name, short] of exports) text = text.replace(new RegExp(`\\bwasm\\.${name}\\b`, 'g'), `wasm.${short}`);
  // The two halves of wasm-bindgen's own start, for who has the module at hand and fetches nothing.
  return `import * as shell from '${shell}';\n${text}\nexport { __wbg_get_imports as imports, __wbg_finalize_init as finish };\n`;
}

function replaceOnce(text, from, to) {
  if (!text.includes(from)) throw new Error(`the glue has no "${from.trim()}": has wasm-bindgen changed its form?`);
  return text.replace(from, () => to);
}

// ---- The module ----

function* sections(wasm) {
  let at = 8;
  while (at < wasm.length) {
    const id = wasm[at];
    const [length, body] = leb(wasm, at + 1);
    yield { id, body: wasm.subarray(body, body + length) };
    at = body + length;
  }
}

const section = (id, body) => Buffer.concat([Buffer.from([id]), toLeb(body.length), body]);

function renameImports(body, found) {
  let [count, at] = leb(body, 0);
  const out = [toLeb(count)];
  for (; count > 0; count--) {
    let module, name;
    [module, at] = text(body, at);
    [name, at] = text(body, at);
    // A function: its kind, then its type. The glue's module imports nothing else.
    if (body[at] !== 0) throw new Error(`import ${module} ${name} is not a function`);
    const end = leb(body, at + 1)[1];
    const same = found.find((entry) => entry.module === module && entry.name === name);
    const short = same?.short ?? letters(found.length);
    if (!same) found.push({ module, name, short });
    out.push(toText('a'), toText(short), body.subarray(at, end));
    at = end;
  }
  return Buffer.concat(out);
}

/** What the glue never mentions (wasm-bindgen's ways to restart a module, for one) is exported no more. */
function renameExports(body, found, glue) {
  let [count, at] = leb(body, 0);
  const out = [];
  for (; count > 0; count--) {
    let name;
    [name, at] = text(body, at);
    const end = leb(body, at + 1)[1];
    if (new RegExp(`\\bwasm\\.${name}\\b`).test(glue)) {
      const short = letters(found.size);
      found.set(name, short);
      out.push(Buffer.concat([toText(short), body.subarray(at, end)]));
    }
    at = end;
  }
  return Buffer.concat([toLeb(out.length), ...out]);
}

function leb(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return [value >>> 0, at];
  }
}

function toLeb(value) {
  const bytes = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value);
  return Buffer.from(bytes);
}

function text(bytes, at) {
  const [length, start] = leb(bytes, at);
  return [Buffer.from(bytes.subarray(start, start + length)).toString(), start + length];
}

const toText = (string) => Buffer.concat([toLeb(Buffer.byteLength(string)), Buffer.from(string)]);
