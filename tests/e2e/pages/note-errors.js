// Loaded first in a page: records console errors and what reaches `window.onerror`, as strings in `window.complaints`. Warnings
// are in `window.warnings`.
(() => {
  window.complaints = [];
  window.warnings = [];
  const record =
    (list, write) =>
    (...things) => {
      list.push(things.map(String).join(' '));
      write.apply(console, things);
    };
  console.error = record(complaints, console.error);
  console.warn = record(warnings, console.warn);
  window.addEventListener('error', (event) => complaints.push(event.message));
  window.addEventListener('unhandledrejection', (event) => complaints.push(String(event.reason)));
})();
