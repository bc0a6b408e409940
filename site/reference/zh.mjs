/** 参考页的中文：来源里没有中文的说明。缺少选项、错误或特性的说明时，构建会失败。 */

export const entries = {
  index: '主入口：`init`、`juziWx`、`patch`、`JuziError`，以及每个调用的类型。',
  oauth: '在页面的服务端完成用户登录。浏览器、worker 和 Node 里都能运行。',
  testing: '测试用的控制台：用于 Vitest 或 Jest（jsdom），也可以套在一个 iframe 上。',
  playwright: '同一个控制台，用于 Playwright 测试。',
  react: 'React 的 hooks。',
  vue: 'Vue 的组合式函数。',
  vite: 'Vite 插件：开发时在页面周围显示控制台。',
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
    fail: '其他原因：参数有误（错误信息写明是哪个字段），或者被控制台拒绝。',
  },
  OAuthError: {
    invalid_code: 'hub 不认识这个 code，或者它已经兑换过（errcode -1）。',
    expired_code: 'code 没有在 5 分钟内兑换（errcode -2）。',
    missing_code: '没有传 code（errcode -4），或者回调地址里没有 code。',
    unknown_error: 'hub 自身报错（errcode -5 或其他值）。',
    invalid_redirect_uri: '`redirectUri` 不是完整的 http(s) 地址，或者带有账号密码。',
    invalid_state: 'state 含有 `a-zA-Z0-9` 以外的字符，或者超过 128 字节。',
    invalid_base: '`base` 不是 http(s) 地址。',
    invalid_callback: '回调地址不是 URL。',
    invalid_timeout: '`timeout` 不是毫秒数。',
    invalid_secret: '`secret` 不足 32 个字符。',
    invalid_request: '传给 `handleCallback` 的不是请求。',
    state_mismatch: '回调里的 state 不属于这个浏览器发起的登录，或者根本没有发起过登录。',
    bad_answer: 'hub 的应答在 HTTP 上不是成功，或者不是协议规定的 JSON。',
    timeout: 'hub 没有按时应答，默认 10 秒。',
    aborted: '请求的 `signal` 已中止。',
    hub_unreachable: '连不上 hub、连接中断，或者 hub 返回了跳转。',
  },
};

export const features = {
  script: null, internals: null, bench: null,
  http: '`oauth::exchange` 和 `oauth::Client`：通过 HTTPS 兑换 code，阻塞式。',
  serde: '在 `wasm32` 上也提供带类型的消息；在服务器上始终提供。',
  schema: '消息的 JSON Schema（schemars），仅用于服务器。',
  client: '以异步函数提供各个调用，供用 Rust 写的页面在 `wasm32` 上使用。',
  'client-testing': '模拟的控制台，用于测试这样的页面。',
};

/** 按选项名。 */
export const options = {
  '--page': '要开发的侧边栏页面，例如 `http://localhost:5173/`。默认：示例页',
  '--port': '监听的端口；0 表示任意空闲端口。默认：8787',
  '--host': '监听的名称或地址；不是回环地址时，其他机器也能连接。默认：127.0.0.1',
  '--scenario': '会话、账号和故障，JSON 或 TOML；文件变化时重新读取。默认：内置场景',
  '--code-ttl': '未使用的登录 code 的有效时间：秒数，或写成 `5m`。默认：300',
  '--open': '在浏览器里打开控制台',
  '--verbose': '输出更多日志；`-vv` 输出全部（`RUST_LOG` 优先）',
  '--help': '显示帮助',
  '--version': '显示版本',
};

/** 来源里的段落，按英文原文（空白合并）。没有中文的段落保留英文，构建时报告数量。 */
export const sentences = {
};
