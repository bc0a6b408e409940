// @ts-check
/** Texts for the server's findings, in both languages: hints about hub requests, and problems of a page. */

/** @type {Record<string, string>} */
const zh = {
  'hub.hint.wrong-path': '路径不存在，是否应为 {path}？',
  'hub.hint.unknown-path': 'hub 没有这个路径',
  'hub.hint.wrong-method': '此路径只接受 {method} 请求',
  'hub.hint.code-missing': '缺少 code 参数',
  'hub.hint.code-twice': 'code 参数出现了不止一次',
  'hub.hint.code-used': '这个 code 在 {usedMsAgo} 前已兑换过；每个 code 只能使用一次',
  'hub.hint.code-expired': 'code 已过期：签发于 {ageMs} 前，有效期 {ttlMs}',
  'hub.hint.code-unknown': '这个 hub 没有签发过该 code；工作台重启后，之前的 code 也会失效',
  'hub.hint.fault': '这是“故障”面板或场景中设置的 errcode {errcode}，不是页面的错误',
  'hub.hint.from-page': '请求来自网页。只有页面的服务器才能兑换 code，浏览器不会把结果交给网页',
  'hub.hint.wrong-parameter': '参数 {parameter} 有误：{reasonZh}',
  'hub.hint.foreign-frame': '请求来自 iframe，但 Referer 既不是侧边栏页面，也不是控制台，因此没有签发 code',
  'hub.hint.not-shown': '请求来自脚本、图片或预加载；授权需要真正的页面跳转',
  'hub.hint.too-many-codes': '未使用的 code 太多；页面是否在反复登录？',
  'hub.hint.no-sidebar-parameter':
    '说明：redirect_uri 里没有 juziSidebar。本 helper 靠 juziBotId 仍知道这是侧边栏；原版 helper 和自己查这个参数的页面则不知道',
  'hub.hint.wrong-host': '拒绝了主机名 {host}；要用这个名称访问，请用 --host 启动工作台',

  'page.finding.unreachable': '页面没有响应：{detail}',
  'page.finding.tls-on-plain': '这个端口使用 https，请改用 {url}',
  'page.finding.plain-on-tls': '这个端口使用 http，请改用 {url}',
  'page.finding.certificate': '证书不受信任（{detail}）。请先在新标签页打开页面并接受证书，或使用 mkcert 签发的证书',
  'page.finding.status': '页面返回了 HTTP {status}',
  'page.finding.redirect-login': '页面一打开就跳转到 {origin} 登录',
  'page.finding.redirect-other-hub': '页面跳转到另一个 hub（{origin}）登录；要在本机测试登录，请在页面中改用 {hub}',
  'page.finding.redirect': '页面跳转到 {location}',
  'page.finding.redirect-loop': '页面在自己的源里反复跳转：{location}',
  'page.finding.redirect-away': '页面跳转到了其他来源：{location}。请确认该页面也能嵌入 iframe，并且引入了 juzi-helper',
  'page.finding.x-frame-options': 'X-Frame-Options: {value} 禁止控制台嵌入页面。请去掉它，改用 Content-Security-Policy 的 frame-ancestors',
  'page.finding.frame-ancestors': 'frame-ancestors {value} 禁止控制台嵌入页面。开发时请加上 {console}',
  'page.finding.not-html': '返回的不是网页，而是 {contentType}',
  'page.finding.no-helper': 'HTML 没有引入 juzi-helper，也没有可能包含它的脚本',
  'page.finding.helper-unseen': 'HTML 里看不到 juzi-helper；如果它打包在其他脚本中，请确认该脚本已执行',
  'page.finding.cookie-blocked':
    'Cookie {name} 的 SameSite 为 {sameSite}，不会在控制台的 iframe 中保存或发送。请使用 SameSite=None; Secure; Partitioned',
  'page.finding.cookie-by-script':
    '页面的脚本用 document.cookie 设置 {name}，没有 SameSite=None; Secure，控制台的 iframe 里不会保存它。请加上，最好再加 Partitioned',
  'page.finding.cookie-insecure': 'Cookie {name} 设置了 SameSite=None 却没有 Secure，浏览器会拒绝它',
  'page.finding.cookie-third-party': '浏览器可能会在 iframe 中屏蔽 Cookie {name}；加上 Partitioned 即可保留',
  'page.finding.same-origin': '页面与控制台同源（{origin}），而真实控制台是另一个网站',
  'page.finding.same-site': '页面与控制台同在 {host}，因此 Cookie 和存储在这里可用，在真实控制台中却不可用。请换一个主机名，例如 localhost',
  'page.finding.no-call':
    '页面加载了 helper，却没有发出任何调用。可能的原因依次是：页面在 user agent 里找不到企业微信（在 helper 的标签上写 {write}，' +
    '或给 init 传 userAgent）；页面自己的脚本出错；标签排在页面的脚本之后，或带有 async；页面在等待登录或点击',
  'page.finding.no-referrer': 'Referrer-Policy: {value} 隐藏了来源，因此在侧边栏里登录需要多点击一次',
};

/** @type {Record<string, string>} */
const en = {
  'hub.hint.wrong-path': 'Not found; did you mean {path}?',
  'hub.hint.unknown-path': 'The hub has no such path',
  'hub.hint.wrong-method': 'This path takes {method} only',
  'hub.hint.code-missing': 'The parameter code is missing',
  'hub.hint.code-twice': 'The parameter code was given more than once',
  'hub.hint.code-used': 'This code was redeemed {usedMsAgo} ago; each works once',
  'hub.hint.code-expired': 'The code has expired: it was issued {ageMs} ago and lived {ttlMs}',
  'hub.hint.code-unknown': 'This hub never issued the code. Codes from before a restart of the workbench are gone too',
  'hub.hint.fault': 'This is errcode {errcode}, set in the panel Faults or in the scenario, and no mistake of the page',
  'hub.hint.from-page': 'A web page asked. Only its server may redeem a code; the browser hides the answer from the page',
  'hub.hint.wrong-parameter': 'The parameter {parameter} is wrong: {reason}',
  'hub.hint.foreign-frame': 'A frame asked whose Referer names neither the sidebar page nor the console, so it got no code',
  'hub.hint.not-shown': 'A script, an image or a prefetch asked; authorizing takes a navigation',
  'hub.hint.too-many-codes': 'Too many codes lie unused; does the page log in again and again?',
  'hub.hint.no-sidebar-parameter':
    'Note: redirect_uri lacks juziSidebar. This helper still knows the sidebar, by juziBotId; the original one does not',
  'hub.hint.wrong-host': 'Refused the host name {host}; to use it, start the workbench with --host',

  'page.finding.unreachable': 'The page does not answer: {detail}',
  'page.finding.tls-on-plain': 'This port speaks https; use {url}',
  'page.finding.plain-on-tls': 'This port speaks http; use {url}',
  'page.finding.certificate':
    'The certificate is not trusted ({detail}). Open the page in a tab once and accept it, or use a certificate from mkcert',
  'page.finding.status': 'The page answers with HTTP {status}',
  'page.finding.redirect-login': 'The page redirects to {origin} to log in as soon as it opens',
  'page.finding.redirect-other-hub': 'The page redirects to another hub ({origin}) to log in. To try the login here, make it use {hub}',
  'page.finding.redirect': 'The page redirects to {location}',
  'page.finding.redirect-loop': 'The page redirects on its own origin again and again: {location}',
  'page.finding.redirect-away': 'The page redirects to another origin: {location}. Check that it allows framing and loads juzi-helper',
  'page.finding.x-frame-options':
    'X-Frame-Options: {value} keeps the console from framing the page. Remove it and use frame-ancestors in Content-Security-Policy',
  'page.finding.frame-ancestors': 'frame-ancestors {value} keeps the console from framing the page. During development, add {console}',
  'page.finding.not-html': 'The answer is not a web page but {contentType}',
  'page.finding.no-helper': 'The HTML loads neither juzi-helper nor a script that could contain it',
  'page.finding.helper-unseen': 'The HTML does not name juzi-helper. If another script contains it, check that the script runs',
  'page.finding.cookie-blocked':
    'The cookie {name} is SameSite={sameSite}, so it is neither kept nor sent in the console. Use SameSite=None; Secure; Partitioned',
  'page.finding.cookie-by-script':
    'A script sets {name} by document.cookie without SameSite=None; Secure, so the frame loses it. Add both, and Partitioned',
  'page.finding.cookie-insecure': 'The cookie {name} is SameSite=None without Secure, which browsers refuse',
  'page.finding.cookie-third-party': 'Browsers may block the cookie {name} in a frame; Partitioned keeps it',
  'page.finding.same-origin': 'The page has the origin of the console ({origin}); the real console is another site',
  'page.finding.same-site':
    'The page and the console are both on {host}, so cookies and storage work here only. Use another host name: localhost',
  'page.finding.no-call':
    'The page loads the helper and makes no call. Likely causes, in this order: it looks for WeCom in the user agent (write ' +
    '{write} on the tag of the helper, or give init the option userAgent); a script of the page has failed; ' +
    'the tag comes after the scripts of the page, or is async; the page waits for a login or a click',
  'page.finding.no-referrer':
    'Referrer-Policy: {value} hides where the page comes from, so logging in inside the sidebar takes another click',
};

export const serverStrings = { zh, en };
