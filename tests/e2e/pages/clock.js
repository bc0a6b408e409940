// Before the helper: its time is the test's, which passes by `pass(ms)`. `realTime()`, behind the helper's tag, leaves the page
// and the driver theirs.
{
  const { setTimeout } = window;
  const timers = [];
  let now = 0;
  window.setTimeout = (run, delay, ...more) => timers.push({ at: now + delay, run: () => run(...more) });
  performance.now = () => now;
  window.realTime = () => {
    window.setTimeout = setTimeout;
    delete performance.now;
  };
  window.pass = (ms) => {
    now += ms;
    for (const timer of timers.splice(0)) {
      if (timer.at <= now) timer.run();
      else timers.push(timer);
    }
  };
}
