// First in a page: keeps what the page's console and window.onerror are told, as texts in `window.complaints`.
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
