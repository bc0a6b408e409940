// Loaded first in a sub-application. wujie gives it its own `console`; this replaces the methods by the main application's, which record.
if (window.__POWERED_BY_WUJIE__ === true) {
  for (const name of ['error', 'warn']) console[name] = window.parent.console[name];
}
