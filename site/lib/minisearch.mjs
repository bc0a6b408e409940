/** MiniSearch as the search box uses it, with Chinese words. A tokenizer in VitePress's options would need `eval` in the page. */
// eslint-disable-next-line import/no-unresolved
import Original from '../node_modules/minisearch/dist/es/index.js';
import { tokens, withoutSpaces } from './words.mjs';

export default class MiniSearch extends Original {
  static loadJSON(json, options) {
    return super.loadJSON(json, { ...options, searchOptions: { ...options.searchOptions, tokenize: tokens, combineWith: 'AND' } });
  }

  search(query, options) {
    return super.search(query, options).map((found) => ({ ...found, title: withoutSpaces(found.title), titles: found.titles?.map(withoutSpaces) }));
  }
}
