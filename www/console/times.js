/** Times as the conversation and the log show them. */

const DAY = 86_400_000;

/** @param {Date} date */
const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/**
 * How many midnights lie between two times; rounded, because a day with a clock change has 23 or 25 hours.
 * @param {number} at
 * @param {number} now
 */
const daysAgo = (at, now) => Math.round((midnight(new Date(now)) - midnight(new Date(at))) / DAY);

/**
 * For the list of conversations: the time of day, "Yesterday", the day of the week, or the date.
 * @param {number} at @param {string} locale @param {number} [now]
 */
export function shortTime(at, locale, now = Date.now()) {
  const days = daysAgo(at, now);
  const format = (/** @type {Intl.DateTimeFormatOptions} */ options) => new Intl.DateTimeFormat(locale, options).format(at);
  if (days === 0) return format({ hour: '2-digit', minute: '2-digit' });
  if (days === 1) return yesterday(locale);
  if (days > 1 && days < 7) return format({ weekday: 'short' });
  return format({ month: 'short', day: 'numeric' });
}

/** For the marks between messages: with the time of day. @param {number} at @param {string} locale @param {number} [now] */
export function fullTime(at, locale, now = Date.now()) {
  const days = daysAgo(at, now);
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at);
  if (days === 0) return time;
  if (days === 1) return `${yesterday(locale)} ${time}`;
  return new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at);
}

/** @param {string} locale */
function yesterday(locale) {
  const text = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-1, 'day');
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/** The time of day with milliseconds. @param {number} at */
export function clock(at) {
  const time = new Date(at);
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const ms = String(time.getMilliseconds()).padStart(3, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${ms}`;
}

/** A duration; empty if there is none. @param {number | null} ms */
export function span(ms) {
  if (ms === null || !Number.isFinite(ms)) return '';
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 10_000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(ms / 60_000)} min`;
}
