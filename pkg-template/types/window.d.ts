// Both the types for `import` and those for `require` refer to this file: the type of a global must be the same one in both.
import type { InitOptions, RunningJuziWx } from './index.js';

declare global {
  interface Window {
    /** Defined by the script tag, and by `init()`. */
    juziWx?: RunningJuziWx;
    /**
     * The options of the script tag, for a page whose tag a loader or a bundler takes away. A script of the page sets it before the
     * helper's script runs.
     *
     * ```ts
     * window.juziHelperOptions = { allowedHosts: ['https://*.juzibot.com', 'localhost'] };
     * ```
     */
    juziHelperOptions?: Pick<InitOptions, 'allowedHosts' | 'timeout' | 'force' | 'bridge' | 'debug' | 'userAgent' | 'record'> | undefined;
  }
}
