// The texts of the panel of `juzi-helper-wasm/dev`, and the conversations that it begins with.

const STORED = 'juzi.language';

/** The language chosen in the panel, or the browser's. */
export const language = () => {
  try {
    const chosen = localStorage.getItem(STORED);
    if (chosen in STRINGS) return chosen;
  } catch {
    // The browser allows no storage.
  }
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
};

export const chooseLanguage = (chosen) => {
  try {
    localStorage.setItem(STORED, chosen);
  } catch {
    // The choice lasts until the page is closed.
  }
};

export const STRINGS = {
  en: {
    title: 'Simulated console',
    titleWith: (name) => `Simulated console: ${name}`,
    about: 'This page is outside Juzi. The console is simulated here, in development only.',
    close: 'Close',
    other: '中文',
    conversation: 'Conversation',
    none: 'No conversation',
    answers: 'Answers',
    answer: (api) => `Answer to ${api}`,
    ok: 'answers',
    fail: 'fails',
    silent: 'never answers',
    reason: (api) => `Reason of ${api}`,
    faults: 'Faults',
    latency: 'Delay of answers (ms)',
    drop: 'Lost answers (%)',
    old: 'Old console: does not know openEnterpriseChat and previewImage',
    restart: 'Restart the console',
    restarted: 'The console has restarted. The page must call sidebarAuth again.',
    calls: 'Calls',
    noCalls: 'The page has not called yet.',
    states: {
      pending: 'waits',
      ok: 'ok',
      fail: 'failed',
      silent: 'no answer',
      dropped: 'lost',
      unsent: 'not sent',
      forgotten: 'forgotten',
    },
    sent: (name, text) => `Sent to ${name}: ${text}`,
    preview: (count) => `Shows ${count} image(s)`,
    switched: (name) => `Switched to ${name}`,
  },
  zh: {
    title: '模拟控制台',
    titleWith: (name) => `模拟控制台：${name}`,
    about: '页面不在句子里。控制台由本页面模拟，仅用于开发。',
    close: '关闭',
    other: 'English',
    conversation: '会话',
    none: '没有会话',
    answers: '应答',
    answer: (api) => `${api} 的应答`,
    ok: '正常应答',
    fail: '失败',
    silent: '不应答',
    reason: (api) => `${api} 的失败原因`,
    faults: '故障',
    latency: '应答延迟（毫秒）',
    drop: '应答丢失（%）',
    old: '旧版控制台：不支持 openEnterpriseChat 和 previewImage',
    restart: '重启控制台',
    restarted: '控制台已重启，页面需要重新调用 sidebarAuth。',
    calls: '调用',
    noCalls: '页面还没有发起调用。',
    states: { pending: '等待中', ok: '成功', fail: '失败', silent: '未应答', dropped: '已丢失', unsent: '未送达', forgotten: '已作废' },
    sent: (name, text) => `已发送给${name}：${text}`,
    preview: (count) => `展示 ${count} 张图片`,
    switched: (name) => `已切换到${name}`,
  },
};

const chats = (contact, group, colleague) => [
  { id: 'chat-contact', name: contact, externalUserId: 'wmDevContact' },
  { id: 'chat-group', name: group, type: 1, chatId: 'wrDevGroup', members: ['wmDevContact'] },
  { id: 'chat-colleague', name: colleague, external: false },
];
export const CHATS = {
  en: chats('Lin (customer)', 'Coffee club (group)', 'Wang (colleague)'),
  zh: chats('林晓棠（客户）', '咖啡交流群（群聊）', '王磊（同事）'),
};
