/**
 * The examples of the playground. `{{English|中文}}` in a page or script is the text of one language.
 *
 * @typedef {object} Example
 * @property {string} id
 * @property {'start' | 'calls' | 'messages' | 'login' | 'faults' | 'sdks'} group
 * @property {{ en: string, zh: string }} title
 * @property {readonly string[]} calls The calls that it shows.
 * @property {string} script
 * @property {string} [html] Default: `PAGE`.
 * @property {object} [faults] The console's faults while it runs.
 */

const HELPER = '<script src="../../vendor/juzi-helper.js"></script>';
const STYLE = `<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 16px; color-scheme: light dark; }
  button { font: inherit; padding: 4px 12px; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
</style>`;

/** @param {string} button @param {string} [scripts] */
const pageWith = (button, scripts = HELPER) => `<!doctype html>
<meta charset="utf-8">
${STYLE}
<button id="go">${button}</button>
<pre id="out"></pre>
${scripts}
`;
const PAGE = pageWith('{{Run|运行}}');

/** @param {string} body */
const onClick = (body) => `const out = document.getElementById('out');
const show = (value) => { out.textContent += JSON.stringify(value, null, 2) + '\\n'; };

document.getElementById('go').onclick = async () => {
  out.textContent = '';
  try {
${body
  .trim()
  .split('\n')
  .map((line) => (line ? `    ${line}` : line))
  .join('\n')}
  } catch (error) {
    show(error.err_msg ?? error.message);
  }
};
document.getElementById('go').click();
`;

/** @param {string} message */
const send = (message) => onClick(`show(await juziWx.sendChatMessage(${message}));`);

/** @type {readonly Example[]} */
export const examples = [
  {
    id: 'start',
    group: 'start',
    title: { en: 'A first page', zh: '第一个页面' },
    calls: ['getCurChatInfo', 'sendChatMessage', 'on', 'sidebarAuth'],
    html: `<!doctype html>
<meta charset="utf-8">
${STYLE}
<h1 id="name">…</h1>
<button id="greet">{{Send a greeting|发送问候}}</button>
<p id="status"></p>
${HELPER}
`,
    script: `const $ = (id) => document.getElementById(id);

async function showChat() {
  const chat = await juziWx.getCurChatInfo();
  $('name').textContent = chat.name;
}

$('greet').onclick = async () => {
  try {
    await juziWx.sendChatMessage({ msgtype: 'text', text: { content: '{{Hello from the sidebar!|来自侧边栏的问候！}}' } });
    $('status').textContent = '{{Sent: look at the conversation.|已发送：请看左边的会话。}}';
  } catch (error) {
    $('status').textContent = error.err_msg;
  }
};

// {{Choose another conversation: the console tells the page.|切换到另一个会话，控制台会通知页面。}}
juziWx.on('updateBaseInfo', showChat);
juziWx.sidebarAuth().then(showChat);
`,
  },
  {
    id: 'contact',
    group: 'calls',
    title: { en: 'Who is the customer', zh: '当前客户' },
    calls: ['getCurExternalContact'],
    script: onClick('show(await juziWx.getCurExternalContact());'),
  },
  {
    id: 'group',
    group: 'calls',
    title: { en: 'Which group is it', zh: '当前群聊' },
    calls: ['getCurExternalChat', 'getContext'],
    script: onClick(`// {{In a single chat this fails: open a group on the left.|单聊里会失败：请在左边打开一个群。}}
show(await juziWx.getContext());
show(await juziWx.getCurExternalChat());`),
  },
  {
    id: 'chat-info',
    group: 'calls',
    title: { en: 'The open conversation', zh: '当前会话' },
    calls: ['getCurChatInfo'],
    script: onClick('show(await juziWx.getCurChatInfo());'),
  },
  {
    id: 'open-chat',
    group: 'calls',
    title: { en: 'Open another chat', zh: '打开另一个聊天' },
    calls: ['openEnterpriseChat'],
    script: onClick(`show(await juziWx.openEnterpriseChat({
  userIds: 'GuYan',
  externalUserIds: 'wmSonghuoAAAzhouzimo00002',
}));`),
  },
  {
    id: 'preview',
    group: 'calls',
    title: { en: 'Preview images', zh: '预览图片' },
    calls: ['previewImage'],
    script: onClick(`const urls = ['latte', 'guide', 'poster'].map((name) => new URL(\`../../media/\${name}.svg\`, location.href).href);
show(await juziWx.previewImage({ urls, current: urls[1] }));`),
  },
  {
    id: 'follow',
    group: 'calls',
    title: { en: 'Follow the conversation', zh: '跟随会话' },
    calls: ['on', 'off', 'updateBaseInfo', 'sidebarAuth'],
    script: onClick(
      `// {{Click other conversations on the left. ` +
        `After three switches the page stops listening.|点击左边的其他会话。切换三次之后页面不再监听。}}
let left = 3;
const follow = ({ data }) => {
  show({ on: data.baseInfo.juziChatId });
  if (--left === 0) juziWx.off('updateBaseInfo', follow);
};
juziWx.on('updateBaseInfo', follow);
// {{The older way: once for each registration.|旧的写法：每次注册只通知一次。}}
juziWx.invoke('updateBaseInfo', { reqType: 'listen' }, (res) => show({ once: res.err_msg }));
await juziWx.sidebarAuth();
show('{{listening|正在监听}}');`,
    ),
  },
  {
    id: 'first-calls',
    group: 'calls',
    title: { en: 'What WeCom pages call first', zh: '企业微信页面最先调用的几个' },
    calls: ['config', 'agentConfig', 'checkJsApi', 'ready', 'error'],
    script: onClick(`juziWx.error((res) => show(res));
juziWx.config({ appId: 'ww1', timestamp: 1, nonceStr: 'n', signature: 's', jsApiList: [] });
juziWx.ready(() => show('ready'));
show(await juziWx.agentConfig({}));
show(await juziWx.checkJsApi({ jsApiList: ['sendChatMessage', 'scanQRCode'] }));`),
  },
  {
    id: 'text',
    group: 'messages',
    title: { en: 'Text', zh: '文本' },
    calls: ['sendChatMessage'],
    script: send(`{ msgtype: 'text', text: { content: '{{Your order has been sent.|您的订单已经发出。}}' } }`),
  },
  {
    id: 'image',
    group: 'messages',
    title: { en: 'Image', zh: '图片' },
    calls: ['sendChatMessage'],
    script: send(`{
  msgtype: 'image',
  image: { url: new URL('../../media/latte.svg', location.href).href, title: 'latte.svg' },
}`),
  },
  {
    id: 'video',
    group: 'messages',
    title: { en: 'Video', zh: '视频' },
    calls: ['sendChatMessage'],
    script: send(`{
  msgtype: 'video',
  video: { url: new URL('../../media/pour-over.webm', location.href).href, title: 'pour-over.webm' },
}`),
  },
  {
    id: 'file',
    group: 'messages',
    title: { en: 'File', zh: '文件' },
    calls: ['sendChatMessage'],
    script: send(`{
  msgtype: 'file',
  file: { url: new URL('../../media/quotation.pdf', location.href).href, title: '{{quotation|报价单}}.pdf' },
}`),
  },
  {
    id: 'news',
    group: 'messages',
    title: { en: 'Link card', zh: '链接卡片' },
    calls: ['sendChatMessage'],
    script: send(`{
  msgtype: 'news',
  news: {
    link: 'https://songhuo.example/guide',
    title: '{{Milk coffee for small shops|小店奶咖指南}}',
    desc: '{{Three tables to hang at the bar|三张表，贴在吧台就能用}}',
    imgUrl: new URL('../../media/guide.svg', location.href).href,
  },
}`),
  },
  {
    id: 'miniprogram',
    group: 'messages',
    title: { en: 'Mini program card', zh: '小程序卡片' },
    calls: ['sendChatMessage'],
    script: send(`{
  msgtype: 'miniprogram',
  miniprogram: {
    appid: 'wx00songhuo0demo01',
    title: '{{Ridge blend, 1 kg|山脊拼配 1kg}}',
    imgUrl: new URL('../../media/beans.svg', location.href).href,
    page: 'pages/goods/detail?id=ridge-1kg',
    desc: '{{Songhuo Coffee|松火咖啡}}',
    iconUrl: new URL('../../media/logo.svg', location.href).href,
    officialAccountId: 'gh_songhuo00demo@app',
  },
}`),
  },
  {
    id: 'several',
    group: 'messages',
    title: { en: 'Several at once', zh: '一次发送多条' },
    calls: ['sendMultiChatMessage'],
    script: onClick(`show(await juziWx.sendMultiChatMessage([
  { msgtype: 'text', text: { content: '{{Here is our menu:|这是我们的菜单：}}' } },
  { msgtype: 'image', image: { url: new URL('../../media/menu.svg', location.href).href } },
]));`),
  },
  {
    id: 'login',
    group: 'login',
    title: { en: 'Log in with sidebarAuth', zh: '用 sidebarAuth 登录' },
    calls: ['sidebarAuth'],
    script: onClick(`const { data } = await juziWx.sidebarAuth();
// {{The page's server redeems the code. Here the playground answers for it.|页面的服务器兑换 code；这里由演练场代答。}}
const answer = await fetch('/session', { method: 'POST', body: JSON.stringify({ code: data.baseInfo.code }) });
show(await answer.json());`),
  },
  {
    id: 'demo',
    group: 'login',
    title: { en: 'The demo page: every call, login by redirect', zh: '示例页：全部调用，跳转登录' },
    calls: [],
    html: '',
    script: '',
  },
  {
    id: 'slow',
    group: 'faults',
    title: { en: 'Slow answers', zh: '应答很慢' },
    calls: ['getCurChatInfo'],
    faults: { latencyMs: 1500, jitterMs: 500, seed: 7 },
    script: onClick(`const started = performance.now();
await juziWx.getCurChatInfo();
show(\`\${Math.round(performance.now() - started)} ms\`);`),
  },
  {
    id: 'one-slow',
    group: 'faults',
    title: { en: 'One call that is slow', zh: '只有一个调用很慢' },
    calls: ['getCurChatInfo', 'getCurExternalContact'],
    faults: { apis: { getCurChatInfo: { latencyMs: 1500 } } },
    script: onClick(`const started = performance.now();
const after = async (call) => { await call; return Math.round((performance.now() - started) / 1000); };
show(await Promise.all([after(juziWx.getCurExternalContact()), after(juziWx.getCurChatInfo())]));`),
  },
  {
    id: 'lost',
    group: 'faults',
    title: { en: 'Answers that get lost', zh: '应答丢失' },
    calls: ['getCurChatInfo'],
    faults: { drop: 1 },
    html: pageWith('{{Run|运行}}', '<script src="../../vendor/juzi-helper.js" data-timeout="1500"></script>'),
    script: onClick(`// {{The tag has data-timeout="1500".|标签上设置了 data-timeout="1500"。}}
show(await juziWx.getCurChatInfo());`),
  },
  {
    id: 'twice',
    group: 'faults',
    title: { en: 'Answers that come twice', zh: '重复的应答' },
    calls: ['getCurChatInfo'],
    faults: { duplicate: 1 },
    script: onClick(`juziWx.getCurChatInfo({ success: (res) => show(res.name) }); // {{once|只调用一次}}`),
  },
  {
    id: 'order',
    group: 'faults',
    title: { en: 'Answers in another order', zh: '应答乱序' },
    calls: ['getCurChatInfo', 'getContext'],
    faults: { reorder: true },
    script: onClick(`await Promise.all([
  juziWx.getCurChatInfo().then(() => show('getCurChatInfo')),
  juziWx.getContext().then(() => show('getContext')),
]);`),
  },
  {
    id: 'former',
    group: 'faults',
    title: { en: 'Answers about the conversation before', zh: '切换后仍按上一个会话应答' },
    calls: ['getCurChatInfo', 'openEnterpriseChat'],
    faults: { staleMs: 1500 },
    script: onClick(`show((await juziWx.getCurChatInfo()).name);
await juziWx.openEnterpriseChat({ userIds: 'GuYan', externalUserIds: 'wmSonghuoAAAzhouzimo00002' });
show((await juziWx.getCurChatInfo()).name); // {{still the former one|仍是上一个}}
await new Promise((done) => setTimeout(done, 1600));
show((await juziWx.getCurChatInfo()).name);`),
  },
  {
    id: 'garbage',
    group: 'faults',
    title: { en: 'Messages that are none', zh: '不合协议的消息' },
    calls: ['getCurExternalContact'],
    faults: { garbage: 1 },
    script: onClick('show(await juziWx.getCurExternalContact());'),
  },
  {
    id: 'old',
    group: 'faults',
    title: { en: 'A console that is too old', zh: '旧版控制台' },
    calls: ['previewImage'],
    faults: { oldConsole: true },
    html: pageWith('{{Run|运行}}', '<script src="../../vendor/juzi-helper.js" data-timeout="1500"></script>'),
    script: onClick(`show(await juziWx.getCurChatInfo());
show(await juziWx.previewImage({ urls: ['https://page.example/a.png'] })); // {{never answered|没有应答}}`),
  },
  {
    id: 'refused',
    group: 'faults',
    title: { en: 'A call that is refused', zh: '调用被拒绝' },
    calls: ['sendChatMessage'],
    faults: { errors: { sendChatMessage: 'no permission' } },
    script: send(`{ msgtype: 'text', text: { content: 'Hello' } }`),
  },
  {
    id: 'jweixin',
    group: 'sdks',
    title: { en: 'A page with jweixin', zh: '使用 jweixin 的页面' },
    calls: ['config', 'ready', 'getCurExternalContact'],
    html: pageWith('{{Run|运行}}', `<script src="../../vendor/jweixin.js"></script>\n${HELPER}`),
    script: onClick(`wx.config({ appId: 'ww1', timestamp: 1, nonceStr: 'n', signature: 's', jsApiList: ['getCurExternalContact'] });
wx.ready(() => wx.invoke('getCurExternalContact', {}, show));`),
  },
  {
    id: 'wecom-jssdk',
    group: 'sdks',
    title: { en: 'A page with @wecom/jssdk', zh: '使用 @wecom/jssdk 的页面' },
    calls: ['getCurExternalContact', 'getContext'],
    html: pageWith('{{Run|运行}}', `${HELPER}\n<script src="../../vendor/wecom-jssdk.js"></script>`),
    script: onClick(`ww.register({ corpId: 'ww1', jsApiList: ['getCurExternalContact', 'getContext'] });
show(await ww.getContext());
show(await ww.getCurExternalContact());`),
  },
];

/** The HTML and the script of an example, in one language. @param {Example} example @param {'en' | 'zh'} language */
export function sourceOf({ html = PAGE, script }, language) {
  const inLanguage = (/** @type {string} */ text) => text.replace(/\{\{([^|{}]*)\|([^{}]*)\}\}/g, language === 'zh' ? '$2' : '$1');
  return { html: inLanguage(html), script: inLanguage(script) };
}

export const groups = [
  { id: 'start', title: { en: 'Start', zh: '开始' } },
  { id: 'calls', title: { en: 'Calls', zh: '调用' } },
  { id: 'messages', title: { en: 'Messages', zh: '消息' } },
  { id: 'login', title: { en: 'Login', zh: '登录' } },
  { id: 'faults', title: { en: 'Faults of the console', zh: '控制台的故障' } },
  { id: 'sdks', title: { en: 'WeCom SDKs', zh: '企业微信 SDK' } },
];
