/** What is wrong with the visitor's page: what the syntax shows, and what the page has reported since it runs. */
import { computed, ref } from 'vue';

/** A page can throw without end. */
const MOST = 20;
const LONGEST = 500;

/** @param {(reported: readonly import('./editor-problems.mjs').Problem[]) => void} onReported Called when the reported ones change. */
export function useProblems(onReported) {
  let run = 0;
  let ids = 0;
  /** @type {(line: number) => { name: string, line: number } | null} */
  let placeOf = () => null;
  const reported = ref([]);
  const syntax = ref({ html: [], script: [] });

  const isKnown = ({ name, line, text }) => reported.value.some((one) => one.name === name && one.line === line && one.text === text);
  const set = (problems) => {
    reported.value = problems;
    onReported(problems);
  };

  return {
    /** The browser says more about an error of syntax than our parser does. */
    all: computed(() => {
      const told = new Set(reported.value.filter(({ text }) => text.startsWith('SyntaxError')).map(({ name }) => name));
      const unsaid = ['script', 'html'].filter((name) => !told.has(name));
      return [...unsaid.flatMap((name) => syntax.value[name].map((line) => ({ name, line }))), ...reported.value];
    }),
    /** @param {string} name @param {number[]} lines */
    setSyntax(name, lines) {
      syntax.value = { ...syntax.value, [name]: lines };
    },
    /** Forgets what former runs have reported. @returns {number} The mark of the next run. */
    nextRun() {
      placeOf = () => null;
      set([]);
      return ++run;
    },
    /** @param {typeof placeOf} given Of the run's document. */
    setPlaces(given) {
      placeOf = given;
    },
    /** The page is a stranger's: every member may be anything. @param {any} report */
    take(report) {
      if (report.run !== run) return;
      if (report.started === true) set([]);
      if (typeof report.text !== 'string' || reported.value.length >= MOST) return;
      const lines = Array.isArray(report.lines) ? report.lines.filter(Number.isInteger) : [];
      const place = lines.map((line) => placeOf(line)).find((found) => found !== null);
      const problem = { id: ++ids, text: report.text.slice(0, LONGEST), isRejection: report.promise === true, ...place };
      if (!isKnown(problem)) set([...reported.value, problem]);
    },
  };
}
