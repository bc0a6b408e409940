// A Vue single-page application with weixin-js-sdk from npm: one route per kind of chat, and reactive objects as messages.
import { createApp, h, onMounted, reactive, ref } from 'vue';
import { createRouter, createWebHashHistory, RouterView } from 'vue-router';
import wx from 'weixin-js-sdk';

const steps = reactive([]);
const step = (text) => steps.push(text);
const ask = (api, params = {}) =>
  new Promise((resolve, reject) => {
    wx.invoke(api, params, (res) => (res.err_msg === `${api}:ok` ? resolve(res) : reject(new Error(res.err_msg))));
  });

const setUp = () => {
  wx.config({ beta: true, appId: 'ww0123456789abcdef', timestamp: 1, nonceStr: 'n', signature: 's', jsApiList: ['sendChatMessage'] });
  return new Promise((resolve, reject) => {
    wx.ready(resolve);
    wx.error(reject);
  });
};

/** The page of one chat: asks which chat is open, and sends a message that is bound to a field. */
const chatPage = (api, member) => ({
  setup() {
    const id = ref();
    const message = reactive({ msgtype: 'text', text: { content: 'from Vue' } });
    const news = reactive({ msgtype: 'news', news: { link: 'https://example.com/', title: 'News' }, onSent() {} });
    const send = (what) =>
      ask('sendChatMessage', what).then(
        () => step(`sent ${what.msgtype}`),
        ({ message: why }) => step(why),
      );
    onMounted(async () => {
      id.value = (await ask(api))[member];
      step(`chat ${id.value}`);
    });
    return () => [
      h('h1', id.value),
      h('textarea', { id: 'content', value: message.text.content, onInput: (event) => (message.text.content = event.target.value) }),
      h('button', { id: 'text', onClick: () => send(message) }, 'Text'),
      h('button', { id: 'news', onClick: () => send(news) }, 'News'),
      h(
        'button',
        { id: 'preview', onClick: () => wx.previewImage(reactive({ urls: ['a.png'], success: () => step('previewed') })) },
        'Preview',
      ),
    ];
  },
});

const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', component: { render: () => h('p', 'Loading…') } },
    { path: '/contact', component: chatPage('getCurExternalContact', 'userId') },
    { path: '/group', component: chatPage('getCurExternalChat', 'chatId') },
  ],
});

createApp({
  setup: () => () => [
    h(RouterView),
    h(
      'ol',
      steps.map((text) => h('li', text)),
    ),
  ],
})
  .use(router)
  .mount('#app');

setUp()
  .then(() => {
    step('ready');
    return ask('agentConfig', { corpid: 'ww0123456789abcdef', agentid: '1' });
  })
  .then(() => ask('getContext'))
  .then(({ entry }) => router.replace(entry === 'group_chat_tools' ? '/group' : '/contact'))
  .catch((error) => step(`failed: ${error.message ?? error.errMsg}`));
