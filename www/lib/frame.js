/**
 * Runs something once a frame however often it is asked for: what arrives in bursts is drawn once, and whoever caused
 * it does not wait for the drawing.
 * @param {() => void} run
 * @returns {() => void} Asks for a run.
 */
export function onceAFrame(run) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      run();
    });
  };
}
