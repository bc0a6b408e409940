// Loaded first in a main application: `report(name, work)` keeps what the work of a sub-application has come to.
window.reports = {};
window.report = async (name, work) => {
  let told;
  try {
    told = await work();
  } catch (error) {
    told = { error: String(error) };
  }
  window.reports[name] = told;
};
