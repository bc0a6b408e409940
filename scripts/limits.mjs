// The size limits of the scripts, in bytes after Brotli. A trick that saves bytes must fit on one screen (docs/notes-on-size.md).
export const LIMITS = { 'pkg/juzi-helper.js': 18_960, 'pkg/juzi-helper.compat.js': 22_200 };
