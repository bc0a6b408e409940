// A React application with @wecom/jssdk from npm. It uses promises throughout, and the SDK calls `config` by itself.
import * as ww from '@wecom/jssdk';
import { createElement as h, useCallback, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** The response that the page's server would give. */
const sign = async () => ({ timestamp: 1700000000, nonceStr: 'nonce', signature: 'signature' });

ww.register({
  corpId: 'ww0123456789abcdef',
  agentId: 1000002,
  jsApiList: ['sendChatMessage', 'getCurExternalContact', 'getCurExternalChat', 'getContext'],
  getConfigSignature: sign,
  getAgentConfigSignature: sign,
});

const findChat = async () => {
  const { entry } = await ww.getContext();
  if (entry === ww.EntryType.group_chat_tools) return (await ww.getCurExternalChat()).chatId;
  return (await ww.getCurExternalContact()).userId;
};

function App() {
  const [steps, setSteps] = useState([]);
  const [content, setContent] = useState('from React');
  const step = useCallback((text) => setSteps((steps) => [...steps, text]), []);
  useEffect(() => {
    findChat().then(
      (chat) => step(`chat ${chat}`),
      ({ errMsg }) => step(`failed: ${errMsg}`),
    );
  }, [step]);
  const send = (message) =>
    ww.sendChatMessage(message).then(
      ({ errMsg }) => step(`${message.msgtype} ${errMsg}`),
      ({ errMsg }) => step(`${message.msgtype} ${errMsg}`),
    );
  const button = (id, message) => h('button', { id, key: id, onClick: () => send(message) }, id);
  return h('main', null, [
    h('textarea', { id: 'content', key: 'content', value: content, onChange: (event) => setContent(event.target.value) }),
    button('text', { msgtype: 'text', text: { content }, enterChat: true }),
    button('image', { msgtype: 'image', image: { mediaid: 'MEDIA' } }),
    h(
      'ol',
      { key: 'steps' },
      steps.map((text, index) => h('li', { key: index }, text)),
    ),
  ]);
}

createRoot(document.getElementById('app')).render(h(App));
