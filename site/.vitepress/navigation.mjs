/** The navigation of both languages: one list of pages, with a title for each language. */
import { readFileSync } from 'node:fs';
import { entries } from '../reference/entries.mjs';

/** The repository's address, as npm shows it. */
export const { homepage: repository } = JSON.parse(readFileSync(new URL('../../pkg-template/package.json', import.meta.url), 'utf8'));

/** Path under `guide/`, English, Chinese. */
const guides = [
  [
    'Start',
    '开始',
    [
      ['start', 'A page in ten minutes', '十分钟接入一个页面'],
      ['original', 'Replace the original helper', '替换原版 helper'],
      ['wecom', 'Move a WeCom page', '迁移企业微信页面'],
      ['coming-from', 'Coming from another SDK', '从其他 SDK 过来'],
    ],
  ],
  [
    'Frameworks',
    '框架',
    [
      ['react', 'React', 'React'],
      ['vue', 'Vue', 'Vue'],
      ['next', 'Next.js', 'Next.js'],
      ['frameworks', 'Svelte, Solid, Preact, Angular', 'Svelte、Solid、Preact、Angular'],
      ['rust', 'Rust: Leptos, Yew, Dioxus', 'Rust：Leptos、Yew、Dioxus'],
    ],
  ],
  [
    'Tasks',
    '任务',
    [
      ['messages', 'Send messages', '发送消息'],
      ['conversation', 'Follow the conversation', '跟随会话'],
      ['login', 'Log the user in', '用户登录'],
      ['testing', 'Test in CI', '在 CI 里测试'],
    ],
  ],
  [
    'Develop',
    '本机开发',
    [
      ['workbench', 'The workbench', '工作台'],
      ['vite', 'The plugin for Vite', 'Vite 插件'],
    ],
  ],
  [
    'In production',
    '上线之后',
    [
      ['policies', 'Policies of the page', '页面的安全策略'],
      ['degraded', 'Old, slow or silent consoles', '控制台过旧、过慢或没有应答'],
      ['troubleshooting', 'Troubleshooting', '排查问题'],
      ['reports', 'From a report to a test', '从报告到测试'],
      ['console', 'What we know about the console', '我们对控制台的了解'],
      ['supported', 'What runs where', '支持的版本'],
      ['glossary', 'Glossary', '术语表'],
    ],
  ],
];

/** Path under `reference/`. */
const references = [
  [
    'JavaScript',
    'JavaScript',
    entries().map(({ page }) => (page === 'index' ? ['api/index', 'Calls and types', '调用与类型'] : [`api/${page}`, page, page])),
  ],
  [
    'Workbench',
    '工作台',
    [
      ['workbench', 'Options', '命令行选项'],
      ['scenario', 'Scenario file', '场景文件'],
    ],
  ],
  [
    'Protocol',
    '协议',
    [
      ['errors', 'Errors', '错误'],
      ['protocol', 'Specification', '规格说明'],
    ],
  ],
  ['Rust', 'Rust', [['crate', 'The crate', 'crate 文档']]],
];

const sidebarOf = (groups, folder, prefix, language) =>
  groups.map(([en, zh, list]) => ({
    text: language === 'zh' ? zh : en,
    items: list.map(([path, english, chinese]) => ({
      text: language === 'zh' ? chinese : english,
      link: `${prefix}/${folder}/${path.replace(/\/index$/, '/')}`,
    })),
  }));

function localeOf(language) {
  const zh = language === 'zh';
  const prefix = zh ? '/zh' : '';
  return {
    label: zh ? '简体中文' : 'English',
    lang: zh ? 'zh-CN' : 'en',
    link: `${prefix}/`,
    description: zh ? '句子秒回侧边栏 helper 的文档与演练场' : 'The sidebar helper of the chat console Juzi: documentation and playground',
    themeConfig: {
      nav: [
        { text: zh ? '指南' : 'Guide', link: `${prefix}/guide/start`, activeMatch: `^${prefix}/guide/` },
        { text: zh ? '参考' : 'Reference', link: `${prefix}/reference/api/`, activeMatch: `^${prefix}/reference/` },
        { text: zh ? '演练场' : 'Playground', link: `${prefix}/playground` },
        { text: zh ? '变更' : 'Changes', link: `${prefix}/changes` },
        { text: zh ? '仓库' : 'Repository', link: repository },
      ],
      sidebar: {
        [`${prefix}/guide/`]: sidebarOf(guides, 'guide', prefix, language),
        [`${prefix}/reference/`]: sidebarOf(references, 'reference', prefix, language),
      },
      ...(zh && {
        outline: { level: [2, 3], label: '本页内容' },
        docFooter: { prev: '上一页', next: '下一页' },
        returnToTopLabel: '回到顶部',
        sidebarMenuLabel: '目录',
        darkModeSwitchLabel: '外观',
        langMenuLabel: '语言',
        lightModeSwitchTitle: '切换到浅色',
        darkModeSwitchTitle: '切换到深色',
        skipToContentLabel: '跳到正文',
        notFound: { title: '没有这一页', quote: '地址可能写错了，或者页面已经移走。', linkLabel: '回到首页', linkText: '回到首页' },
      }),
      footer: {
        message: zh
          ? '以 MIT 或 Apache-2.0 许可发布，任选其一。与腾讯没有关联。'
          : 'MIT or Apache-2.0, as you prefer. Not affiliated with Tencent.',
      },
    },
  };
}

export const locales = { root: localeOf('en'), zh: localeOf('zh') };
/** Every page that the navigation names, for the tests. */
export const pagesOf = (language) => [
  ...guides.flatMap(([, , list]) => list.map(([path]) => `guide/${path}`)),
  ...references.flatMap(([, , list]) => list.map(([path]) => `reference/${path}`)),
];
export { guides, references };
