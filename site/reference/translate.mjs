/** Chinese for the sentences of the sources. A sentence without one stays English, and is counted. */
import { sentences } from './zh.mjs';

const normal = (text) => text.replace(/\s+/g, ' ').trim();

/** @param {'en' | 'zh'} language */
export function translator(language) {
  const missing = new Set();
  let known = 0;
  /** @param {string} text One paragraph. */
  const translate = (text) => {
    if (language === 'en' || text === '') return text;
    const found = sentences[normal(text)];
    if (found) known++;
    else missing.add(normal(text));
    return found ?? text;
  };
  translate.missing = missing;
  translate.report = () => {
    if (language === 'en') return;
    console.log(`reference in Chinese: ${known} paragraphs, ${missing.size} of them still in English`);
    if (process.env.SITE_MISSING) console.log([...missing].map((text) => `  ${JSON.stringify(text)}: '',`).join('\n'));
  };
  return translate;
}
