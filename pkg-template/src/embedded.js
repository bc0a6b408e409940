// The module that is inside the script (embed.mjs).
import wasm from 'juzi:wasm';
import { decodeText } from './decode-text.js';

export const embedded = () => decodeText(wasm);
