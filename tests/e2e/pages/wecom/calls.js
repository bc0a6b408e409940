// Calls an SDK in each call style.

/** Calls a method with callbacks. Resolves with the callbacks that were called, in order, and their result. */
window.byMethod = (object, name, params = {}) =>
  new Promise((resolve) => {
    const called = [];
    const heard = (which) => (res) => {
      called.push(which);
      if (which === 'complete') resolve({ called, res: { ...res } });
    };
    object[name]({ ...params, success: heard('success'), fail: heard('fail'), cancel: heard('cancel'), complete: heard('complete') });
  });

/** Calls `invoke` with a callback. */
window.byInvoke = (object, name, params = {}) => new Promise((resolve) => object.invoke(name, params, resolve));

/** The value that a promise resolved or rejected with. */
window.byPromise = (promise) =>
  promise.then(
    (res) => ({ resolved: { ...res } }),
    (error) => ({ rejected: { ...error } }),
  );
