/** An avatar: the image if it loads, else the initials on a colour that depends only on the name. */
import { h, mediaUrl } from '../lib/dom.js';

/** @param {string} name @param {string} [url] @param {'small' | 'large'} [size] */
export function avatar(name, url, size = 'large') {
  // By grapheme clusters: an emoji of a family is one character.
  const letters = Array.from(new Intl.Segmenter().segment(name.trim()), ({ segment }) => segment);
  // The last characters distinguish Chinese names best; for other names the first letter is used.
  const initial = /\p{Script=Han}/u.test(name) ? letters.slice(-2).join('') : (letters[0] ?? '?').toUpperCase();
  const face = h(
    'span',
    { class: `avatar ${size}`, 'aria-hidden': 'true', style: { '--hue': String(hue(name)) } },
    size === 'small' ? (letters.at(0) ?? '?') : initial,
  );
  const source = mediaUrl(url);
  if (source) {
    const image = h('img', { src: source, alt: '', loading: 'lazy', on: { error: () => image.remove() } });
    face.append(image);
  }
  return face;
}

/** @param {string} name */
function hue(name) {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return sum;
}
