// As window.d.ts, for the entry `juzi-helper-wasm/global`.
import type { JuziCalls, RunningJuziWx } from './index.js';

declare global {
  /**
   * The global `wx`. Add the methods of the SDK that the page uses:
   *
   * ```ts
   * declare global {
   *   interface JuziGlobalWx {
   *     hideOptionMenu(): void;
   *   }
   * }
   * ```
   */
  interface JuziGlobalWx extends JuziCalls {}

  /** The helper. The script tag defines it in every environment. */
  var juziWx: RunningJuziWx;
  /** In the sidebar the SDK's object with the helper's calls; elsewhere the SDK's own. The page loads the SDK. */
  var wx: JuziGlobalWx;
}
