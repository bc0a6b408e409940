// What the consoles of `testing` and `dev` share. It is a file of its own, so that the package has it once.
export { HOLD, NO_FAULTS, SILENT, bareUrl, createHost, frameWindow, hasNoTimers, sidebarUrl } from 'juzi:host';
export { POSTED, checkNames, checkOptions } from './kit-names.js';
