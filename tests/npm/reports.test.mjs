// The option `record` in the package: the report, the file that is downloaded, and what a page loads for it. In Chromium.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { importLog } from '../../www/console/log/file.js';
import { createHost } from '../../pkg/playwright.js';
import { PACKAGE, openSite } from './in-page.mjs';
import { launch, pack, project, serve } from './workshop.mjs';

let made;
let run;
let close;

before(async () => {
  ({ made, run, close } = await openSite());
});
after(() => close?.());

const LOADED = `performance.getEntriesByType('resource').filter(({ name }) => name.includes('recorder')).length`;

test('a page that records loads the recorder, and another does not', async () => {
  const { result } = await run(`
    const { init, juziWx } = await import('${PACKAGE}/index.js');
    await init();
    await juziWx.getCurExternalContact();
    return [await failure(juziWx.report()), await failure(juziWx.saveReport()), ${LOADED}];`);
  assert.deepEqual(result, ['the option record is off', 'the option record is off', 0]);
  const { result: recorded } = await run(`
    const { init, juziWx } = await import('${PACKAGE}/index.js');
    await init({ record: true });
    await juziWx.getCurExternalContact();
    return [await juziWx.report(), ${LOADED}, window.juziWx.report === juziWx.report];`);
  const [report, loaded, isSame] = recorded;
  assert.deepEqual([loaded, isSame], [1, true]);
  const { rows, about } = importLog(JSON.stringify(report));
  assert.deepEqual(
    rows.filter(({ kind }) => kind === 'call').map(({ api, outcome }) => [api, outcome]),
    [['getCurExternalContact', 'ok']],
  );
  assert.equal(about.helper.env.inSidebar, true);
});

test('a second copy in the page gives the report of the first', async () => {
  const { result } = await run(`
    const first = await import('${PACKAGE}/index.js');
    await first.init({ record: true });
    await first.juziWx.getCurExternalContact();
    const second = await import('/copy/index.js');
    await second.init();
    const report = await second.juziWx.report();
    return report.messages.map(({ kind }) => kind);`);
  assert.deepEqual(result, ['request', 'answer']);
});

test('with an option that is no keys the helper runs, records nothing, and says so once', async () => {
  const { result } = await run(`
    const { init, juziWx } = await import('${PACKAGE}/index.js');
    const refused = await failure(init({ record: 'r' }));
    const why = await failure(juziWx.report());
    return [refused, why, written.length];`);
  assert.deepEqual(result, ['ok', 'record must be true, false, or keys such as ctrl+alt+r', 1]);
});

test('on a server and before init there is no report', () => {
  const ask = (type, take) =>
    execFileSync('node', [`--input-type=${type}`, '--eval', `${take} juziWx.report().catch((error) => console.log(error.message));`], {
      cwd: made.dir,
      encoding: 'utf8',
    });
  const why = 'juzi-helper: nothing is recorded: call init({ record: true }) before\n';
  assert.equal(ask('module', `import { juziWx } from 'juzi-helper-wasm';`), why);
  assert.equal(ask('commonjs', `const { juziWx } = require('juzi-helper-wasm');`), why);
});

test('the browser downloads the report, which is a file of the published format', async (t) => {
  const packed = pack();
  const site = project(packed.tarball, {
    'index.html': `<!doctype html><title>page</title><script src="${PACKAGE}/juzi-helper.js" data-record></script><button onclick="juziWx.saveReport()">Save</button>`,
  });
  const server = await serve(site.dir);
  const browser = await launch();
  t.after(async () => {
    await browser.close();
    await server.close();
    site.remove();
    packed.remove();
  });
  const page = await browser.newPage();
  const host = await createHost(page, { url: server.url, contact: { externalUserId: 'wmA', name: 'Lin' } });
  const saved = page.waitForEvent('download');
  await host.frame.getByRole('button').click();
  const download = await saved;
  assert.match(download.suggestedFilename(), /^juzi-report-[\dTZ-]+\.json$/);
  const { about } = importLog(readFileSync(await download.path(), 'utf8'));
  assert.equal(about.by, 'page');
});
