// The recorder of a page that loads it for the option `record`. The report has the options of this catalogue, and no other `data-*`.
import { createRecorder } from 'juzi:recorder';
import { OPTIONS } from './option-names.js';

export const create = (page) => createRecorder(page, OPTIONS);
