// Loaded first in a main application. A sub-application calls `ask(work)`. The work runs at once and at each `askAgain()`, and its results
// are in `reports`.
window.reports = [];
window.ask = (work) => {
  window.askAgain = async () => {
    let told;
    try {
      told = await work();
    } catch (error) {
      told = { error: String(error) };
    }
    window.reports.push(told);
  };
  window.askAgain();
};
