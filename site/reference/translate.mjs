/** Chinese for the paragraphs of the sources. */
import { sentences } from './zh.mjs';

const normal = (text) => text.replace(/\s+/g, ' ').trim();
const listed = (paragraphs) => paragraphs.map((text) => `\n  ${JSON.stringify(text)}`).join('');

/** @param {'en' | 'zh'} language */
export function translator(language) {
  const seen = new Set();
  /** @param {string} text One paragraph. If it has no Chinese, it stays as it is, and `check` lists it. */
  const translate = (text) => {
    if (language === 'en' || text === '') return text;
    seen.add(normal(text));
    return sentences[normal(text)] ?? text;
  };
  /** For the end of the build: every paragraph must have a translation, and every translation a paragraph. */
  translate.check = () => {
    if (language === 'en') return;
    const missing = [...seen].filter((text) => !sentences[text]);
    const left = Object.keys(sentences).filter((text) => !seen.has(text));
    const faults = [
      missing.length > 0 && `These paragraphs have no Chinese. Write it into \`sentences\` in site/reference/zh.mjs:${listed(missing)}`,
      left.length > 0 && `No source has these paragraphs any more. Remove them from \`sentences\` in site/reference/zh.mjs:${listed(left)}`,
    ].filter(Boolean);
    if (faults.length > 0) throw new Error(faults.join('\n'));
  };
  return translate;
}
