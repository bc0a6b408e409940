/** A face: the picture where there is one that loads, else the first letter on a colour that stays the same for the name. */
import { h, mediaUrl } from '../lib/dom.js';

/** @param {string} name @param {string} [url] @param {'small' | 'large'} [size] */
export function avatar(name, url, size = 'large') {
  const letters = Array.from(name.trim());
  // Chinese names are told apart by their last characters, others by the first letter.
  const initial = /\p{Script=Han}/u.test(name) ? letters.slice(-2).join('') : (letters[0] ?? '?').toUpperCase();
  const face = h('span', { class: `avatar ${size}`, 'aria-hidden': 'true', style: { '--hue': String(hue(name)) } }, size === 'small' ? letters.at(0) ?? '?' : initial);
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
