/** Keeps the log across a reload of the console, if the user wants that. The tab's own storage gives each window its own log. */
import { exportLog, importLog } from './file.js';

/** @typedef {import('./rows.js').Row} Row */

const STORED = 'juzi.workbench.log';
const MOST = 2000;
/** Characters. Browsers store about five million in all. */
const LARGEST = 2_000_000;

/** Stores the newest rows, as many as fit. @param {readonly Row[]} rows */
export function storeLog(rows) {
  for (let count = Math.min(rows.length, MOST); ; count = Math.floor(count / 2)) {
    const text = exportLog({ rows: rows.slice(rows.length - count), ignored: [], about: {}, withCodes: true });
    try {
      if (text.length <= LARGEST) return sessionStorage.setItem(STORED, text);
    } catch {
      // No room, or no storage: try with fewer.
    }
    if (count === 0) return undefined;
  }
}

/** Returns the stored rows, and removes them. A log that cannot be read counts as empty. @returns {Row[]} */
export function takeLog() {
  try {
    const text = sessionStorage.getItem(STORED);
    sessionStorage.removeItem(STORED);
    return text ? importLog(text).rows : [];
  } catch {
    return [];
  }
}
