/** The console's stream of the server's events, when the connection ends and comes back. */
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

/** @type {FakeSource[]} */
const sources = [];
class FakeSource extends EventTarget {
  static CLOSED = 2;
  readyState = 1;
  constructor(url) {
    super();
    this.url = String(url);
    sources.push(this);
  }
  close() {
    this.readyState = 2;
  }
  open() {
    this.dispatchEvent(new Event('open'));
  }
  fail(readyState) {
    this.readyState = readyState;
    this.dispatchEvent(new Event('error'));
  }
  send(name, data) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }
}
globalThis.EventSource = FakeSource;
const { openEvents } = await import('../../www/console/server.js');

const opened = (t) => {
  sources.length = 0;
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const told = [];
  const requests = [];
  openEvents({ 'hub-request': ({ id }) => requests.push(id) }, (online) => told.push(online), 4);
  sources[0].open();
  return { told, requests };
};

test('a connection that the browser restores is lost once, and back once', (t) => {
  const { told } = opened(t);
  sources[0].fail(0);
  sources[0].fail(0);
  sources[0].open();
  assert.deepEqual(told, [false, true]);
  assert.equal(sources.length, 1);
});

test('after a gateway’s error page the stream is opened again, and the banner goes', (t) => {
  const { told } = opened(t);
  sources[0].fail(2);
  mock.timers.tick(2000);
  assert.equal(sources.length, 2);
  sources[1].fail(2);
  mock.timers.tick(2000);
  sources[2].open();
  assert.deepEqual(told, [false, true]);
});

test('a stream that is opened again asks for what came after the newest request', (t) => {
  const { requests } = opened(t);
  sources[0].send('hub-request', { id: 5 });
  sources[0].send('hub-request', { id: 6 });
  sources[0].fail(2);
  mock.timers.tick(2000);
  assert.match(sources[0].url, /after=4$/);
  assert.match(sources[1].url, /after=6$/);
  sources[1].send('hub-request', { id: 7 });
  assert.deepEqual(requests, [5, 6, 7]);
});
