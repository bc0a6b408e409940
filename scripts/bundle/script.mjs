// A script with its source map. A replacement in the text also moves the positions in the map.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import remapping from '@jridgewell/remapping';
import { MagicString } from 'magic-string';

/** Not worth mapping: the module as text or as JavaScript, and libraries. */
const MACHINE_MADE = /^juzi:juzi:wasm|(?:^|\/)node_modules\/|\/target\/bundle\/compat\.js$/;
const NOTHING = { version: 3, names: [], sources: [], mappings: '' };

export class Script {
  /**
   * @param {string} text without the comment that names the map
   * @param {object} map of version 3, with the sources' contents
   */
  constructor(text, map) {
    this.text = text;
    this.map = map;
  }

  /** As `String.prototype.replace`. */
  replace(pattern, replacement) {
    const edited = new MagicString(this.text);
    edited.replace(pattern, replacement);
    if (!edited.hasChanged()) return this;
    const moved = edited.generateMap({ hires: 'boundary', source: 'script' });
    return new Script(
      edited.toString(),
      remapping(moved, (file) => (file === 'script' ? this.map : null)),
    );
  }

  /**
   * Writes the script and, beside it, its map. Returns the script's text, which names the map unless the map is published elsewhere.
   */
  write(dir, file, { namesMap = true } = {}) {
    const { version, sources, sourcesContent, names, mappings } = remapping(this.map, (source) =>
      MACHINE_MADE.test(source) ? NOTHING : null,
    );
    let text = this.text.replace(/\n?$/, '\n');
    if (sources.length) {
      const map = { version, file, sources: sources.map(fromPackage), sourcesContent, names, mappings };
      writeFileSync(join(dir, `${file}.map`), JSON.stringify(map));
      if (namesMap) text += `//# sourceMappingURL=${file}.map\n`;
    }
    writeFileSync(join(dir, file), text);
    return text;
  }
}

/** A source's path, seen from the package's directory in the repository, so that it does not depend on where esbuild ran. */
function fromPackage(source) {
  return source.startsWith('juzi:') ? source : source.replace(/^(?:\.\.\/)*/, '../');
}
