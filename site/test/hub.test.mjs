// The parts of the playground that stand in for the workbench's server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createHub } from '../playground/hub.js';
import { examples, sourceOf } from '../playground/examples.mjs';
import { fromFragment, toFragment } from '../playground/share.mjs';

const exportsOf = (file) =>
  [...readFileSync(new URL(file, import.meta.url), 'utf8').matchAll(/^export (?:async )?(?:const|function) (\w+)/gm)]
    .map(([, name]) => name)
    .sort();

test('the playground’s server exports all that the console uses of the workbench’s', () => {
  const ours = exportsOf('../playground/server.js');
  assert.deepEqual(
    exportsOf('../../www/console/server.js').filter((name) => !ours.includes(name)),
    [],
  );
});

const account = { userId: 'u', corpId: 'c', botId: 'b', orgId: 'o', uid: 'i', email: 'e', wxid: 'w' };
const made = (more = {}) => {
  const events = [];
  let now = 1000;
  const hub = createHub({
    scenario: () => ({ account, conversations: [{ id: 'a' }, { id: 'own', botId: 'other' }] }),
    current: () => 'own',
    ttl: 300_000,
    emit: (event, detail) => events.push([event, detail]),
    now: () => now,
    ...more,
  });
  return {
    hub,
    events,
    pass: (ms) => {
      now += ms;
    },
  };
};

test('a code is redeemed once, and within its time', () => {
  const { hub, events, pass } = made();
  const code = hub.issue('a', 'sidebarAuth');
  assert.match(code, /^[0-9a-f]{32}$/);
  const { wxid: _, ...user } = account;
  assert.deepEqual(hub.redeem(code), { errcode: 0, errmsg: 'success', data: user });
  assert.deepEqual(hub.redeem(code), { errcode: -1, errmsg: 'invalid authorization code', data: null });
  assert.equal(hub.redeem('never issued').errcode, -1);
  assert.equal(hub.redeem('').errcode, -4);
  const late = hub.issue('a', 'sidebarAuth');
  pass(300_000);
  assert.equal(hub.redeem(late).errcode, -2);
  assert.deepEqual(
    events.map(([event]) => event),
    ['code-issued', 'code-redeemed', 'code-redeemed', 'code-redeemed', 'code-redeemed', 'code-issued', 'code-redeemed'],
  );
  assert.deepEqual(events[0][1], { code, conversationId: 'a', botId: 'b', via: 'sidebarAuth', at: 1000, expiresAt: 301_000 });
});

test('a fault of the hub redeems nothing', () => {
  const { hub } = made();
  const code = hub.issue('a', 'sidebarAuth');
  hub.setFault(-5);
  assert.equal(hub.redeem(code).errcode, -5);
  hub.setFault(0);
  assert.equal(hub.redeem(code).errcode, 0);
});

test('authorize redirects with a code for the open conversation, and names a bad parameter', () => {
  const { hub } = made();
  const target = new URL(hub.authorize(new URLSearchParams({ redirect_uri: 'https://page.example/back?x=1&code=old', state: 'abc' })));
  assert.equal(target.searchParams.get('x'), '1');
  assert.equal(target.searchParams.get('state'), 'abc');
  assert.equal(target.searchParams.get('juziBotId'), 'other');
  assert.equal(hub.redeem(target.searchParams.get('code')).data.botId, 'other');
  assert.throws(() => hub.authorize(new URLSearchParams({ redirect_uri: '/relative' })), /redirect_uri/);
  assert.throws(() => hub.authorize(new URLSearchParams({ redirect_uri: 'javascript:alert(1)' })), /redirect_uri/);
  assert.throws(() => hub.authorize(new URLSearchParams({ redirect_uri: 'https://page.example', state: 'a b' })), /state/);
});

test('a link restores its page, and an invalid link gives nothing', async () => {
  const page = { html: '<p>你好 😀</p>', script: 'a\0b', faults: { drop: 1 } };
  assert.deepEqual(await fromFragment(await toFragment(page)), page);
  for (const fragment of ['', '#contact', '#page=', '#page=AAAA', '#page=!!']) assert.equal(await fromFragment(fragment), null, fragment);
  const bomb = await toFragment({ html: 'x'.repeat(190_000), script: '' });
  assert.ok(bomb.length < 1000);
  await assert.rejects(
    () => toFragment({ html: 'x'.repeat(5_000_000), script: Array.from({ length: 300_000 }, () => Math.random().toString(36)).join('') }),
    /too large/,
  );
});

test('each example is in one language', () => {
  for (const example of examples) {
    for (const language of ['en', 'zh']) {
      const { html, script } = sourceOf(example, language);
      assert.doesNotMatch(html + script, /\{\{|\}\}/, example.id);
      if (language === 'en') assert.doesNotMatch(html + script, /\p{Script=Han}/u, example.id);
    }
  }
});
