/** The words of the playground, in both languages. */
export const strings = {
  en: {
    example: 'Example', html: 'HTML', script: 'Script', run: 'Run', share: 'Share', copied: 'Copied', copy: 'Copy',
    shareLabel: 'The link to this page. It contains the page itself.',
    console: 'The console, with the page in its sidebar', editor: (which) => `${which} of the page`,
    start: 'Start the console', starting: 'Starting…',
    foreign: 'This page came with the link. Read it, then run it.',
    noWorker: 'The playground needs a service worker, which this browser or this address does not allow. Open it over https or on localhost, outside a private window; or run the workbench on your own machine.',
    fromLink: 'From the link', badLink: 'The link is damaged: it contains no page.', tooLarge: 'The page is too large for a link.',
    demo: 'The demo page is part of the workbench and is not edited here.',
    faults: 'Faults of the console:',
  },
  zh: {
    example: '示例', html: 'HTML', script: '脚本', run: '运行', share: '分享', copied: '已复制', copy: '复制',
    shareLabel: '这个页面的链接，页面本身就在链接里。',
    console: '控制台，侧边栏里是这个页面', editor: (which) => `页面的${which}`,
    start: '启动控制台', starting: '正在启动……',
    foreign: '这个页面来自链接。请先读一遍，再点运行。',
    noWorker: '演练场需要 service worker，当前浏览器或地址不允许使用。请在 https 或 localhost 下、在非无痕窗口里打开；也可以在本机运行工作台。',
    fromLink: '来自链接', badLink: '链接已损坏，里面没有页面。', tooLarge: '页面太大，放不进链接。',
    demo: '示例页是工作台的一部分，不能在这里编辑。',
    faults: '控制台的故障：',
  },
};
