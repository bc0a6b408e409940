// The module that is inside the script (embed.mjs).
import wasm from 'juzi:wasm';
import { decode } from './decode.js';

export const embedded = () => decode(wasm);
