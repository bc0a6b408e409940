// The option `record` of the script: juzi-helper.recorder.js comes from the folder of the running script.
import { recording } from 'juzi:recording';
import { loadScript } from './load-script.js';
import { RECORDER } from './recorder-link.js';

const FILE = { file: 'juzi-helper.recorder.js', hash: RECORDER_INTEGRITY, member: RECORDER };

/** Begins to record, if the options say so. Returns the options for the module. */
export const recordBy = (tag, options, juziWx) =>
  recording(options, juziWx, () => new Promise((resolve, reject) => loadScript(tag, FILE, juziWx, resolve, reject)));
