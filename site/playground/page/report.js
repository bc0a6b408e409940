// Runs first in a page of the playground: tells the console of the page's errors, with their lines. It is inside the page, because
// a browser hides from a page what is wrong in a script of another origin, and this page has an origin of its own.
{
  const { run } = document.currentScript.dataset;
  const address = location.href.split('#')[0];
  const tell = (more) => parent.postMessage({ type: 'playground', ask: 'page', run: Number(run), ...more }, '*');

  /** The lines of this document in a stack, the innermost first. */
  const linesOf = (error) =>
    String(error?.stack ?? '')
      .split('\n')
      .flatMap((frame) => {
        const [, rest] = frame.split(address);
        const line = /^(?:#[^:]*)?:(\d+)/.exec(rest ?? '')?.[1];
        return line ? [Number(line)] : [];
      });
  /** A reason may be any value. Some cannot be turned into text. */
  const textOf = (reason) => {
    try {
      if (reason instanceof Error || typeof reason !== 'object') return String(reason);
      return reason?.err_msg ?? JSON.stringify(reason);
    } catch {
      return 'an object without a text';
    }
  };

  addEventListener('error', (event) => {
    if (!(event instanceof ErrorEvent)) return;
    const { filename, lineno, error, message } = event;
    const own = filename.split('#')[0] === address ? [lineno] : [];
    tell({ text: error == null ? message : textOf(error), lines: [...own, ...linesOf(error)] });
  });
  addEventListener('unhandledrejection', ({ reason }) => tell({ text: textOf(reason), lines: linesOf(reason), promise: true }));
  tell({ started: true });
}
