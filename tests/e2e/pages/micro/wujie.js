// A main application with wujie, whose sub-applications run in a frame of their own.
import { startApp } from 'wujie';

// Without waiting for idle moments, which a busy machine lacks.
startApp({ name: 'sub', url: window.entry, el: document.querySelector('#app'), fiber: false });
