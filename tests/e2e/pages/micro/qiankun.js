// A main application with qiankun, which runs the sub-application at `window.entry` in the sandbox that the test names.
import { loadMicroApp } from 'qiankun';

loadMicroApp({ name: 'sub', entry: window.entry, container: '#app' }, { sandbox: window.sandbox });
