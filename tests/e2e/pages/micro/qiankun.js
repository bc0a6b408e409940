// A main application with qiankun, which runs the sub-application at `window.entry` in the sandbox that the test names, ends it, and
// shows it again.
import { loadMicroApp } from 'qiankun';

const app = loadMicroApp({ name: 'sub', entry: window.entry, container: '#app' }, { sandbox: window.sandbox });
window.showAgain = async () => {
  await app.mountPromise;
  await app.unmount();
  await app.mount();
};
