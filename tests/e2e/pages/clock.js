// Loaded before the helper: replaces its clock with one that `pass(ms)` advances. `realTime()`, called after the helper's tag,
// restores the real clock for the page and the driver.
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
