// The module as JavaScript, for pages where a policy or the browser refuses WebAssembly: the same functions, translated.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Parts of wasm2js's output that are removed. It is a module that imports by path and starts itself; ours gets its imports passed. */
const IMPORT = /^import \* as \w+ from '[^']*';$/gm;
const START = '\nvar retasmFunc = asmFunc(';
/** Its description of the memory. The object inherits, so members that a script adds to `Object.prototype` would become part of it. */
const MEMORY = 'Object.create(Object.prototype, {';
const TRAP = "function wasm2js_trap() { throw new Error('abort'); }";

/**
 * @param {string} module the module's file
 * @param {{ bin: string, work: string, features: string[] }} tools where binaryen is, where to put files, what the module uses
 * @returns {string} a JavaScript module that exports `instantiate(imports)`, which returns what the instance would export
 */
export function toJavaScript(module, { bin, work, features }) {
  const lowered = join(work, 'lowered.wasm');
  const mvp = join(work, 'mvp.wasm');
  const output = join(work, 'wasm2js.js');
  const run = (tool, ...args) => execFileSync(join(bin, tool), args);
  // wasm2js supports only the first version of WebAssembly. Later instructions are lowered to it first.
  const passes = ['--llvm-memory-copy-fill-lowering', '--llvm-nontrapping-fptoint-lowering', '--signext-lowering'];
  run('wasm-opt', ...features, ...passes, module, '-o', lowered);
  run('wasm-opt', '--mvp-features', '-Oz', lowered, '-o', mvp);
  run('wasm2js', '--mvp-features', '-Oz', mvp, '-o', output);
  return asFactory(readFileSync(output, 'utf8'));
}

function asFactory(text) {
  const end = text.indexOf(START);
  if (end < 0 || !text.includes(TRAP) || !text.includes(MEMORY)) throw new Error('wasm2js has changed the form of its output');
  return `// WebAssembly's own error, where there is one: calls.js knows by it that nothing can be trusted any more.
const Trap = [globalThis.WebAssembly?.RuntimeError].find((found) => typeof found == 'function') ?? EvalError;
const memory = (parts) => {
  const described = Object.entries(parts).map(([name, part]) => [name, { __proto__: null, ...part }]);
  return Object.create(null, { __proto__: null, ...Object.fromEntries(described) });
};
${text
  .slice(0, end)
  .replace(IMPORT, '')
  .replace(MEMORY, 'memory({')
  .replace(TRAP, () => "function wasm2js_trap() { throw new Trap('unreachable'); }")}
export { asmFunc as instantiate };
`;
}
