// The module that is inside the script (embed.mjs).
import wasm from 'juzi:wasm';

export const embedded = () => {
  const bytes = new Uint8Array(wasm.length);
  for (let at = 0; at < wasm.length; at++) bytes[at] = wasm.charCodeAt(at) ^ EMBED_KEY;
  return bytes;
};
