// For Node, Deno and Bun: PACKAGE is the module, BASE the hub.
import { run } from './login.js';

const { PACKAGE, BASE } = globalThis.Deno?.env.toObject() ?? process.env;
console.log(JSON.stringify(await run(await import(PACKAGE), BASE)));
