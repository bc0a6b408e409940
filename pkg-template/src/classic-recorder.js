// The script juzi-helper.recorder.js, which juzi-helper.js loads for the option `record`.
import { create } from './recorder.js';
import { RECORDER } from './recorder-link.js';

globalThis.window?.juziWx?.[RECORDER]?.(create);
