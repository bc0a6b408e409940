// Loaded first in a sub-application: wujie gives it a console of its own, and the main application's notes what is written.
if (window.__POWERED_BY_WUJIE__ === true) {
  for (const name of ['error', 'warn']) console[name] = window.parent.console[name];
}
