// Loaded first in a page: records console errors and what reaches `window.onerror`, as strings in `window.complaints`.
(() => {
  window.complaints = [];
  const { error } = console;
  console.error = (...things) => {
    complaints.push(things.map(String).join(' '));
    error.apply(console, things);
  };
  window.addEventListener('error', (event) => complaints.push(event.message));
  window.addEventListener('unhandledrejection', (event) => complaints.push(String(event.reason)));
})();
