// The option `record`, as far as every page needs it: keeps what happens until the recorder has come, which is a file of its own
// (recorder.js), so that a page without the option does not load it.
import { complain, observe } from './calls.js';
import { isOn } from './environment.js';
import { define, get } from './members.js';

const { Date, Error, addEventListener } = globalThis;

/** Notes what happens; undefined while nothing is recorded. */
let note;
/** One function, which a window has once as a listener, however often a recording begins. */
const noteError = (event) => note?.(event.type, event);

/** Starts a recording. `load` resolves with what makes the recorder, which then takes what is pushed to the notes. */
const begin = (options, juziWx, load) => {
  const notes = [];
  note = (what, value) => void notes.push([Date.now(), what, value]);
  observe(note, !isOn(options, 'debug'));
  for (const type of ['error', 'unhandledrejection']) addEventListener(type, noteError);
  const ready = load().then((create) => create({ notes, options, juziWx, complain }));
  ready.catch((why) => {
    notes.push = () => {};
    complain('nothing is recorded', why);
  });
  return ready;
};

/**
 * Begins to record if the option says so, and gives `juziWx` its reports. Returns the options for the module, which logs if somebody reads
 * the log.
 */
export const recording = (options, juziWx, load) => {
  const isWanted = ![undefined, null, false, 'false'].includes(get(options, 'record'));
  const ready = isWanted && begin(options, juziWx, load);
  for (const name of ['report', 'saveReport'])
    define(juziWx, name, {
      async value() {
        if (!ready) throw new Error('the option record is off');
        return (await ready)[name]();
      },
      writable: true,
    });
  return isWanted ? { __proto__: null, ...options, debug: true } : options;
};

/** For another `init`, and for the package's testing kit; the scripts lack this. */
export const endRecording = () => {
  note = undefined;
  observe();
};
