/** Makes a call in one of the three call styles. */

/** @typedef {'callback' | 'method' | 'promise'} Style */

/** The `wx` that the helper took over, which an existing page uses; else the helper's own object. */
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
      // An array cannot carry callbacks, so sendMultiChatMessage's list is passed as `messages`.
      const named = Array.isArray(params) ? { messages: params } : params;
      /** @type {HTMLElement | undefined} */
      let shown;
      const handlers = {
        success: (/** @type {any} */ res) => {
          shown = end('ok', res);
        },
        fail: (/** @type {any} */ res) => {
          shown = end('fail', res);
        },
        complete: () => {
          if (shown) shown.dataset.complete = 'true';
        },
      };
      if (typeof wx[api] === 'function') wx[api]({ ...named, ...handlers });
      else wx.invoke(api, { ...named, ...handlers });
    } else {
      wx.invoke(api, params).then(
        (/** @type {any} */ res) => end('ok', res),
        (/** @type {any} */ error) => end('fail', error.res ?? { err_msg: error.message }),
      );
    }
  } catch (error) {
    // The helper never throws. If it does, the page shows it.
    end('fail', { err_msg: `${api} threw ${error}` });
  }
}

/** An example of the style in a page's source. @param {Style} style */
export const sampleOf = (style) =>
  ({
    callback: "wx.invoke('getCurExternalContact', {}, res => { … })",
    method: 'wx.getCurExternalContact({ success(res) { … }, fail(res) { … } })',
    promise: "const res = await wx.invoke('getCurExternalContact', {})",
  })[style];
