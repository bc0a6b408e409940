// The pages that authorize shows when it refuses: what is wrong, why, and what to do.

/** How many characters of the refused value a page shows. */
const SHOWN = 200;

/** The page about a wrong parameter. @param {import('./authorize.js').Refusal} refusal */
export function parameterPage({ parameter, english, chinese, given }) {
  return pageOf(
    `<p>参数 <code>${parameter}</code> 有误：${chinese}。</p>
${boxOf('收到的值 / what was given', given)}<p><code>redirect_uri</code> 是经过 URL 编码的完整 http(s) 地址；<code>state</code> 可省略，最多 128 字节，只含字母和数字。</p>`,
    `<p>The parameter <code>${parameter}</code> is wrong: ${english}.</p>
<p><code>redirect_uri</code> is an absolute http(s) address, URL-encoded; <code>state</code> is optional, at most 128 bytes of letters and
digits.</p>`,
  );
}

/**
 * The page about a request that is not a navigation by the developer. `query` is the request's own query: a click on the link sends the
 * request again, as a navigation.
 */
export function navigationPage(why, query, redirectUri) {
  if (why === 'not-shown') {
    return pageOf(
      '<p>这不是页面跳转（而是脚本、图片或预加载的请求），登录码只发给看得见的跳转。</p>',
      '<p>This is not a navigation, but a request from a script, an image or a prefetch. Use <code>location.assign(…)</code>, a link or a redirect: only a visible navigation gets a login code.</p>',
    );
  }
  const again = `<a href="?${escaped(query)}">`;
  return pageOf(
    `<p>这个请求可能来自别的网站里隐藏的框架：浏览器把它标为跨站请求，而它的 <code>Referer</code> 不是侧边栏的页面。</p>
${boxOf('登录码将发往 / where the code would be sent', redirectUri)}<p>如果这是您自己的页面，请${again}点此继续</a>。</p>`,
    `<p>This request may come from a hidden frame on another website. The browser reports it as cross-site, and its <code>Referer</code> does
not name the sidebar's page.</p>
<p>If this is your own page, ${again}continue</a>.</p>`,
  );
}

/** The page about too many codes. */
export function tooManyPage() {
  return pageOf(
    '<p>未使用的登录码太多。页面是否在循环登录？请等待它们过期，或重启开发服务器。</p>',
    '<p>Too many codes are unused. Does the page log in again and again? Wait until they expire, or restart the dev server.</p>',
  );
}

function boxOf(label, text) {
  if (text === '') return '';
  const characters = [...text];
  const shown = characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : text;
  return `<pre aria-label="${label}">${escaped(shown)}</pre>\n`;
}

const escaped = (text) => text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one]);

const pageOf = (chinese, english) => `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>授权失败 · Authorization refused</title>
<style>
:root { color-scheme: light dark; }
body { max-width: 36rem; margin: 0 auto; padding: 2rem 1.25rem; font: 15px/1.6 system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif; }
h1 { font-size: 1.3rem; }
h2 { font-size: 1.05rem; }
code, pre { font-family: ui-monospace, Consolas, monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
</style>
<main>
<h1>授权失败</h1>
${chinese}
<section lang="en">
<h2>Authorization refused</h2>
${english}
</section>
</main>
`;
