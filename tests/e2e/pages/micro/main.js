// Loaded first in a main application. A sub-application calls `ask(work)`, at once and whenever it is asked again; what the work comes
// to is in `reports`.
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
