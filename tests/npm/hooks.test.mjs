// The React hooks, in each version of React that they support, the Vue composables, and the store, with the testing kit.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pack, project, tools } from './workshop.mjs';

let packed;
before(() => {
  packed = pack();
});
after(() => packed?.remove());

const page = (name) => readFileSync(new URL(`./pages/${name}`, import.meta.url), 'utf8');
const TOOLS = join(tools, 'node_modules');

function passes(made, count) {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const { stdout, stderr } = spawnSync(
    'node',
    [join(TOOLS, 'vitest/vitest.mjs'), 'run', '--environment', 'jsdom', '--testTimeout', '60000'],
    { cwd: made.dir, encoding: 'utf8', env },
  );
  assert.match(stdout, new RegExp(`Tests\\s+${count} passed \\(${count}\\)`), stdout + stderr);
  return stdout;
}

/** The cases for both frameworks, and how many there are. */
const following = (framework) => ({ 'following.js': page('following.js'), 'following.test.js': page(`following-${framework}.js`) });
const CASES = 23;
/** React 18 has no <Activity>. */
const activity = (major) => (major === 18 ? {} : { 'activity.test.js': page('activity.js') });

for (const major of [18, 19]) {
  test(`React ${major}`, (t) => {
    const made = project(packed.tarball, {
      ...following('react'),
      ...activity(major),
      'react.test.js': `${page('react.js')}
      import { version } from 'react';
      test('it is this React', () => expect(version).toMatch(/^${major}\\./));`,
    });
    t.after(made.remove);
    // Next to the package, so that both the package and the page find this version.
    if (major === 18) {
      for (const name of ['react', 'react-dom']) cpSync(join(TOOLS, `${name}18`), made.path('node_modules', name), { recursive: true });
    }
    passes(made, 11 + CASES + Object.keys(activity(major)).length);
  });
}

test('on a server both render the first state, and start nothing', (t) => {
  const made = project(packed.tarball, {
    'server.mjs': `
    import { createElement as h } from 'react';
    import * as react from 'react-dom/server';
    import { JuziProvider, useConversation, useJuzi, useSendMessage } from 'juzi-helper-wasm/react';
    import { createSSRApp, h as vnode } from 'vue';
    import * as vue from 'vue/server-renderer';
    import * as juzi from 'juzi-helper-wasm/vue';
    const Shown = () => h('p', null, [useJuzi().state, useConversation().loading, useSendMessage().pending].join());
    console.log(react.renderToString(h(JuziProvider, null, h(Shown))));
    const app = createSSRApp({ setup() {
      const [{ state }, { loading }, { pending }] = [juzi.useJuzi(), juzi.useConversation(), juzi.useSendMessage()];
      return () => vnode('p', [state.value, loading.value, pending.value].join());
    } });
    console.log(await vue.renderToString(app.use(juzi.createJuzi({ timeout: 5_000 }))));`,
  });
  t.after(made.remove);
  const { stdout, stderr } = spawnSync('node', ['server.mjs'], { cwd: made.dir, encoding: 'utf8' });
  assert.deepEqual([stdout, stderr], ['<p>loading,true,false</p>\n'.repeat(2), '']);
});

test('on a server a store is subscribed to and starts nothing, so that the next request finds it as it was', (t) => {
  const made = project(packed.tarball, {
    'server.mjs': `
    import { createJuzi } from 'juzi-helper-wasm/store';
    const juzi = createJuzi();
    const sender = juzi.createSender();
    const stores = [juzi.helper, juzi.conversation, sender];
    const former = stores.map(({ get }) => get());
    for (const { subscribe } of stores) subscribe((state) => console.log(JSON.stringify(state)))();
    await juzi.start();
    await juzi.conversation.refresh();
    await new Promise((resolve) => setTimeout(resolve, 20));
    console.log(stores.every(({ get }, i) => get() === former[i]));`,
  });
  t.after(made.remove);
  const { stdout, stderr } = spawnSync('node', ['server.mjs'], { cwd: made.dir, encoding: 'utf8' });
  assert.deepEqual([stdout, stderr], ['{"state":"loading"}\n{"loading":true}\n{"pending":false}\ntrue\n', '']);
});

test('the store', (t) => {
  const made = project(packed.tarball, { ...following('store'), 'store.test.js': page('store.js') });
  t.after(made.remove);
  passes(made, 5 + CASES);
});

test('Vue 3', (t) => {
  const made = project(packed.tarball, { ...following('vue'), 'vue.test.js': page('vue.js') });
  t.after(made.remove);
  passes(made, 11 + CASES);
});
