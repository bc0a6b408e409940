// A main application with wujie, whose sub-applications run in a frame of their own.
import { startApp } from 'wujie';

startApp({ name: 'sub', url: window.entry, el: document.querySelector('#app') });
