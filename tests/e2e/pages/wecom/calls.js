// How a test calls an SDK, in the style of each.

/** By method, with callbacks: which of them were called, in order, and with what. */
window.byMethod = (object, name, params = {}) =>
  new Promise((resolve) => {
    const called = [];
    const heard = (which) => (res) => {
      called.push(which);
      if (which === 'complete') resolve({ called, res: { ...res } });
    };
    object[name]({ ...params, success: heard('success'), fail: heard('fail'), cancel: heard('cancel'), complete: heard('complete') });
  });

/** By `invoke`, with a callback. */
window.byInvoke = (object, name, params = {}) => new Promise((resolve) => object.invoke(name, params, resolve));

/** By promise: what it resolved or rejected with. */
window.byPromise = (promise) =>
  promise.then(
    (res) => ({ resolved: { ...res } }),
    (error) => ({ rejected: { ...error } }),
  );
