// When a message of a scenario was sent: RFC 3339, or counted back from now (`35m ago`, `1d 2h ago`).

const RFC_3339 = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;
const SPAN = /^(\d+\s*[a-z]+[\s,]*)+ago$/i;
const UNITS = [
  ['y|yr|yrs|year|years', (date, n) => date.setUTCFullYear(date.getUTCFullYear() - n)],
  ['mo|mos|month|months', (date, n) => date.setUTCMonth(date.getUTCMonth() - n)],
  ['w|wk|wks|week|weeks', (date, n) => date.setUTCDate(date.getUTCDate() - 7 * n)],
  ['d|day|days', (date, n) => date.setUTCDate(date.getUTCDate() - n)],
  ['h|hr|hrs|hour|hours', (date, n) => date.setTime(date.getTime() - n * 3_600_000)],
  ['m|min|mins|minute|minutes', (date, n) => date.setTime(date.getTime() - n * 60_000)],
  ['s|sec|secs|second|seconds', (date, n) => date.setTime(date.getTime() - n * 1_000)],
].map(([names, back]) => ({ names: new RegExp(`^(${names})$`, 'i'), back }));

/**
 * The point in time as RFC 3339 in UTC; null if the text is none.
 * @param {string} text
 * @param {number} now Milliseconds since the epoch.
 */
export function resolveTime(text, now) {
  const date = new Date(RFC_3339.test(text) ? text : NaN);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  if (!SPAN.test(text.trim())) return null;
  const past = new Date(now);
  for (const [, count, name] of text.matchAll(/(\d+)\s*([a-z]+)/gi)) {
    const unit = UNITS.find(({ names }) => names.test(name));
    if (!unit) return null;
    unit.back(past, Number(count));
  }
  return Number.isNaN(past.getTime()) ? null : past.toISOString();
}
