/** Removes what a strict policy forbids in markup: inline scripts move into files, style attributes go. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLACEHOLDER_BASE } from './places.mjs';

const INLINE = /<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script>/g;

/** A policy does not treat data blocks as scripts. */
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

/** The style attributes that VitePress writes. The theme's style sheet has the first; scripts set the second. */
const STYLES = new Set(['position:relative;', '--vp-vh:0px;', '']);

/** @param {string} html */
export function withoutStyles(html) {
  return html.replace(/ style="([^"]*)"/g, (whole, style) => {
    if (!STYLES.has(style)) throw new Error(`a page has the attribute${whole}, which a strict policy forbids: put it into the style sheet`);
    return '';
  });
}
