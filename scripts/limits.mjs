// What the scripts may have, in bytes after Brotli. A trick that keeps them below must fit in a screen (docs/notes-on-size.md).
export const LIMITS = { 'pkg/juzi-helper.js': 18_990, 'pkg/juzi-helper.compat.js': 22_200 };
