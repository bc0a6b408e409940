// The timed loop, the same for every validator. A validator takes a message and returns a plain object or an error text.
import { INVALID, VALID } from './messages.js';

let sink = 0;

const time = (validate, message, count) => {
  const start = performance.now();
  for (let i = 0; i < count; i++) if (typeof validate(message) === 'string') sink++;
  return ((performance.now() - start) * 1e6) / count;
};

export const run = (validate) => {
  /** The validator's verdict on each message, and its nanoseconds per message for each of `chunks`. */
  window.validation = ({ warmUp, chunks, count }) => {
    const all = { ...named('valid', VALID), ...named('invalid', INVALID) };
    const found = Object.fromEntries(Object.entries(all).map(([name, message]) => [name, typeof validate(message) !== 'string']));
    for (const message of Object.values(all)) time(validate, message, warmUp);
    const times = Object.fromEntries(
      Object.entries(all).map(([name, message]) => [name, Array.from({ length: chunks }, () => time(validate, message, count))]),
    );
    return { found, times, sink };
  };
};

const named = (prefix, messages) => Object.fromEntries(Object.entries(messages).map(([name, message]) => [`${prefix} ${name}`, message]));
