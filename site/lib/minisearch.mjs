/** MiniSearch for the search box, with Chinese words. A tokenizer in VitePress's options would need `eval` in the page. */
import MiniSearch from '../node_modules/minisearch/dist/es/index.js';
import { tokens, withoutSpaces } from './words.mjs';

export default {
  /** @param {string} json @param {any} options */
  loadJSON(json, options) {
    const index = MiniSearch.loadJSON(json, {
      ...options,
      searchOptions: { ...options.searchOptions, tokenize: tokens, combineWith: 'AND' },
    });
    return {
      /** @param {string} query */
      search: (query) =>
        index.search(query).map((found) => ({ ...found, title: withoutSpaces(found.title), titles: found.titles?.map(withoutSpaces) })),
    };
  },
};
