/** The member of `window.juziWx` through which `juzi-helper.recorder.js` hands over the recorder, to a script of the same build. */
export const RECORDER = Symbol.for(`juzi-helper recorder ${JUZI_BUILD}`);
