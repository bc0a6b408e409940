// Both the types for `import` and those for `require` refer to this file: the type of a global must be the same one in both.
import type { RunningJuziWx } from './index.js';

declare global {
  interface Window {
    /** Defined by the script tag, and by `init()`. */
    juziWx?: RunningJuziWx;
  }
}
