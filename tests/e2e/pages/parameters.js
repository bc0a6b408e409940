// Calls whose parameters are changed right after the call, or are hostile. `everything(juziWx, callAround)` makes them and resolves with
// the texts and the counts of reads, by name. `callAround(run)` runs a function at the moment at which the calls are to be made.
{
  const text = (content) => ({ msgtype: 'text', text: { content } });
  const throws = (what) => {
    throw new Error(`no ${what} today`);
  };
  class Message {
    #content;
    constructor(content) {
      this.#content = content;
    }
    get msgtype() {
      return 'text';
    }
    get text() {
      return { content: this.#content };
    }
  }
  /** Wraps objects as MobX and Vue do: a proxy of each object that is read. */
  const reactive = (value) =>
    Object(value) === value ? new Proxy(value, { get: (target, name) => reactive(Reflect.get(target, name)) }) : value;
  /** Counts the reads of each member, at every depth. */
  const counted = (value, counts, path = '') =>
    Object(value) !== value
      ? value
      : new Proxy(value, {
          get(target, name) {
            const at = path ? `${path}.${String(name)}` : String(name);
            counts[at] = (counts[at] ?? 0) + 1;
            return counted(Reflect.get(target, name), counts, at);
          },
        });
  const claiming = (items, length) =>
    new Proxy(items, { get: (target, name) => (name === 'length' ? length() : Reflect.get(target, name)) });
  const cycle = () => {
    const object = { msgtype: 'text' };
    object.text = object;
    object.content = object;
    return object;
  };

  /** The calls, and what the page does with the parameters right afterwards. Each run makes new cases. */
  const changed = () => {
    const message = text('one');
    const list = [text('first'), text('second')];
    const form = { messages: [text('third')] };
    const { proxy, revoke } = Proxy.revocable(text('drafted'), {});
    const nested = Proxy.revocable({ content: 'nested draft' }, {});
    const chat = { userIds: 'a', externalUserIds: 'wmContact' };
    const pictures = { urls: ['https://pictures.example/1.png'], current: 'https://pictures.example/2.png' };
    const names = { jsApiList: ['on', 'nothing'] };
    const mini = { msgtype: 'image', image: { url: 'https://pictures.example/3.png', title: 'three' } };
    return [
      [
        'sent',
        'sendChatMessage',
        message,
        () => {
          message.text.content = 'two';
        },
      ],
      [
        'sent again',
        'sendChatMessage',
        message,
        () => {
          message.text = null;
          message.msgtype = 'image';
        },
      ],
      [
        'list',
        'sendMultiChatMessage',
        list,
        () => {
          list[0].text.content = 'changed';
          list.length = 1;
        },
      ],
      [
        'form',
        'sendMultiChatMessage',
        form,
        () => {
          form.messages.push(text('late'));
          form.messages[0].text = undefined;
          form.messages = [];
        },
      ],
      ['revoked', 'sendChatMessage', proxy, revoke],
      ['revoked body', 'sendChatMessage', { msgtype: 'text', text: nested.proxy }, nested.revoke],
      [
        'chat',
        'openEnterpriseChat',
        chat,
        () => {
          delete chat.userIds;
          chat.externalUserIds = 7;
        },
      ],
      [
        'pictures',
        'previewImage',
        pictures,
        () => {
          pictures.urls.pop();
          pictures.current = '';
        },
      ],
      [
        'names',
        'checkJsApi',
        names,
        () => {
          names.jsApiList[1] = 'off';
        },
      ],
      [
        'titled',
        'sendChatMessage',
        mini,
        () => {
          mini.image.title = 'four';
        },
      ],
    ];
  };

  /** Parameters that are not changed: their texts, and what is posted, do not depend on when they are read. */
  const hostile = () => {
    const shared = text('shared');
    const holed = [text('a'), , text('c')];
    const inheriting = Object.create({ msgtype: 'text', text: Object.create({ content: 'inherited' }) });
    const revoked = Proxy.revocable([], {});
    revoked.revoke();
    const all = {
      class: new Message('of a class'),
      reactive: reactive(text('reactive')),
      inheriting,
      cycle: cycle(),
      shared: [shared, shared],
      surrogates: text('a\ud800b\udc00'),
      large: text('句\ud800'.repeat(5e6)),
      frozen: Object.freeze(text('frozen')),
      nothing: undefined,
      null: null,
      number: 7,
      symbol: Symbol('s'),
      bigint: 7n,
      string: 'text',
      function: () => {},
      date: new Date(0),
      'no type': {},
      'type as an object': { msgtype: new String('text'), text: { content: 'a' } },
      'long type': { msgtype: 'x'.repeat(41) },
      'type that throws': {
        get msgtype() {
          throws('type');
        },
      },
      'body that throws': {
        msgtype: 'text',
        get text() {
          throws('body');
        },
      },
      'member that throws': {
        msgtype: 'text',
        text: {
          get content() {
            throws('content');
          },
        },
      },
      'member that throws nothing': {
        msgtype: 'text',
        text: {
          get content() {
            throw undefined;
          },
        },
      },
      'member of another type that throws': {
        msgtype: 'text',
        text: { content: 'a' },
        get image() {
          throws('image');
        },
      },
      'function as content': text(() => {}),
      'symbol as content': text(Symbol('s')),
      'object as content': text({ a: 1 }),
      'array as content': text(['a']),
      'no content': text(),
      'body as a string': { msgtype: 'text', text: 'content', content: 'a' },
      'body as an array': { msgtype: 'text', text: ['a'] },
      mediaid: { msgtype: 'image', image: { mediaid: 'wecom' } },
      'as in WeCom': { msgtype: 'miniprogram', miniprogram: { appid: 'a', title: 't', imgUrl: 'https://x', page: 'p' } },
      'type of Object.prototype': { msgtype: 'constructor' },
      '__proto__ as type': { msgtype: '__proto__' },
      'list of none': [],
      'list of everything': [text('a'), 7],
      'list with a hole': holed,
      'list that throws': {
        messages: [
          text('a'),
          {
            get msgtype() {
              throws('type');
            },
          },
        ],
      },
      'wrong before it throws': [
        text(''),
        {
          get msgtype() {
            throws('type');
          },
        },
      ],
      'messages that throw': {
        get messages() {
          throws('messages');
        },
      },
      'too many': Array.from({ length: 101 }, (_, index) => ({
        get msgtype() {
          throws(index);
        },
      })),
      'too many by name': { messages: claiming([], () => 4294967295) },
      'length that throws': claiming([], () => throws('length')),
      'length by name that throws': { messages: claiming([], () => throws('length')) },
      'length that is none': claiming([text('a')], () => NaN),
      'length below zero': claiming([text('a')], () => -1),
      'length as a string': claiming([text('a')], () => '1'),
      'length with a fraction': claiming([text('a'), text('b')], () => 1.5),
      'revoked list': revoked.proxy,
      'revoked list by name': { messages: revoked.proxy },
    };
    const rows = Object.entries(all).flatMap(([name, params]) =>
      ['sendChatMessage', 'sendMultiChatMessage'].map((api) => [`${api} ${name}`, api, params]),
    );
    const others = {
      previewImage: {
        'pictures in a proxy': reactive({ urls: ['a.png', 'https://b.example/c'] }),
        'a thousand': { urls: Array(1000).fill('https://a.example/') },
        'too many': { urls: Array(1001).fill('a') },
        'one that throws': {
          urls: ['a', 7].concat({
            get length() {
              throws('never');
            },
          }),
        },
        'urls that throw': {
          get urls() {
            throws('urls');
          },
        },
        'urls in a string': { urls: 'https://a.example/' },
        'current that throws': {
          urls: ['a'],
          get current() {
            throws('current');
          },
        },
        'current as a symbol': { urls: ['a'], current: Symbol('c') },
      },
      openEnterpriseChat: {
        'old name': { useridlist: 'a', chatId: 'wrGroup' },
        'wrong type': { userIds: ['a'] },
        'that throws': {
          userIds: 'a',
          get externalUserIds() {
            throws('ids');
          },
        },
        'a list': ['a'],
      },
      checkJsApi: {
        'names that throw': {
          get jsApiList() {
            throws('names');
          },
        },
        'a name that is none': { jsApiList: ['on', {}] },
        'too many': { jsApiList: Array(1001).fill('on') },
      },
      updateBaseInfo: {
        'another type': { reqType: 'speak' },
        'that throws': {
          get reqType() {
            throws('type');
          },
        },
        nothing: undefined,
      },
      nothing: {
        'that throws': {
          get anything() {
            throws('anything');
          },
        },
      },
    };
    for (const [api, cases] of Object.entries(others))
      for (const [name, params] of Object.entries(cases)) rows.push([`${api} ${name}`, api, params]);
    return rows;
  };

  const reads = {
    sendChatMessage: { ...text('a'), image: {}, other: 1 },
    sendMultiChatMessage: [text('a'), text('b')],
    previewImage: { urls: ['a', 'b'], current: 'a' },
    openEnterpriseChat: { userIds: 'a', externalUserIds: 'b', chatId: 'c' },
    checkJsApi: { jsApiList: ['on'] },
  };

  window.everything = async (juziWx, callAround) => {
    const results = {};
    const counts = {};
    const calls = [];
    const call = (name, api, params, change) => {
      calls.push(
        new Promise((resolve) => {
          juziWx.invoke(api, params, (res) => {
            results[name] = [res.err_msg, res.checkResult];
            resolve();
          });
        }),
      );
      change?.();
    };
    callAround(() => {
      for (const row of changed()) call(...row);
      for (const row of hostile()) call(...row);
      for (const [api, params] of Object.entries(reads)) call(`reads ${api}`, api, counted(params, (counts[api] = {})));
      Object.prototype.msgtype = 'text';
      Object.prototype.content = 'polluted';
      call('polluted', 'sendChatMessage', { text: {} });
      delete Object.prototype.msgtype;
      delete Object.prototype.content;
    });
    await Promise.all(calls);
    return { results, counts };
  };
}
