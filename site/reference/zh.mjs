/** 参考页的中文：来源只有英文。缺少任何一条时，构建会失败。 */

export const entries = {
  index: '主入口：`init`、`juziWx`、`patch`、`JuziError`，以及每个调用的类型。',
  oauth: '在页面的服务端完成用户登录。浏览器、worker 和 Node 里都能运行。',
  testing: '测试用的控制台：用于 Vitest 或 Jest（jsdom），也可以套在一个 iframe 上。',
  playwright: '同一个控制台，用于 Playwright 测试。',
  react: 'React 的 hooks。',
  vue: 'Vue 的组合式函数。',
  store: '同样的状态，不依赖框架。',
  vite: 'Vite 插件：开发时在页面周围显示控制台。',
  global: 'script 标签定义的全局变量的类型。',
  dev: '开发时在页面里显示控制台。',
};

export const codes = {
  JuziError: {
    not_in_sidebar: '页面不在句子的侧边栏里，原因见 `juziWx.env.reason`。',
    timeout: '控制台没有按时应答。调用仍有可能已经生效。',
    function_not_exist: '没有这个调用：名称写错了，或者句子没有对应的功能。',
    host_unreachable: '消息发不出去，或者 `allowedHosts` 里没有控制台的源。',
    internal_error: 'helper 自身出错，请报告给我们。',
    webassembly_blocked: '页面的策略或浏览器拒绝 WebAssembly，又没有后备。',
    invalid_options: '`init` 拒绝了传入的选项，它自己的错误里写明了是哪一个。',
    aborted: '调用的 `signal` 已中止。已经发出的调用仍可能生效。',
    conversation_changed: '当前打开的不是 `to` 里的会话。没有发送任何内容。',
    fail: '其他原因：参数有误（错误信息写明是哪个字段），或者被控制台拒绝。',
  },
  OAuthError: {
    invalid_code: 'hub 不认识这个 code，或者它已经兑换过（errcode -1）；超过 1,024 字节的 code 不会发送。',
    expired_code: 'code 没有在 5 分钟内兑换（errcode -2）。',
    missing_code: '没有传 code（errcode -4），或者回调地址里没有 code。',
    unknown_error: 'hub 自身报错（errcode -5 或其他值）。',
    invalid_redirect_uri: '`redirectUri` 不是完整的 http(s) 地址，或者带有账号密码。',
    invalid_state: 'state 含有 `a-zA-Z0-9` 以外的字符，或者超过 128 字节。',
    invalid_base: '`base` 不是 http(s) 地址。',
    invalid_callback: '回调地址不是 URL。',
    invalid_timeout: '`timeout` 不是毫秒数。',
    invalid_secret: '`secret` 不足 32 个字符。',
    invalid_request: '传给 `handleCallback` 或 `startLogin` 的不是请求。',
    state_mismatch: '回调里的 state 不属于这个浏览器发起的登录，或者根本没有发起过登录。',
    bad_answer: 'hub 的应答在 HTTP 上不是成功，或者不是协议规定的 JSON。',
    timeout: 'hub 没有按时应答，默认 10 秒。',
    aborted: '请求的 `signal` 已中止。',
    hub_unreachable: '连不上 hub、连接中断，或者 hub 返回了跳转。',
  },
};

export const features = {
  script: null,
  internals: null,
  bench: null,
  http: '`oauth::exchange` 和 `oauth::Client`：通过 HTTPS 兑换 code，阻塞式。',
  serde: '在 `wasm32` 上也提供带类型的消息；在服务器上始终提供。',
  schema: '消息的 JSON Schema（schemars），仅用于服务器。',
  client: '以异步函数提供各个调用，供用 Rust 写的页面在 `wasm32` 上使用。',
  'client-testing': '模拟的控制台，用于测试这样的页面。',
};

/** 按选项名。 */
export const options = {
  '--page': '要开发的侧边栏页面，例如 `http://localhost:5173/`。默认：示例页',
  '--wait': '先等页面的地址有服务器应答再启动，最多等 TIME（不写则为 60 秒）',
  '--seed': '让丢失和抖动可以重现：整数；0 表示每次都不同。默认：场景里的值',
  '--port': '监听的端口；0 表示任意空闲端口。默认：8787',
  '--host': '监听的名称或地址；不是回环地址时，其他机器也能连接。默认：127.0.0.1',
  '--scenario': '会话、账号和故障，JSON 或 TOML；文件变化时重新读取。默认：内置场景',
  '--code-ttl': '未使用的登录 code 的有效时间：秒数，或写成 `5m`。默认：300',
  '--open': '在浏览器里打开控制台',
  '--verbose': '输出更多日志；`-vv` 输出全部（`RUST_LOG` 优先）',
  '--help': '显示帮助',
  '--version': '显示版本',
};

/** 来源里的段落，以及示例代码里的注释，按英文原文（空白合并）。缺少中文，或来源里已经没有这一段时，构建会失败。 */
export const sentences = {
  'The managed account. `userId`, `corpId`, `botId`, `orgId`, `uid` and `email` are what `getUserInfo` answers.':
    '托管账号。`userId`、`corpId`、`botId`、`orgId`、`uid`、`email` 是 `getUserInfo` 的应答。',
  '`http(s)://…`, `data:image/…`, or a path of the workbench. Without it the console draws initials.':
    '`http(s)://…`、`data:image/…`，或工作台里的路径。不设置时，控制台用姓名的字作头像。',
  "Juzi's id of the managed account; `juziBotId` in the OAuth redirect.": '托管账号在句子里的 id，即 OAuth 跳转里的 `juziBotId`。',
  'The WeCom corporation.': '企业微信的企业。',
  'The name shown in the console.': '控制台里显示的名字。',
  'The organisation in Juzi.': '句子里的组织。',
  "The member's user id in Juzi.": '成员在句子里的用户 id。',
  "The member's WeCom user id.": '成员的企业微信用户 id。',
  "The account's own WeCom id.": '账号自己的微信 id。',
  'The faults of one api.': '单个调用的故障。',
  'The probability that an answer is never sent, if larger than the general one.': '应答丢失的概率，大于总的概率时才有效。',
  'Whether calls stay pending until they are answered by hand.': '调用是否一直等待，直到手动应答。',
  'The delay of every answer, in milliseconds, besides the general one. At most 600,000.':
    '每个应答在总的延迟之外再延迟的时间，毫秒，不超过 600,000。',
  'Whether calls are never answered.': '是否永远不应答。',
  'The person at the other end of a single chat.': '单聊的对方。',
  'What `getCurExternalContact` answers. Required if the conversation is external, and not allowed otherwise.':
    '`getCurExternalContact` 的应答。外部会话必填，其他会话不能有。',
  'The name that staff gave the contact.': '员工给联系人的备注名。',
  "A colleague's WeCom user id. Required if the conversation is not external, and not allowed otherwise.":
    '同事的企业微信用户 id。内部会话必填，其他会话不能有。',
  "`wxUserId` in what `getCurChatInfo` answers. In Juzi it equals the contact's id, so an outside contact's that differs gets a warning.":
    '`getCurChatInfo` 应答里的 `wxUserId`。句子里它等于联系人的 id，外部联系人的值不同时会有警告。',
  'One conversation: a single chat (with an outside contact or a colleague), or a group.': '一个会话：单聊（外部联系人或同事）或群聊。',
  'The managed account of this conversation, if it is not `account.botId`.': '会话所属的托管账号，与 `account.botId` 不同时才写。',
  'Who the chat is with. Required in a single chat, and not allowed in a group.': '单聊的对方。单聊必填，群聊不能有。',
  'Whether somebody from outside the corporation takes part.': '会话里是否有企业以外的人。',
  'The group. Required in a group conversation, and not allowed in a single chat.': '群。群聊必填，单聊不能有。',
  "Juzi's id of the chat, `juziChatId`. Unique in the file.": '会话在句子里的 id，即 `juziChatId`。在文件里唯一。',
  'Oldest first.': '最早的在前。',
  "The chat's id in WeCom, `juziChatWxid`. Unique in the file.": '会话在微信里的 id，即 `juziChatWxid`。在文件里唯一。',
  'What goes wrong. Probabilities are between 0 (never) and 1 (always).': '故障。概率在 0（从不）和 1（总是）之间。',
  'By api: faults of its calls alone, besides the general ones.': '按调用名指定只影响该调用的故障，与总的故障叠加。',
  'The probability that an answer is never sent.': '应答丢失的概率。',
  'The probability that an answer is sent twice.': '应答发送两次的概率。',
  'The error text to answer, by api: `{ "sendChatMessage": "sendChatMessage:fail no permission" }`.':
    '按调用名指定应答的错误文本：`{ "sendChatMessage": "sendChatMessage:fail no permission" }`。',
  'The probability that a message outside the protocol is posted before an answer.': '在应答之前发送一条不合协议的消息的概率。',
  'The errcode of every `getUserInfo` response: -1, -2, -4 or -5. With 0 it works normally.':
    '每次 `getUserInfo` 应答的 errcode：-1、-2、-4 或 -5。0 表示正常。',
  'The largest random extra delay, in milliseconds. At most 600,000.': '随机附加延迟的最大值，毫秒，不超过 600,000。',
  'The delay of every answer, in milliseconds. At most 600,000.': '每个应答的延迟，毫秒，不超过 600,000。',
  'An old console: it does not know `openEnterpriseChat` and `previewImage`, and does not answer them.':
    '旧版控制台：不认识 `openEnterpriseChat` 和 `previewImage`，也不应答。',
  'Whether answers overtake one another.': '应答是否会乱序。',
  'For this long after a switch, in milliseconds, `getCurChatInfo`, `getCurExternalContact`, `getCurExternalChat` and `sidebarAuth` are answered about the conversation before. At most 600,000.':
    '切换会话之后的这段时间里（毫秒，不超过 600,000），`getCurChatInfo`、`getCurExternalContact`、`getCurExternalChat` 和 `sidebarAuth` 仍按上一个会话应答。',
  'A whole number other than 0 makes the probabilities and the jitter repeatable: after each load of the page, the same calls get the same faults.':
    '设为 0 以外的整数时，概率和抖动可以重现：每次加载页面之后，同样的调用遇到同样的故障。',
  'What `getCurExternalChat` answers.': '`getCurExternalChat` 的应答。',
  '`wxChatId` in what `getCurChatInfo` answers. In Juzi it equals `chatId`; one that differs gets a warning.':
    '`getCurChatInfo` 应答里的 `wxChatId`。句子里它等于 `chatId`，不同时会有警告。',
  'The body of a message that carries a file: a picture, a video or any other. The console fetches it.':
    '带文件的消息内容：图片、视频或其他文件。控制台会去取这个文件。',
  'Its name.': '名称。',
  'Its http or https URL; not empty.': 'http 或 https 地址，不能为空。',
  'The external user id of a contact.': '联系人的外部用户 id。',
  'Unique in the group; messages name their sender by it.': '在群里唯一；消息用它写明发送者。',
  'Whether this member owns the group.': '这个成员是不是群主。',
  'The WeCom user id of a member of staff.': '员工的企业微信用户 id。',
  "A message already in the conversation: `SendParams` (the parameters of `sendChatMessage`) with a sender and a time. It must have the member that `msgtype` names, and none of the other types' members.":
    '会话里已有的消息：`SendParams`（`sendChatMessage` 的参数），再加发送者和时间。必须有 `msgtype` 所指的成员，不能有其他类型的成员。',
  '`me` (the managed account), `them` (the contact of a single chat), or the name of a member of the group.':
    '`me`（托管账号）、`them`（单聊的联系人），或群成员的名字。',
  'When it was sent: RFC 3339, or relative to the start, like `35m ago` or `1d 2h ago`. The default is the start.':
    '发送时间：RFC 3339，或相对于启动时间，例如 `35m ago`、`1d 2h ago`。默认是启动时间。',
  'The body of a mini program, shown as a card. All members are required and must not be empty.':
    '小程序消息的内容，显示为卡片。所有成员必填，不能为空。',
  'Its app id.': '小程序的 app id。',
  'The text under the heading.': '标题下面的文字。',
  'The URL of its icon.': '图标的地址。',
  "The URL of the card's picture, which starts with `http://` or `https://`.": '卡片图片的地址，以 `http://` 或 `https://` 开头。',
  'The id of the official account that it belongs to (`gh_…`).': '小程序所属公众号的 id（`gh_…`）。',
  'The path of the page to open in it.': '要打开的小程序页面的路径。',
  "The card's heading.": '卡片的标题。',
  'What the console does when the user switches conversation.': '用户切换会话时控制台的做法。',
  'It pushes `updateBaseInfo`, once the page has called `sidebarAuth`.': '页面调用过 `sidebarAuth` 之后，推送 `updateBaseInfo`。',
  'It reloads the iframe, with `juziChatId` and `juziChatWxid` in its query.':
    '重新加载 iframe，查询参数里带上 `juziChatId` 和 `juziChatWxid`。',
  'The body of a link, shown as a card.': '链接消息的内容，显示为卡片。',
  "The URL of the card's picture.": '卡片图片的地址。',
  'The URL to which the card leads; not empty.': '卡片指向的地址，不能为空。',
  'The body of a text message.': '文本消息的内容。',
  'The text; not empty.': '文本，不能为空。',
  'A simulated Juzi console: its account, its conversations and its faults.': '模拟的句子控制台：账号、会话和故障。',
  'Where an editor finds the schema. The workbench ignores it.': '供编辑器查找 Schema。工作台不读取它。',
  'The managed WeCom account that staff chat with, and the member of staff who is logged in.':
    '员工聊天所用的企业微信托管账号，以及登录的员工。',
  "The conversations in the console's list. The first one is open at the start. May be empty.":
    '控制台列表里的会话。启动时打开第一个。可以为空。',
  'What goes wrong, and how often. By default, nothing does.': '会出什么故障、多频繁。默认没有故障。',
  "The console's language at the start. Default: the browser's.": '控制台启动时的语言。默认：浏览器的语言。',
  'How the sidebar page was registered in the console.': '侧边栏页面在控制台里的登记方式。',
  'The sidebar helper of Juzi (句子秒回), the chat console for WeCom.': '句子秒回（企业微信聊天控制台）的侧边栏 helper。',
  'The import has no side effects, in a browser, a worker or a server. `init()` installs the helper and needs a browser. A call made before `init()` has finished waits for it. Without a window, calls fail with `not in sidebar`.':
    '导入没有副作用，在浏览器、worker 和服务器上都一样。`init()` 安装 helper，需要浏览器。`init()` 完成之前发起的调用会等待它。没有 window 时，调用以 `not in sidebar` 失败。',
  'Installs the helper in the page, once. A second call returns the promise of the first, or rejects if it has other options. If another copy was first (a script tag, or another bundle), its helper is used, with its options. If that copy cannot run, this one takes its place.':
    '在页面里安装 helper，只安装一次。第二次调用返回第一次的 Promise；选项不同时则拒绝。如果页面里已有另一份（script 标签或另一个打包产物），就使用那一份和它的选项。那一份无法运行时，由这一份接替。',
  'Outside the sidebar `init` also resolves. Calls then fail with `not in sidebar`, and `env.reason` says why.':
    '在侧边栏之外 `init` 也会成功。这时调用以 `not in sidebar` 失败，原因见 `env.reason`。',
  'Rejects if there is no window, if an option is unknown or cannot be read, or if the WebAssembly cannot be loaded or is not allowed and there is no `fallback`. Calls then fail until another `init` succeeds.':
    '没有 window、选项未知或无法读取，或者 WebAssembly 加载不了、不被允许又没有 `fallback` 时，Promise 被拒绝。之后的调用都会失败，直到另一次 `init` 成功。',
  'Whether the page is in the sidebar, at once and also before `init`; false on a server. `juziWx.env.reason` says why it is not, once the helper runs.':
    '页面是否在侧边栏里。立即返回，`init` 之前也可以用；在服务器上返回 false。不在侧边栏的原因，等 helper 运行之后见 `juziWx.env.reason`。',
  'give `force` here if `init` will get it.': '如果会给 `init` 传 `force`，这里也要传。',
  "Adds the helper's calls to an SDK's object in place, for SDKs from npm that are not globals. Outside the sidebar the object stays unchanged.":
    '把 helper 的调用原地加到 SDK 的对象上，用于从 npm 引入、不是全局变量的 SDK。在侧边栏之外，对象保持不变。',
  'the same object, or one that inherits from it if it is frozen.': '同一个对象；对象被冻结时，返回继承它的新对象。',
  'TypeError if `wx` is not an object.': '`wx` 不是对象时抛出 TypeError。',
  'One message for the conversation: its type, and the member of that name.': '发往会话的一条消息：类型，以及与类型同名的成员。',
  'The six types of message.': '六种消息类型。',
  'Information from the console about the open conversation, with a code to log its user in.':
    '控制台给出的当前会话信息，带有用户登录用的 code。',
  'A one-time OAuth code. Send it to your server, which redeems it with `oauth.getUserInfo`. It expires after 5 minutes.':
    '一次性的 OAuth code。把它发给你的服务端，用 `oauth.getUserInfo` 兑换。5 分钟后失效。',
  "Juzi's id of the conversation.": '会话在句子里的 id。',
  "Juzi's id of the contact or group.": '联系人或群在句子里的 id。',
  'Other members that the console sends.': '控制台发送的其他成员。',
  'The open conversation.': '当前会话。',
  "The same id, as Juzi's documentation spells it.": '同一个 id，按句子文档的写法。',
  '0 for a single chat, 1 for a group.': '0 表示单聊，1 表示群聊。',
  'Whether the conversation includes a person outside the company.': '会话里是否有企业以外的人。',
  "Single chat: the contact's WeCom id, the same as `userId` of `getCurExternalContact`.":
    '单聊：联系人的企业微信 id，与 `getCurExternalContact` 的 `userId` 相同。',
  "Group: the group's WeCom id, the same as `chatId` of `getCurExternalChat`.":
    '群聊：群的企业微信 id，与 `getCurExternalChat` 的 `chatId` 相同。',
  'The managed account that the conversation belongs to.': '会话所属的托管账号。',
  'The people or the group to open a chat with. An empty string counts as left out.': '要与之打开聊天的人或群。空字符串视为没有传。',
  'The employees, separated by `;`. Required.': '员工，用 `;` 分隔。必填。',
  'No parameters: `{}`, or nothing at all.': '没有参数：`{}`，或者什么都不传。',
  "Parameters in WeCom's form. Any members are allowed.": '企业微信形式的参数，可以有任意成员。',
  'For each call its parameters, and what its answer carries beside the error texts.': '每个调用的参数，以及应答里除错误文本之外的内容。',
  'A name that `invoke` knows.': '`invoke` 认识的名称。',
  'The parameters of a call.': '调用的参数。',
  'The answer to a call that succeeded.': '成功的调用的应答。',
  'The same text, as jweixin spells it.': '同样的文本，按 jweixin 的写法。',
  'The answer to a call that failed.': '失败的调用的应答。',
  '`<api>:fail <reason>`. An error text from the console is passed on unchanged.': '`<api>:fail <原因>`。控制台给出的错误文本原样传递。',
  'The argument of a callback. Compare `err_msg` to tell success and failure apart:': '回调的参数。用 `err_msg` 区分成功和失败：',
  'A callback for every outcome.': '处理所有结果的回调。',
  'Callbacks in the parameters. If at least one is given, the call returns nothing.': '写在参数里的回调。只要有一个，调用就没有返回值。',
  'Called after either of them.': '在前两者之后调用。',
  'What ends a call early. Neither is sent to the console.': '提前结束调用的两个参数，都不会发给控制台。',
  "Aborts the call: it fails with `<api>:fail aborted`, and the error's `cause` is the signal's reason. A call that was already posted to the console may still take effect.":
    '中止调用：它以 `<api>:fail aborted` 失败，错误的 `cause` 是 signal 的 reason。已经发给控制台的调用仍可能生效。',
  'Milliseconds from now, from 1 to 2147483647, after which the call fails with `<api>:fail timeout`. It takes precedence over the option `timeout`, and counts while the call waits for `init`.':
    '从现在起的毫秒数，从 1 到 2147483647；过了这段时间，调用以 `<api>:fail timeout` 失败。它优先于选项 `timeout`，等待 `init` 的时间也计算在内。',
  'What can stand beside the parameters of a call.': '可以与调用的参数写在一起的成员。',
  'A call as a method. It takes callbacks or returns a promise.': '作为方法的调用。接受回调，或返回 Promise。',
  'A call by its name. It takes one callback for every outcome, or callbacks in its parameters, or returns a promise.':
    '按名称发起的调用。接受一个处理所有结果的回调，或参数里的回调，或返回 Promise。',
  'The events of `on` and `off`, each with the argument of its callback.': '`on` 和 `off` 的事件，以及各自回调的参数。',
  'The user has switched to another conversation.': '用户切换到了另一个会话。',
  'All calls. The helper defines them on `window.juziWx`, and in the sidebar on `window.wx` and on objects passed to `patch`.':
    '全部调用。helper 把它们定义在 `window.juziWx` 上；在侧边栏里还定义在 `window.wx` 和传给 `patch` 的对象上。',
  'Makes a call by its name.': '按名称发起调用。',
  'The outside contact of a single chat.': '单聊的外部联系人。',
  'The group of a group conversation. Fails in a single chat.': '群聊的群。在单聊里失败。',
  'The open conversation, of either kind.': '当前会话，单聊或群聊。',
  "The kind of conversation from which the page was opened, in WeCom's form.": '页面是从哪种会话打开的，按企业微信的形式。',
  'Gets a code to log the user in without a redirect. After this call the console pushes `updateBaseInfo` when the user switches the conversation.':
    '获取用户登录用的 code，不需要跳转。调用之后，用户切换会话时控制台会推送 `updateBaseInfo`。',
  'Sends one message into the conversation. It fails with `timeout` after 60 s, because the user must not be told too soon to send again.':
    '向会话发送一条消息。60 秒后以 `timeout` 失败，因为不能过早让用户重发。',
  'Sends several messages. All of them are checked before any is sent. The error names the bad one: `messages[2]: url is empty`.':
    '发送多条消息。发送之前先校验全部消息，错误里写明是哪一条：`messages[2]: url is empty`。',
  'Opens the chat with a contact, or a group.': '打开与联系人的聊天，或者打开群。',
  "Shows images over the whole console. Addresses are resolved against the page's address, and the result must be http or https. Without `current` the first image is shown.":
    '在整个控制台上显示图片。地址相对于页面解析，结果必须是 http 或 https。没有 `current` 时显示第一张。',
  'Waits for the next switch of conversation, once. Use `on` for all switches.':
    '等待下一次切换会话，只通知一次。要收到每一次切换，用 `on`。',
  'Succeeds. The parameters are not checked, because Juzi needs no signature.': '直接成功。不检查参数，因为句子不需要签名。',
  'Succeeds. The parameters are not checked.': '直接成功。不检查参数。',
  'Checks which calls are available.': '检查有哪些调用可用。',
  'Calls the function when the helper runs, at once if it already does.': 'helper 运行时调用传入的函数；已经在运行则立即调用。',
  'Registers a function. It is called if the helper cannot run: its file is missing, WebAssembly is refused, or `init` received bad options. It is not called in any other case: a failed call is reported to its own callbacks.':
    '注册一个函数。helper 无法运行时调用它：文件缺失、WebAssembly 被拒绝，或 `init` 收到错误的选项。其他情况都不调用：调用失败由它自己的回调得知。',
  'Calls the function at every switch of conversation after the first `sidebarAuth`.':
    '第一次 `sidebarAuth` 之后，每次切换会话都调用传入的函数。',
  'Ends a subscription made by `on` with the same function.': '用同一个函数结束 `on` 的订阅。',
  "Distinguishes the helper's calls from those of any other SDK.": '把 helper 的调用与其他 SDK 的区分开。',
  'What the helper detected when it started.': 'helper 启动时检测到的环境。',
  "If not in the sidebar, why: inside WeChat or WeCom itself; not in a frame; nothing tells that it is the sidebar's page.":
    '不在侧边栏时的原因：在微信或企业微信里；不在框架里；没有任何信息表明这是侧边栏页面。',
  "How the page is known to be the sidebar's: `juziSidebar` in its URL (`url`), or in the URL with which the document was opened (`navigation`); what the frame was before (`session`); the answer of Juzi's login (`authorize`); the option `force`. Null outside the sidebar.":
    '怎样得知这是侧边栏页面：页面 URL 里有 `juziSidebar`（`url`），或打开文档时的 URL 里有（`navigation`）；这个框架之前的身份（`session`）；句子登录的应答（`authorize`）；选项 `force`。不在侧边栏里时是 null。',
  'Whether a global `wx` was taken over.': '是否接管了全局的 `wx`。',
  "The console's origin. It is null until the first answer, in browsers that do not report the origin.":
    '控制台的源。浏览器不提供时，收到第一个应答之前是 null。',
  'The version of this package.': '本包的版本。',
  'WebAssembly, or the same module as JavaScript if WebAssembly is not allowed.':
    'WebAssembly；不允许时，是同一个模块编译成的 JavaScript。',
  'The helper.': 'helper。',
  "Takes over an object that is not global. The same function as this module's patch.":
    '接管不是全局变量的对象，与本模块的 patch 是同一个函数。',
  'What was detected; undefined until the helper runs.': '检测到的环境；helper 运行之前是 undefined。',
  'The helper when it runs.': '运行中的 helper。',
  'What the WebAssembly can come from: a URL (a string is resolved against the page), a response, bytes, or the compiled module. TypeScript knows no members of a compiled module, so here it is any object.':
    'WebAssembly 的来源：URL（字符串相对于页面解析）、响应、字节，或编译好的模块。TypeScript 不知道编译好的模块有哪些成员，所以这里可以是任意对象。',
  "The options of `init`. A malformed option is reported by name in the browser's console, and its default is used. The exception is `allowedHosts`: then no origin is allowed. An option with any other name makes `init` reject.":
    '`init` 的选项。格式错误的选项会在浏览器控制台里按名称报告，并使用默认值。`allowedHosts` 例外：这时不允许任何源。其他名称的选项会使 `init` 被拒绝。',
  'Origins that may be the console: exact, or every subdomain (`https://*.example.com`). Default: any. A list, or a string with spaces as separators. If it has no usable entry, no origin is allowed, and calls fail with `host unreachable`.':
    '允许作为控制台的源：完整的源，或所有子域名（`https://*.example.com`）。默认：任意。可以是列表，也可以是用空格分隔的字符串。没有一个可用的源时，不允许任何源，调用以 `host unreachable` 失败。',
  'Timeout of every call in milliseconds. Default: 10,000; 60,000 for messages and chats.':
    '每个调用的超时，毫秒。默认 10,000；发送消息和打开聊天是 60,000。',
  'Treat the page as in the sidebar even if its URL has lost `juziSidebar`, for example after a redirect.':
    '即使 URL 丢了 `juziSidebar`（例如跳转之后），也视为在侧边栏里。',
  "Provide `WeixinJSBridge`, so that WeChat's own SDKs work unchanged. Default: true.":
    '提供 `WeixinJSBridge`，让微信自己的 SDK 不用改动就能工作。默认 true。',
  "Log every message and decision to the browser's console.": '在浏览器控制台里记录每条消息和每个判断。',
  "In the sidebar, `navigator.userAgent` of this frame says that it is WeCom (`wxwork` and `MicroMessenger`), for pages and SDKs that refuse to start elsewhere. Code that then expects more of WeCom's own client does not find it. Default: the browser's own.":
    '在侧边栏里，这个框架的 `navigator.userAgent` 说自己是企业微信（`wxwork` 和 `MicroMessenger`），供在别处拒绝启动的页面和 SDK 使用。随后指望企业微信客户端其他能力的代码找不到它们。默认：浏览器自己的。',
  'For `juzi-helper-wasm/external`, in a page that keeps `juzi_helper_bg.wasm` itself: its URL, a response with it, its bytes, the compiled module, or a promise of one of these. Default: the file beside the script. The other entries have the module inside and do not use this option.':
    '用于 `juzi-helper-wasm/external`，由页面自己存放 `juzi_helper_bg.wasm` 的情况：它的 URL、含有它的响应、它的字节、编译好的模块，或其中任意一种的 Promise。默认：脚本旁边的文件。其他入口自带模块，不使用这个选项。',
  'In place of `debug`: every message and decision goes to this function, soon after it has happened.':
    '用来代替 `debug`：每条消息和每个判断，发生之后很快就传给这个函数。',
  'Loads the entry without WebAssembly, for when WebAssembly is not allowed or cannot be loaded. It is called only then. Calls wait for it, and `env.engine` is `js`.':
    '加载不用 WebAssembly 的入口，用于 WebAssembly 不被允许或加载不了时，只在这时调用。调用会等待它，`env.engine` 是 `js`。',
  'What happened, for the option `log`.': '发生了什么，用于选项 `log`。',
  'The calls. The same object as `window.juziWx`, unless another copy was first.':
    '全部调用。与 `window.juziWx` 是同一个对象，除非页面里先有另一份。',
  'The running helper: the promise of the first `init` that succeeds. It stays pending before that, and on a server.':
    '运行中的 helper：首次成功的 `init` 的 Promise。在此之前一直等待；在服务器上始终等待。',
  'An object that `patch` has taken over.': '`patch` 接管的对象。',
  '`JuziError.code`: one for each fixed reason, and `fail` for any other. The README says of each what causes it and what helps.':
    '`JuziError.code`：每种固定的原因有一个，其他原因是 `fail`。README 写明每一个的起因和解决办法。',
  'The error of a failed call. Promises reject with it. An error of another copy of the helper is an instance too.':
    '失败的调用的错误。Promise 以它拒绝。另一份 helper 的错误也算它的实例。',
  "error.code is 'timeout'": "error.code 是 'timeout'",
  "For tests of a page's code. The reason becomes `<api>:fail <reason>`.": '用于测试页面的代码。传入的原因会变成 `<api>:fail <原因>`。',
  'the reason, or the whole answer.': '原因，或完整的应答。',
  'The call.': '调用的名称。',
  'The same as `message`: `<api>:fail <reason>`.': '与 `message` 相同：`<api>:fail <原因>`。',
  'The whole answer.': '完整的应答。',
  'A code for each fixed reason; `fail` for any other reason.': '每种固定的原因有一个 code；其他原因是 `fail`。',
  'If the call was aborted, the reason of its `signal`.': '调用被中止时，是它的 `signal` 的 reason。',
  'Types for the globals of a page that loads the helper by a script tag: `window.juziWx`, `juziWx`, `window.wx` and `wx`. It has no code.':
    '页面用 script 标签加载 helper 时，各个全局变量的类型：`window.juziWx`、`juziWx`、`window.wx` 和 `wx`。不含代码。',
  '… begin a session of the user, and send setCookie with the answer.': '……为用户建立登录状态，并随应答发送 setCookie。',
  "The login of the sidebar's user. It needs no DOM and works in pages, workers, Node, Deno, Bun, Cloudflare's workers and edge runtimes. Redeem codes on your server:":
    '侧边栏用户的登录。不需要 DOM，页面、worker、Node、Deno、Bun、Cloudflare Workers 和 edge runtime 里都能用。请在服务端兑换 code：',
  'A server that keeps the state in sessions of its own uses authorizeUrl, newState, parseCallback and getUserInfo instead.':
    '如果服务端在自己的会话里保存 state，改用 authorizeUrl、newState、parseCallback 和 getUserInfo。',
  'Builds the address to send the browser to.': '生成浏览器要跳转到的地址。',
  '`invalid_redirect_uri`, `invalid_state`, `invalid_base`': '`invalid_redirect_uri`、`invalid_state`、`invalid_base`',
  'Where the hub sends the browser back to: an absolute http(s) URL.': 'hub 把浏览器送回的地址：完整的 http(s) URL。',
  '1 to 128 characters of `a-z`, `A-Z`, `0-9`, such as the result of newState.':
    '1 到 128 个 `a-z`、`A-Z`、`0-9` 字符，例如 newState 的结果。',
  "The hub's address, with or without a path.": 'hub 的地址，可以带路径。',
  "Makes an unguessable state: 32 characters, 128 bits from the platform's secure random source.":
    '生成无法猜测的 state：32 个字符，128 位，来自平台的安全随机源。',
  "Reads the address that the hub sent the browser back to: the whole address, or the part from the path on, as in Node's `request.url`.":
    '读取 hub 把浏览器送回的地址：完整的地址，或从路径开始的部分，例如 Node 的 `request.url`。',
  '`state_mismatch`, `missing_code`, `invalid_callback`': '`state_mismatch`、`missing_code`、`invalid_callback`',
  'The state of this session. A missing state is refused: without it, an attacker can log a user in as another person by sending a link.':
    '本次会话的 state。没有 state 会被拒绝：否则攻击者发一个链接，就能让用户以别人的身份登录。',
  "Redeems a code from a callback or from `sidebarAuth`. A code works once. Use the public hub from a server: in a browser, the browser's own cross-origin rules block the request. Redirects are not followed. An answer above 64 KB is refused while it is read, and so is a code above 1,024 bytes, before anything is sent.":
    '兑换回调或 `sidebarAuth` 给的 code。code 只能用一次。请在服务端访问公共 hub：在浏览器里，跨源规则会拦下这个请求。不跟随重定向。应答超过 64 KB 时，边读边拒绝；code 超过 1,024 字节时，什么都不发送就拒绝。',
  'Rejects. The error has an `errcode` if the hub gave one.': 'Promise 被拒绝。hub 给出 errcode 时，错误带有 `errcode`。',
  'Builds the address that getUserInfo requests, for use with your own HTTP client.':
    '生成 getUserInfo 请求的地址，供你自己的 HTTP 客户端使用。',
  '`missing_code`, `invalid_code` (above 1,024 bytes), `invalid_base`': '`missing_code`、`invalid_code`（超过 1,024 字节）、`invalid_base`',
  "Reads the body of the hub's answer, for use with your own HTTP client.": '读取 hub 应答的正文，供你自己的 HTTP 客户端使用。',
  "The code that was redeemed. With it, the error's message has the hub's `errmsg`, with the code replaced by `…`. Without it, the message is the specification's, because the hub's may contain the code.":
    '兑换的 code。给出它，错误信息里就有 hub 的 `errmsg`，其中的 code 换成 `…`。没有它，用规范里的文字，因为 hub 的文字里可能有 code。',
  "The hub's `errcode`, or `bad_answer`.": 'hub 的 `errcode`，或 `bad_answer`。',
  'in Hono, and whatever answers with a Response': '用于 Hono，以及其他以 Response 应答的框架',
  'In Express and Node. There can be several cookies.': '用于 Express 和 Node。cookie 可能有几个。',
  'Begins a login: a redirect to the hub, with a new state. The state is in a signed cookie too, so that only this browser can end the login, within 10 minutes. Each login has a cookie of its own, so that logins in two tabs do not disturb each other.':
    '开始登录：带着新的 state 跳转到 hub。state 同时存在签名的 cookie 里，所以只有这个浏览器能在 10 分钟内完成登录。每次登录有自己的 cookie，所以两个标签页里的登录互不影响。',
  "The cookie is `HttpOnly; Secure; SameSite=None; Partitioned`. The page is in the frame of another site, where browsers neither keep nor send cookies with `SameSite=Lax` or `Strict`; many keep one with `None` only if it is partitioned, which means: for this page in this console. Give your session's cookie the same attributes. As other sites can then send requests with it, check `Origin` before a request changes anything.":
    'cookie 是 `HttpOnly; Secure; SameSite=None; Partitioned`。页面在另一个网站的框架里，浏览器在那里既不保存也不发送 `SameSite=Lax` 或 `Strict` 的 cookie；许多浏览器只在分区（只属于这个控制台里的这个页面）时才保存 `None` 的 cookie。你的会话 cookie 要用同样的属性。这样其他网站也能带着它发请求，所以执行任何修改之前要检查 `Origin`。',
  'Rejects with `invalid_secret`, `invalid_redirect_uri`, `invalid_base`, `invalid_request`':
    '以 `invalid_secret`、`invalid_redirect_uri`、`invalid_base`、`invalid_request` 拒绝。',
  'in Hono: context.req.raw': 'Hono 里是 context.req.raw',
  'Ends a login that startLogin began: checks that this browser began it, and redeems the code.':
    '完成 startLogin 开始的登录：检查是不是这个浏览器发起的，再兑换 code。',
  'Rejects with `state_mismatch` (another browser began it, or nobody, or it took over 10 minutes), `invalid_code` (used before), `expired_code`, `missing_code`, `hub_unreachable`, `timeout`, `bad_answer`; `invalid_callback`, `invalid_request`, `invalid_secret`, `invalid_base`, `invalid_timeout`':
    '以 `state_mismatch`（由另一个浏览器发起、没有发起过或超过 10 分钟）、`invalid_code`（已经用过）、`expired_code`、`missing_code`、`hub_unreachable`、`timeout`、`bad_answer`，以及 `invalid_callback`、`invalid_request`、`invalid_secret`、`invalid_base`、`invalid_timeout` 拒绝。',
  'The public hub: `https://hub.juzibot.com`. Private deployments have their own hub: pass its address as `base`.':
    '公共 hub：`https://hub.juzibot.com`。私有部署有自己的 hub，用 `base` 传入地址。',
  'The values that the hub adds when it sends the browser back.': 'hub 把浏览器送回时附加的值。',
  'The one-time code. It expires after 5 minutes.': '一次性的 code，5 分钟后失效。',
  'The state. It equals the expected one.': 'state，与期望的相同。',
  "Juzi's id of the managed account, if the hub gives it.": '托管账号在句子里的 id，hub 给出时才有。',
  'The user of the sidebar. Only `userId` is never empty.': '侧边栏的用户。只有 `userId` 一定不为空。',
  "WeCom's id of the employee.": '员工的企业微信 id。',
  "WeCom's id of the company.": '企业的企业微信 id。',
  "Juzi's id of the managed account.": '托管账号在句子里的 id。',
  "Juzi's id of the organisation.": '组织在句子里的 id。',
  "Juzi's id of the user.": '用户在句子里的 id。',
  'Options of getUserInfo.': 'getUserInfo 的选项。',
  "The hub's address.": 'hub 的地址。',
  'Milliseconds; default 10,000.': '毫秒，默认 10,000。',
  'Aborts the request. The code may already have been used by then.': '中止请求。这时 code 可能已经用掉了。',
  'Options of startLogin.': 'startLogin 的选项。',
  'Where the hub sends the browser back to: an absolute http(s) URL, at which handleCallback answers.':
    'hub 把浏览器送回的地址：完整的 http(s) URL，由 handleCallback 处理。',
  'Signs the cookie (HMAC-SHA256): at least 32 characters, the same for handleCallback. Keep it on the server.':
    '给 cookie 签名（HMAC-SHA256）：至少 32 个字符，与 handleCallback 的相同。只能放在服务端。',
  "The request for the login: the web's `Request`, or the request of Node and Express. With it, a browser has at most 5 logins at once: the cookies of older ones are removed. And a prefetch begins none: the response is 503.":
    '登录的请求：网页标准的 `Request`，或 Node、Express 的请求。给出它，一个浏览器同时最多有 5 次登录，更早的 cookie 会被删除；预取也不会开始登录，响应是 503。',
  "A request: the web's `Request`, or that of Node and Express.": '请求：网页标准的 `Request`，或 Node、Express 的请求。',
  'Options of handleCallback.': 'handleCallback 的选项。',
  'The secret of startLogin.': 'startLogin 的 secret。',
  'What handleCallback has found.': 'handleCallback 的结果。',
  "Juzi's id of the managed account, where the hub names it.": '托管账号在句子里的 id，hub 写明时才有。',
  "A `Set-Cookie` header that removes the login's cookie. Send it with the answer: then this browser cannot use the state again. The server remembers nothing; what works only once for certain is the code, at the hub.":
    '删除登录 cookie 的 `Set-Cookie` 头。随应答一起发送，这个浏览器就不能再用这个 state。服务端什么都不记；一定只能用一次的是 hub 那里的 code。',
  "Of handleCallback, where the login was this browser's: a `Set-Cookie` header that removes the login's cookie. Send it with the answer, as with a login that succeeds; the user begins another.":
    '来自 handleCallback，且登录由这个浏览器发起时：删除登录 cookie 的 `Set-Cookie` 头。和登录成功时一样，随应答一起发送；用户要重新开始登录。',
  "Names of the reasons. The first four are the hub's errcodes -1, -2, -4, and -5 or any other.":
    '各种原因的名称。前四个对应 hub 的 errcode -1、-2、-4，以及 -5 或其他值。',
  'The reason why a login cannot continue. Its message never contains a code or a state.':
    '登录无法继续的原因。它的信息里不含 code 或 state。',
  "The hub's number for the reason: -1, -2, -4, -5; undefined if the hub was not called or gave no number.":
    'hub 给出的原因编号：-1、-2、-4、-5；没有请求 hub，或 hub 没有给出编号时是 undefined。',
  'The helper as React hooks, for React 18 and 19.': '以 React hook 的形式使用 helper，支持 React 18 和 19。',
  'A server renders the initial state, `loading`, and the browser begins with it too. Nothing needs Suspense.':
    '服务器渲染初始状态 `loading`，浏览器也从这个状态开始。不需要 Suspense。',
  'Starts the helper, for the hooks in `children`. It calls `init(options)` when it is mounted. Later changes of `options` have no effect.':
    '启动 helper，供 `children` 里的 hook 使用。挂载时调用 `init(options)`，之后再改 `options` 没有作用。',
  'Whether the helper runs.': 'helper 是否在运行。',
  'Error without a `JuziProvider`.': '没有 `JuziProvider` 时抛出 Error。',
  'The open conversation. The component renders again when the user switches to another.':
    '当前会话。用户切换到另一个会话时，组件会重新渲染。',
  'The first use calls `sidebarAuth`, because the console tells of switches only after it. When no component uses it any longer, the conversation is forgotten: the next use reads it again.':
    '第一次使用时会调用 `sidebarAuth`，因为在此之后控制台才通知切换。不再有组件使用时，会话就会清空，下次使用时重新读取。',
  'Sends messages into the open conversation, and with `to` only into the one that the page shows.':
    '向当前会话发送消息；写了 `to` 时，只发往页面显示的那个会话。',
  'The states of the hooks without a framework: for Vue 2.7, React 16 and 17, or none.':
    'hook 的各个状态，不依赖框架：用于 Vue 2.7、React 16 和 17，或者不用框架的页面。',
  'A state and those who are told when it changes. The two functions need no `this`, and stay the same.':
    '一个状态，变化时通知订阅者。这两个函数不需要 `this`，始终是同一个。',
  'The state as it is now: another object after each change, the same one otherwise.':
    '当前的状态：每次变化后是新的对象，没有变化时是同一个。',
  'Calls the function after each change.': '每次变化后调用这个函数。',
  'a function that ends it.': '用来结束订阅的函数。',
  'The states of one application.': '一个应用的各个状态。',
  'Calls `init(options)`, once. The promise resolves when `helper` says how it ended, and never rejects.':
    '调用 `init(options)`，只调用一次。结果写进 `helper` 之后 Promise 成功，不会失败。',
  'The open conversation. The first subscription starts the helper and calls `sidebarAuth`; while there is a subscription, the state follows the switches. After the last one has ended, the conversation is forgotten.':
    '当前会话。第一次订阅时启动 helper 并调用 `sidebarAuth`；有订阅时，状态随切换更新；最后一个订阅结束后，会话就会清空。',
  'The states of one application. It begins with `start()`, or with the first subscription to `conversation`, and does nothing on a server.':
    '一个应用的各个状态。从 `start()` 或第一次订阅 `conversation` 时开始，在服务器上什么都不做。',
  'The helper as Vue 3 composables.': '以 Vue 3 组合式函数的形式使用 helper。',
  'A server renders the initial state, `loading`, and the browser begins with it too.':
    '服务器渲染初始状态 `loading`，浏览器也从这个状态开始。',
  'The plugin. It calls `init(options)` when the application uses it, but not on a server.':
    '插件。应用安装它时调用 `init(options)`，在服务器上不调用。',
  'Error if the application does not use `createJuzi()`.': '应用没有使用 `createJuzi()` 时抛出 Error。',
  'The open conversation. The refs change when the user switches to another.': '当前会话。用户切换到另一个会话时，各个 ref 随之变化。',
  'A read-only ref for each member.': '每个成员对应一个只读的 ref。',
  'The same for whether the helper runs. Refs cannot narrow each other: check `env.value` or `error.value` itself.':
    'helper 的运行状态，每个成员也是一个只读的 ref。ref 之间不能互相收窄类型，所以要直接检查 `env.value` 或 `error.value`。',
  "A console for a page that runs outside any console, in development. Import it before the page's own code:":
    '开发时用的控制台，供不在任何控制台里运行的页面使用。要在页面自己的代码之前导入：',
  'In a browser, outside a frame, it simulates a console in the page itself, with a panel at the bottom right: the conversation, the answer to each call, faults, and the calls so far. Inside the workbench, Juzi or WeCom it does nothing.':
    '在浏览器里，如果页面不在框架里，它就在页面里模拟一个控制台，右下角有一个面板：会话、每个调用的应答、故障，以及到目前为止的调用。在工作台、句子或企业微信里，它不做任何事。',
  'It is there only where the bundler builds for development (the export condition `development`, which Vite, webpack and Rspack set). Everywhere else the module is empty.':
    '只有打包工具为开发而构建时，它才存在（导出条件 `development`，由 Vite、webpack 和 Rspack 设置）。其他情况下，这个模块是空的。',
  'The console, to be changed from the page; undefined if there is none.': '控制台，供页面修改；没有控制台时是 undefined。',
  "The console's side of the sidebar protocol, for tests of a sidebar page. It answers as the console does, records the page's calls, and can be made to fail. It works with any test runner.":
    '侧边栏协议里控制台的一方，用于测试侧边栏页面。它像控制台一样应答，记录页面的调用，也可以让它失败。适用于任何测试工具。',
  "In Vitest or Jest with jsdom, before the page's code starts:": '用于 Vitest 或 Jest（jsdom），要在页面代码运行之前：',
  "jsdom and happy-dom have no usable frames, so without `frame` the kit simulates one. `window.parent` becomes the console until reset. The page's address gets `juziSidebar`. Messages between the page and the console have the source and the origin that a browser would set. Messages arrive although a test has stopped the clock, and the timeouts of calls follow the clock of the test (`vi.useFakeTimers()`, `jest.useFakeTimers()`). In a browser, `frame` is the iframe with the page. For Playwright, use `juzi-helper-wasm/playwright`.":
    'jsdom 和 happy-dom 没有可用的框架，所以没有 `frame` 时会模拟一个。`window.parent` 成为控制台，直到调用 reset。页面地址会加上 `juziSidebar`。页面与控制台之间的消息带有浏览器会设置的 source 和 origin。测试停住时钟，消息仍会到达；调用的超时则跟随测试的时钟（`vi.useFakeTimers()`、`jest.useFakeTimers()`）。在浏览器里，`frame` 是放页面的 iframe。Playwright 请用 `juzi-helper-wasm/playwright`。',
  'Starts a console around a page.': '在页面外面启动控制台。',
  "TypeError if two chats have the same id, if `mode` is none, if a call's name is wrong, if there is no `frame` in a browser, and in a window that cannot simulate one. The methods of the host throw it for a wrong name too, and say which was probably meant. RangeError if `current` is no conversation's id.":
    '以下情况抛出 TypeError：两个会话的 id 相同，`mode` 不是登记方式，调用的名称写错，在浏览器里没有 `frame`，或者 window 无法模拟框架。名称写错时，host 的方法也抛出 TypeError，并提示最可能的名称。`current` 不是任何会话的 id 时，抛出 RangeError。',
  'Ends the consoles of this window, and makes the helper as new: the next test calls `createHost` and `init` again, each with options of its own. Calls that are still pending never end. A page with the hooks or composables that stays mounted shows their initial state, until `retry()` of `useJuzi`.':
    '结束这个 window 的控制台，并让 helper 恢复如初：下一个测试重新调用 `createHost` 和 `init`，各用自己的选项。还在等待的调用永远不会结束。使用 hook 或组合式函数、没有卸载的页面显示它们的初始状态，直到调用 `useJuzi` 的 `retry()`。',
  'Simulates a frame around a window, for environments without frames. `createHost` does this automatically for the global window. For another window, pass the result of this function to `createHost`.':
    '在没有框架的环境里，在窗口外面模拟一个框架。对全局的 window，`createHost` 会自动这样做；其他 window 则把本函数的结果传给 `createHost`。',
  'Builds the address under which the console frames a page.': '生成控制台嵌入页面所用的地址。',
  'The calls that reach the console. The helper itself answers the others, with success: no rule of a test applies to them. It asks for `getCurChatInfo` to answer `getContext`.':
    '会到达控制台的调用。其他调用由 helper 自己应答，总是成功，测试设置的规则对它们不起作用。应答 `getContext` 时，helper 会向控制台发起 `getCurChatInfo`。',
  'A conversation of the console.': '控制台里的一个会话。',
  "Juzi's id of the conversation (`juziChatId`).": '会话在句子里的 id（`juziChatId`）。',
  "Juzi's id of the contact or group (`juziChatWxid`).": '联系人或群在句子里的 id（`juziChatWxid`）。',
  'Single chat with an outside contact: the answer to getCurExternalContact.': '与外部联系人的单聊：getCurExternalContact 的应答。',
  "Single chat: the contact's id in getCurChatInfo. In Juzi it equals `externalUserId`, which is the default.":
    '单聊：getCurChatInfo 里联系人的 id。句子里它等于 `externalUserId`，默认也是如此。',
  'Group: the answer to getCurExternalChat.': '群聊：getCurExternalChat 的应答。',
  "Group: the group's id in getCurChatInfo. In Juzi it equals `chatId`, which is the default.":
    '群聊：getCurChatInfo 里群的 id。句子里它等于 `chatId`，默认也是如此。',
  'Group: `externalUserId` of each contact in the group, for openEnterpriseChat with several contacts.':
    '群聊：群里每个联系人的 `externalUserId`，供 openEnterpriseChat 传多个联系人时使用。',
  'How the page is registered: a switch of conversation is pushed to the page, or reloads it.':
    '页面的登记方式：切换会话时推送给页面，或重新加载页面。',
  'Faults that the host makes on purpose. Probabilities are from 0 to 1, times are in milliseconds.':
    'host 故意制造的故障。概率从 0 到 1，时间以毫秒计。',
  'Maximum of a random extra delay. Answers may overtake each other.': '随机附加延迟的最大值。应答可能因此乱序。',
  'Probability that an answer is never sent.': '应答丢失的概率。',
  'Probability that an answer is sent twice.': '应答发送两次的概率。',
  'Every other answer waits until the next one has been sent.': '每隔一个应答，等下一个发出之后再发。',
  'For this long after a switch, `getCurChatInfo`, `getCurExternalContact`, `getCurExternalChat` and `sidebarAuth` are answered about the conversation before. The push, and what the page sends, are about the open one.':
    '切换会话之后的这段时间里，`getCurChatInfo`、`getCurExternalContact`、`getCurExternalChat` 和 `sidebarAuth` 仍按上一个会话应答。推送和页面发出的消息都属于当前会话。',
  'Do not answer `openEnterpriseChat`, `previewImage` and unknown calls.': '不应答 `openEnterpriseChat`、`previewImage` 和不认识的调用。',
  'Probability that a message outside the protocol is posted before an answer.': '在应答之前发送一条不合协议的消息的概率。',
  'For each api, the error it fails with: the whole text or only the reason.': '每个调用失败时的错误：完整的文本，或只写原因。',
  'For each api, faults of its calls alone.': '只影响单个调用的故障，按调用名指定。',
  'A whole number makes the probabilities and the jitter repeatable: after each load, the same calls get the same faults.':
    '设为整数时，概率和抖动可以重现：每次加载之后，同样的调用遇到同样的故障。',
  'Faults of one api.': '单个调用的故障。',
  'Delay before each answer, in milliseconds, besides the general one.': '每个应答在总的延迟之外再延迟的时间，毫秒。',
  'Probability that an answer is never sent, if larger than the general one.': '应答丢失的概率，大于总的概率时才有效。',
  'Leave the calls pending until the test answers them.': '让调用一直等待，直到测试应答。',
  'Never answer.': '永远不应答。',
  'The outcome of a call.': '调用的结果。',
  'A call of the page, as received.': '收到的页面调用。',
  "The page's origin.": '页面的源。',
  'Milliseconds since the epoch.': '自纪元起的毫秒数。',
  '`data` of the answer.': '应答的 `data`。',
  'Milliseconds from the call to its answer.': '从调用到应答的毫秒数。',
  'A call of the page that the test can answer itself, after `hold`.': '由测试自己应答的页面调用，在 `hold` 之后。',
  'Answers the call, once. Later calls of this function do nothing.': '应答这个调用，只应答一次。再次使用没有作用。',
  'Fails the call, with the whole `err_msg` or only the reason.': '让调用失败，传完整的 `err_msg` 或只写原因。',
  'Leaves the call without an answer for ever.': '永远不应答这个调用。',
  'Answers a held call as the console would have.': '照控制台原本的做法，应答一个保持等待的调用。',
  "Answers an api. The handler's result, or the value that its promise resolves to, becomes `data`. If the handler throws, the call fails with the error.":
    '应答一个调用。处理函数的返回值，或它的 Promise 的结果，就是 `data`。处理函数抛出异常时，调用以这个错误失败。',
  'A message that the page sent into the conversation.': '页面发往会话的一条消息。',
  'The events of a host, for Host.on.': 'host 的事件，用于 Host.on。',
  'A call was received, before it is answered.': '收到一个调用，尚未应答。',
  'The page sent something into the conversation.': '页面向会话发送了内容。',
  'The page asked to show images.': '页面要求显示图片。',
  'Another conversation is now open.': '打开了另一个会话。',
  'A switch was pushed, or was not pushed for this reason.': '切换已推送，或因这个原因没有推送。',
  'The page is being (re)loaded at this address.': '页面正从这个地址（重新）加载。',
  'A message was ignored.': '忽略了一条消息。',
  'A function of the test threw: a listener, or `issueCode`.': '测试的函数抛出异常：监听函数，或 `issueCode`。',
  'Whether the open conversation was pushed, and if not, why.': '当前会话是否已推送；没有时说明原因。',
  'Null if no conversation is open.': '没有打开会话时是 null。',
  "The console's conversations and behaviour. Missing ids and names are generated.": '控制台的会话和行为。缺少的 id 和名字会自动生成。',
  'One single chat with this contact, placed first.': '与这个联系人的单聊，排在最前。',
  'One group chat, placed after `contact`.': '一个群聊，排在 `contact` 之后。',
  'The conversations.': '全部会话。',
  'Id of the conversation that is open; default the first.': '打开的会话的 id，默认是第一个。',
  'Default `postMessage`.': '默认 `postMessage`。',
  "The page's origin. Messages from other origins are ignored. Default: any.": '页面的源。来自其他源的消息会被忽略。默认：任意。',
  'Options of createHost.': 'createHost 的选项。',
  'The iframe with the page. Default: the page is this window, in a DOM simulated in Node.':
    '放页面的 iframe。默认：页面就是这个 window，在 Node 模拟的 DOM 里。',
  "The page's window, if there is no iframe element.": '没有 iframe 元素时，页面的 window。',
  'The window to listen on; default the global window.': '要监听的 window，默认是全局的 window。',
  "The page's address without the console's parameters, for `load()` and for switches in `reload` mode.":
    '页面的地址，不含控制台的参数，用于 `load()` 以及 `reload` 方式下的切换。',
  'Makes a one-time OAuth code. Default: random codes that cannot be redeemed.': '生成一次性的 OAuth code。默认：不能兑换的随机 code。',
  'More members for `baseInfo`.': '`baseInfo` 的其他成员。',
  'Handlers that replace the answers of an api.': '替换某个调用的应答的处理函数。',
  "The console's origin, if the page is this window. Default: one that the page's `allowedHosts` allows. With an origin that they do not allow, calls fail with `host_unreachable`.":
    '控制台的源，用于页面就是这个 window 的情况。默认：页面的 `allowedHosts` 允许的一个源。设为不允许的源时，调用以 `host_unreachable` 失败。',
  'Returns a number from 0 to 1, for the faults; default `Math.random`.': '返回 0 到 1 之间的数，用于故障；默认 `Math.random`。',
  'How many times an answer set by the test is used; default for ever.': '测试设置的应答使用几次；默认一直使用。',
  'The console.': '控制台。',
  'The open conversation; null if there is none.': '当前会话；没有时是 null。',
  'Whether the page has called sidebarAuth since the console last loaded it, or restarted.':
    '控制台上一次加载页面或重新启动之后，页面是否调用过 sidebarAuth。',
  'Whether the page has called sidebarAuth.': '页面是否调用过 sidebarAuth。',
  'The calls received, oldest first.': '收到的调用，最早的在前。',
  'The calls of one api, oldest first.': '某个调用的全部记录，最早的在前。',
  'Waits for the next call of an api.': '等待某个调用的下一次。',
  'Rejects with an Error if there is no such call in time.': '没有按时等到这个调用时，以 Error 拒绝。',
  'Milliseconds; default 5,000.': '毫秒，默认 5,000。',
  'Subscribes to an event.': '订阅一个事件。',
  'a function that ends the subscription.': '结束订阅的函数。',
  'Answers an api with this data, or with the result of a function that gets the call.':
    '用这些数据应答某个调用，或用函数的结果应答，函数会得到这个调用。',
  'Fails an api.': '让某个调用失败。',
  "Leaves an api's calls pending.": '让某个调用保持等待。',
  'Never answers an api.': '永远不应答某个调用。',
  "Restores the console's own answers, for one api or for all.": '恢复控制台自己的应答，一个调用或全部。',
  'Opens another conversation. In `postMessage` mode it is pushed to the page, if the page has called sidebarAuth. In `reload` mode the console loads the page anew, as `load()` does: pending calls are forgotten, and a page without `frame` and `url` stays.':
    '打开另一个会话。`postMessage` 方式下，如果页面调用过 sidebarAuth，就把会话推送给页面。`reload` 方式下，控制台像 `load()` 那样重新加载页面：等待中的调用会被丢弃；没有 `frame` 或没有 `url` 时，页面留在原处。',
  'Rejects with a RangeError if no conversation has this id, and with what `issueCode` or `baseInfo` has thrown.':
    '没有会话是这个 id 时，以 RangeError 拒绝；`issueCode` 或 `baseInfo` 抛出异常时，以这个异常拒绝。',
  'Opens another conversation, and notifies the page if the page has called sidebarAuth.':
    '打开另一个会话；页面调用过 sidebarAuth 时通知页面。',
  'Pushes the open conversation if the console would do so. The result says whether it did.':
    '推送当前会话，前提是控制台会这样做。返回是否推送。',
  'Rejects with what `issueCode` or `baseInfo` has thrown.': '`issueCode` 或 `baseInfo` 抛出异常时，以这个异常拒绝。',
  '(Re)loads the page in `frame`, at `url` or at another address.': '（重新）加载 `frame` 里的页面，使用 `url` 或另一个地址。',
  'the address, with the parameters that the console adds; null if there is none.': '地址，带有控制台附加的参数；没有地址时是 null。',
  'Changes the registration. The page keeps its address until `load()`.': '修改登记方式。页面在 `load()` 之前保持原来的地址。',
  'TypeError if it is no mode.': '传入的不是登记方式时抛出 TypeError。',
  'Replaces the conversations. The open one stays open if its id is still there.': '替换会话。打开的会话如果还在，就保持打开。',
  'TypeError if two of them have the same id.': '两个会话的 id 相同时抛出 TypeError。',
  'Changes some faults and keeps the others.': '修改一部分故障，其他不变。',
  'Posts messages outside the protocol, which the page has to ignore.': '发送不合协议的消息，页面必须忽略它们。',
  'Posts a message to the page as it is, without faults: an answer once more, another answer, a push.':
    '把一条消息原样发给页面，不受故障影响：重复的应答、另一个应答，或者推送。',
  'whether it could be posted.': '消息能否发出。',
  'Restarts the console while the page runs. Pending calls are forgotten, and the page must call sidebarAuth again.':
    '在页面运行时重新启动控制台。等待中的调用会被丢弃，页面必须再次调用 sidebarAuth。',
  'Stops listening. Later calls get no answer.': '停止监听。之后的调用没有应答。',
  'A handler returns this to answer later, through `call.answer` or `call.fail`.':
    '处理函数返回它，表示稍后用 `call.answer` 或 `call.fail` 应答。',
  'A handler returns this to leave the call without an answer.': '处理函数返回它，表示不应答这个调用。',
  'No faults: `host.setFaults(NO_FAULTS)`.': '没有故障：`host.setFaults(NO_FAULTS)`。',
  "A simulated console in a Playwright page, controlled by the test. This module provides the console's own page, which frames the page under test.":
    'Playwright 页面里模拟的控制台，由测试控制。本模块提供控制台自己的页面，由它嵌入被测试的页面。',
  'Opens the console in a page, with the page under test in it.': '在页面里打开控制台，其中是被测试的页面。',
  'TypeError if `url` is not an absolute http(s) address.': '`url` 不是完整的 http(s) 地址时抛出 TypeError。',
  "The members of Playwright's `Page` that are used.": '用到的 Playwright `Page` 成员。',
  "The page under test: an absolute http(s) address, without the console's parameters.":
    '被测试的页面：完整的 http(s) 地址，不含控制台的参数。',
  "The console's origin, for pages that check it (`allowedHosts`): `https://chat.juzibot.com`. No network request is sent to it. Default: a port of this machine.":
    '控制台的源，用于会检查它的页面（`allowedHosts`）：`https://chat.juzibot.com`。不会向它发送网络请求。默认：本机的一个端口。',
  'The console, controlled from outside the browser. Every method returns a promise.': '控制台，从浏览器外面控制。每个方法都返回 Promise。',
  "The page under test: `host.frame.getByRole('button').click()`.": "被测试的页面：`host.frame.getByRole('button').click()`。",
  'The calls received, oldest first, for one api or for all.': '收到的调用，最早的在前，可以只取一个调用的。',
  'Waits for the next call of an api. Call this before the page makes its call:': '等待某个调用的下一次。要在页面发起调用之前使用：',
  'The messages that the page has sent into conversations.': '页面发往会话的消息。',
  'The images that the page has asked to show.': '页面要求显示的图片。',
  'Answers an api with this data, or with the result of a function of the test that gets the call.':
    '用这些数据应答某个调用，或用测试里函数的结果应答，函数会得到这个调用。',
  '(Re)loads the page. Resolves with its address when it has loaded.': '（重新）加载页面。加载完成后返回它的地址。',
  "A plugin for Vite's dev server: the workbench's console at `/__juzi/`, with the page in its sidebar.":
    'Vite 开发服务器的插件：工作台的控制台在 `/__juzi/`，侧边栏里就是页面。',
  "`vite` prints the console's address beside its own. Hot module replacement works in the sidebar as it does in a tab. The plugin has no effect on builds. It also simulates the OAuth hub, at `/__juzi` of the dev server: pass `base: 'http://localhost:5173/__juzi'` to the functions of `juzi-helper-wasm/oauth`.":
    "`vite` 除了自己的地址，还会打印控制台的地址。热更新在侧边栏里与在标签页里一样有效。插件不影响构建。它还在开发服务器的 `/__juzi` 模拟 OAuth hub：给 `juzi-helper-wasm/oauth` 的函数传入 `base: 'http://localhost:5173/__juzi'`。",
  "The console has the same origin as the page. The real console has another one. To see what a browser does with the cookies of a page in another site's frame, use `juzi-workbench --page http://localhost:5173/`.":
    '这里的控制台与页面同源，真实的控制台则不同源。要观察页面在另一个网站的框架里时，浏览器如何处理它的 cookie，请使用 `juzi-workbench --page http://localhost:5173/`。',
  'Options of the plugin.': '插件的选项。',
  "The sidebar page: a path from Vite's `base` on, or an absolute address. Default: the dev server's first page.":
    '侧边栏页面：从 Vite 的 `base` 开始的路径，或完整的地址。默认：开发服务器的首页。',
  "The conversations, the account and the faults: a JSON or TOML file, from Vite's `root` on. It is read again when it changes.":
    '会话、账号和故障：JSON 或 TOML 文件，路径从 Vite 的 `root` 开始。文件变化时重新读取。',
  'Seconds that an unused login code lives; default 300.': '未使用的登录 code 的有效时间，秒，默认 300。',
  'Whether the page shows its calls in an overlay; default true.': '页面是否用浮层显示自己的调用，默认 true。',
  'What Vite needs of the plugin. It fits Vite 4 to 8, whichever the project has.': '插件中 Vite 需要的部分。项目用 Vite 4 到 8 都适用。',
  'Makes the plugin.': '创建插件。',
  'TypeError if there is no option of that name, or its value is of the wrong kind':
    '没有这个名称的选项，或者选项的值类型不对时，抛出 TypeError。',
  'A single chat.': '单聊。',
  'Whether the contact is from outside the company.': '对方是不是企业以外的人。',
  'As in `getCurExternalContact`. A colleague has none.': '与 `getCurExternalContact` 里的相同。对方是同事时没有。',
  "Undefined while it is not known. After a switch, the former conversation is gone at once. All members are of one conversation: if the console's answers are about two, it is asked again, up to three times.":
    '还不知道时是 undefined。切换之后，原来的会话立即清空。所有成员都属于同一个会话：控制台的应答涉及两个会话时，会重新询问，最多三次。',
  "What the console told about the conversation, with a code to log the user in: of `sidebarAuth`, then of each switch. Beside a `conversation`, its `juziChatId` is the conversation's `id`.":
    '控制台给出的会话信息，带有用户登录用的 code：起初来自 `sidebarAuth`，之后来自每次切换。与 `conversation` 同时存在时，它的 `juziChatId` 就是会话的 `id`。',
  'Why the conversation could not be read, or is not followed.': '会话读取不了，或者没有跟随切换的原因。',
  'A group chat.': '群聊。',
  'Whether somebody in it is from outside the company.': '群里是否有企业以外的人。',
  'As in `getCurExternalChat`.': '与 `getCurExternalChat` 里的相同。',
  'Whether the helper runs: `outside` means that the page is not in the sidebar, `failed` that `init` has rejected.':
    'helper 是否在运行：`outside` 表示页面不在侧边栏里，`failed` 表示 `init` 被拒绝。',
  'Whether a message is being sent.': '是否正在发送消息。',
  'Why a message was not sent. It is cleared when the next is sent.': '消息没有发出的原因。发送下一条时清空。',
  'Reads the conversation again, for example after an error. It does nothing while no component uses `useConversation`.':
    '重新读取会话，例如在出错之后。没有组件使用 `useConversation` 时什么也不做。',
  'Starts the helper again after `failed`, with the same options: for example after a file could not be loaded. In every other state it changes nothing.':
    '状态是 `failed` 时，用同样的选项重新启动 helper，例如在文件没有加载成功之后。其他状态下什么也不改变。',
  'a promise that resolves when `state` says how it ended, and never rejects.': '一个不会被拒绝的 Promise，在 `state` 说明结果之后完成。',
  'Options of {@link SendMessage}.': '{@link SendMessage} 的选项。',
  'The conversation that the message is for, as `useConversation` gives it. If another one is open by then, or this one is undefined, nothing is sent, and the error has the code `conversation_changed` or `fail`.':
    '消息要发往的会话，即 `useConversation` 给出的值。如果到那时打开的是另一个会话，或者这个值是 undefined，就不发送任何内容，错误的 code 是 `conversation_changed` 或 `fail`。',
  'Give `to`: the user may open another conversation between the click and the message, and the console sends into the one that is open. With it, the console is asked right before the message is posted. Without it, the message goes to whatever conversation is open.':
    '请写上 `to`：从点击到发出消息之间，用户可能打开了另一个会话，而控制台总是发到当前打开的会话。写了 `to`，发送之前会先向控制台确认；不写，消息就发到当时打开的会话。',
  'Sends one message, or several. The promise never rejects: it resolves with whether they were sent.':
    '发送一条或多条消息。Promise 不会被拒绝，它的值说明消息是否已发出。',
};
