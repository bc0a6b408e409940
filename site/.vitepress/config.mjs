/** VitePress: two languages, search without a service, and pages that run under a strict Content-Security-Policy. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformerStyleToClass } from '@shikijs/transformers';
import { defineConfig } from 'vitepress';
import { PLACEHOLDER_BASE, CODE_STYLES } from '../lib/places.mjs';
import { externaliseScripts, withoutStyles } from '../lib/inline-scripts.mjs';
import { spaceWords } from '../lib/words.mjs';
import { locales } from './navigation.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Shiki's colours as classes, because a policy may forbid style attributes. */
const codeColours = transformerStyleToClass({ classPrefix: 'c-' });

export default defineConfig({
  title: 'juzi-helper-wasm',
  base: PLACEHOLDER_BASE,
  srcDir: 'docs',
  outDir: here('../../target/site/pages'),
  cacheDir: here('../../target/site/cache'),
  cleanUrls: false,
  ignoreDeadLinks: process.env.SITE_DRAFT ? true : [],
  // A switch of colours without transitions would need an inline style.
  appearance: { disableTransition: false },
  // With prefetching, a page would load the pages that it links to.
  router: { prefetchLinks: false },
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${PLACEHOLDER_BASE}playground/console/icon.svg` }],
    ['link', { rel: 'stylesheet', href: `${PLACEHOLDER_BASE}${CODE_STYLES}` }],
    ['link', { rel: 'alternate', type: 'application/atom+xml', title: 'Changes', href: `${PLACEHOLDER_BASE}changes.xml` }],
  ],
  locales,
  themeConfig: {
    search: { provider: 'local', options: { _render: renderForSearch, locales: { zh: { translations: chineseSearch() } } } },
    outline: { level: [2, 3] },
  },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    codeTransformers: [codeColours],
    lineNumbers: false,
  },
  buildEnd: ({ outDir }) => writeFileSync(join(outDir, CODE_STYLES), codeColours.getCSS()),
  transformHtml: (html) => externaliseScripts(withoutStyles(html), here('../../target/site/pages')),
  vite: {
    // No component here or in the theme uses Vue's options.
    define: { __VUE_OPTIONS_API__: 'false' },
    // Search segments Chinese into words, in the index (below) and in what the visitor types.
    resolve: { alias: [{ find: /^minisearch$/, replacement: here('../lib/minisearch.mjs') }] },
    // The playground loads its parts only when it is shown.
    build: { target: 'es2022', chunkSizeWarningLimit: 700 },
    logLevel: 'warn',
  },
});

/** The page as the index reads it: Chinese words separated, and without what is hidden from search. */
function renderForSearch(source, env, md) {
  const html = md.render(source, env);
  if (env.frontmatter?.search === false) return '';
  return spaceWords(html);
}

function chineseSearch() {
  return {
    button: { buttonText: '搜索', buttonAriaLabel: '搜索文档' },
    modal: {
      displayDetails: '显示详情',
      resetButtonTitle: '清除',
      backButtonTitle: '关闭搜索',
      noResultsText: '没有找到',
      footer: {
        selectText: '选择',
        selectKeyAriaLabel: '回车',
        navigateText: '移动',
        navigateUpKeyAriaLabel: '上箭头',
        navigateDownKeyAriaLabel: '下箭头',
        closeText: '关闭',
        closeKeyAriaLabel: 'Esc',
      },
    },
  };
}
