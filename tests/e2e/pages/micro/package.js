// The script of a sub-application with the package. The hosts are in `window.allowed`.
import { init, juziWx } from '../../../../pkg/index.js';

(window.ask ?? window.parent.ask)(async () => {
  await init({ allowedHosts: window.allowed });
  return { contact: await juziWx.getCurExternalContact(), env: juziWx.env };
});
window.sub = { bootstrap: async () => {}, mount: async () => {}, unmount: async () => {} };
