/**
 * A console for a page that runs outside any console, in development. Import it before the page's own code:
 *
 * ```ts
 * import 'juzi-helper-wasm/dev';
 * import './main.js';
 * ```
 *
 * In a browser, outside a frame, it simulates a console in the page itself, with a panel at the bottom right: the conversation, the
 * answer to each call, faults, and the calls so far. Inside the workbench, Juzi or WeCom it does nothing.
 *
 * It is there only where the bundler builds for development (the export condition `development`, which Vite, webpack and Rspack
 * set). Everywhere else the module is empty.
 *
 * @packageDocumentation
 */
import type { Host } from './testing.js';

/**
 * The console, to be changed from the page; undefined if there is none.
 *
 * ```ts
 * import { host } from 'juzi-helper-wasm/dev';
 *
 * host?.setChats([{ name: 'Lin', externalUserId: 'wmA' }]);
 * host?.fail('sendChatMessage', 'no permission');
 * ```
 */
export const host: Host | undefined;
