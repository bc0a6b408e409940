// The module as JavaScript, for where a policy or the browser refuses WebAssembly: the very same functions, translated.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What wasm2js writes around the functions: a module that starts itself and knows where its imports are. Ours is given them. */
const IMPORT = /^import \* as \w+ from '[^']*';$/gm;
const START = '\nvar retasmFunc = asmFunc(';
/** How it describes the memory: what a script has put on `Object.prototype` would be read as a part of the description. */
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
  // wasm2js knows the first version of WebAssembly. What came later is first put into its terms.
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
