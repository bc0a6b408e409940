/** Moves inline scripts into files, because a strict policy forbids them. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLACEHOLDER_BASE } from './places.mjs';

const INLINE = /<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script>/g;

/** Scripts that are data are no scripts for a policy. */
const isData = (attributes) => /type="(application\/(ld\+)?json|speculationrules)"/.test(attributes);

/** @param {string} html @param {string} outDir */
export function externaliseScripts(html, outDir) {
  return html.replace(INLINE, (whole, attributes, code) => {
    if (isData(attributes) || code.trim() === '') return whole;
    const name = `assets/inline.${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
    mkdirSync(join(outDir, 'assets'), { recursive: true });
    writeFileSync(join(outDir, name), code);
    const kept = attributes.replace(/ id="[^"]*"/, '');
    return `<script${kept} src="${PLACEHOLDER_BASE}${name}"></script>`;
  });
}
