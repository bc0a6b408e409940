/** Chinese for the paragraphs of the sources. */
import { markOf, normal, symbols } from './symbols.mjs';
import { sentences } from './zh.mjs';

const FILE = 'site/reference/zh.mjs';

/**
 * What is wrong with the Chinese of the reference, a line for each symbol.
 * @param {Map<string, string[]>} [sources] @param {Record<string, string[]>} [chinese]
 */
export function faults(sources = symbols(), chinese = sentences) {
  const found = [...sources].flatMap(([symbol, paragraphs]) => {
    const mark = markOf(paragraphs);
    const english = paragraphs.map((text) => `\n    ${text}`).join('');
    const entry = `'${symbol}': ['${mark}', …${paragraphs.length} paragraphs]`;
    if (!chinese[symbol]) return [`${symbol} has no Chinese. Write ${entry} for:${english}`];
    const [of, ...texts] = chinese[symbol];
    if (of !== mark)
      return [`The English of ${symbol} has changed. Revise its Chinese, then write ${entry}. The English is now:${english}`];
    return texts.length === paragraphs.length ? [] : [`${symbol} has ${paragraphs.length} paragraphs, and ${texts.length} in Chinese`];
  });
  const left = Object.keys(chinese).filter((symbol) => !sources.has(symbol));
  return [...found, ...left.map((symbol) => `${symbol} says nothing any more, or has gone. Remove it`)].map((text) => `${FILE}: ${text}`);
}

/** @param {'en' | 'zh'} language */
export function translator(language) {
  if (language === 'en') return Object.assign((/** @type {string} */ text) => text, { check() {} });
  const wrong = faults();
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  const known = new Map([...symbols()].flatMap(([symbol, paragraphs]) => paragraphs.map((text, i) => [text, sentences[symbol][i + 1]])));
  const missing = new Set();
  /** @param {string} text One paragraph. One without Chinese stays as it is until `check`, which names all of them. */
  const translate = (text) => {
    const english = normal(text).replace(/\{@link ([^}|]+)(?:\|[^}]*)?\}/g, '$1');
    if (english !== '' && !known.has(english)) missing.add(english);
    return known.get(english) ?? text;
  };
  /** TypeDoc and site/reference/symbols.mjs read the sources each in its way. This says where they differ. */
  const check = () => {
    if (missing.size === 0) return;
    throw new Error(`site/reference/symbols.mjs does not find these paragraphs:${[...missing].map((text) => `\n  ${text}`).join('')}`);
  };
  return Object.assign(translate, { check });
}
