// A main application with micro-app.
import microApp from '@micro-zoe/micro-app';

microApp.start();
const app = document.createElement('micro-app');
app.setAttribute('name', 'sub');
app.setAttribute('url', window.entry);
document.querySelector('#app').append(app);
