// The size limits of the scripts, in bytes after Brotli. A trick that saves bytes must fit on one screen (docs/notes-on-size.md).
export const LIMITS = { 'pkg/juzi-helper.js': 19_230, 'pkg/juzi-helper.compat.js': 22_720, 'pkg/juzi-helper.recorder.js': 3_250 };

/** What a page's bundle gets if this is all that it imports of the package, minified, in bytes after Brotli. */
export const PARTS = { isInSidebar: 960, JuziError: 485 };

/** The limits of the hub of the plugin for Vite, in bytes: on a disk, and in npm's archive. No page downloads it. */
export const HUB_LIMITS = { raw: 480_000, gzip: 205_000 };

/** What npm downloads for the package juzi-helper-wasm, in bytes. */
export const TARBALL = 268_000;
