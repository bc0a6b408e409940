/**
 * Runs a function at most once per animation frame, so that a burst of changes is drawn once and its cause does not wait
 * for the drawing.
 * @param {() => void} run
 * @returns {() => void} Requests a run.
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
