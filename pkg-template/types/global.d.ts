/// <reference path="./globals.d.ts" />
/**
 * Types for the globals of a page that loads the helper by a script tag: `window.juziWx`, `juziWx`, `window.wx` and `wx`. It has no
 * code.
 *
 * ```ts
 * import 'juzi-helper-wasm/global';
 *
 * wx.invoke('getCurExternalContact', {}, (res) => console.log(res.err_msg));
 * if (juziWx.env.inSidebar) start();
 * ```
 *
 * @packageDocumentation
 */
export {};
