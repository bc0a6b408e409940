/** One call, in the three styles that a page may be written in. */

/** @typedef {'callback' | 'method' | 'promise'} Style */

/** What the helper took over, as an existing page uses it; else the helper's own object. */
export const sdk = () => (window.wx?.isJuziWx ? window.wx : window.juziWx);

/**
 * @param {Style} style @param {string} api @param {any} params
 * @param {(state: 'ok' | 'fail', res: any) => HTMLElement} end Shows the answer.
 */
export function call(style, api, params, end) {
  const wx = sdk();
  const succeeded = (/** @type {any} */ res) => String(res?.err_msg).endsWith(':ok');
  if (!wx) {
    end('fail', { err_msg: `${api}:fail juzi-helper is not loaded` });
    return;
  }
  try {
    if (style === 'callback') {
      wx.invoke(api, params, (/** @type {any} */ res) => end(succeeded(res) ? 'ok' : 'fail', res));
    } else if (style === 'method') {
      // sendMultiChatMessage's list has no room for callbacks beside it: it goes in by name.
      const named = Array.isArray(params) ? { messages: params } : params;
      /** @type {HTMLElement | undefined} */
      let shown;
      const handlers = {
        success: (/** @type {any} */ res) => { shown = end('ok', res); },
        fail: (/** @type {any} */ res) => { shown = end('fail', res); },
        complete: () => { if (shown) shown.dataset.complete = 'true'; },
      };
      if (typeof wx[api] === 'function') wx[api]({ ...named, ...handlers });
      else wx.invoke(api, { ...named, ...handlers });
    } else {
      wx.invoke(api, params).then((/** @type {any} */ res) => end('ok', res), (/** @type {any} */ error) => end('fail', error.res ?? { err_msg: error.message }));
    }
  } catch (error) {
    // The helper promises never to throw; if it does, that is what this page is here to show.
    end('fail', { err_msg: `${api} threw ${error}` });
  }
}

/** How the style reads in a page's source. @param {Style} style */
export const sampleOf = (style) => ({
  callback: "wx.invoke('getCurExternalContact', {}, res => { … })",
  method: 'wx.getCurExternalContact({ success(res) { … }, fail(res) { … } })',
  promise: "const res = await wx.invoke('getCurExternalContact', {})",
})[style];
