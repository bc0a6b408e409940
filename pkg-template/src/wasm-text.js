// The package's own copy of the module, as text (embed.mjs). It is a file of its own, so that the entries stay readable.
import text from 'juzi:wasm-text';
import { decodeText } from './decode-text.js';

export const wasmBytes = () => decodeText(text);
