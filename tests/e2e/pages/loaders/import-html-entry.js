// The loader of qiankun: it takes an app's HTML apart, puts the markup into the page and runs the scripts' text.
import { importEntry } from 'import-html-entry';

importEntry(window.entry).then(({ template, execScripts }) => {
  const app = document.createElement('div');
  app.innerHTML = template;
  document.body.append(app);
  return execScripts();
});
