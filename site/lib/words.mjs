/** Words in Chinese text, which has no spaces between them. Used by the build (index) and in the browser (search). */

const HAN = /\p{Script=Han}+/gu;
/** A separator that tokenizers split at and that is hardly visible. */
export const HAIR_SPACE = '\u200a';

const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter('zh', { granularity: 'word' }) : null;

/**
 * The words of a run of Chinese. Words of three or more characters are followed by their parts, because dictionaries differ in what
 * counts as one word.
 */
function wordsOf(run) {
  const words = segmenter ? [...segmenter.segment(run)].map(({ segment }) => segment) : [...run];
  return words.flatMap((word) =>
    word.length > 2 ? [...word.matchAll(/../gu)].map(([pair]) => pair).concat(word.length % 2 ? word.slice(-1) : []) : [word],
  );
}

/** Text in which the Chinese words are separated. Tags and their attributes stay as they are. */
export const spaceWords = (html) =>
  html
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') ? part : part.replace(HAN, (run) => wordsOf(run).join(HAIR_SPACE))))
    .join('');

/** The words of what a visitor has typed. */
export const tokens = (text) =>
  spaceWords(text)
    .split(/[\n\r\p{Z}\p{P}]+/u)
    .filter(Boolean);

export const withoutSpaces = (text) => text.replaceAll(HAIR_SPACE, '');
