// Tests for both the hooks of React and the composables of Vue. `page` is the adapter of a framework for a component that uses all of them:
// `mount(options)`, `unmount()`, `show()`, `hide()`, `latest()` (its current values), and `seen` (its values at every rendering).
import { expect, test, vi } from 'vitest';
import { init, juziWx } from 'juzi-helper-wasm';
import { createHost, reset } from 'juzi-helper-wasm/testing';

const CHATS = [
  { id: 'lin', name: 'Lin', externalUserId: 'wmLin' },
  { id: 'bo', name: 'Bo', externalUserId: 'wmBo' },
  { id: 'club', name: 'Club', type: 1, chatId: 'wrClub' },
  { id: 'wang', name: 'Wang', external: false },
];
const IDS = { lin: 'wmLin', bo: 'wmBo', club: 'wrClub', wang: undefined };
const LIN = { id: 'lin', name: 'Lin', type: 0, external: true };
const TEXT = { msgtype: 'text', text: { content: 'Hello Lin' } };

/** A push that never comes, as if the console had forgotten the page's authorization. */
const noPush = (chat, via) => (via === 'updateBaseInfo' ? new Promise(() => {}) : `code of ${chat.id}`);
const becomes = (check) => vi.waitFor(check, { timeout: 20_000, interval: 5 });

export function following(page) {
  let host;
  /** Starts a console and the page in it, and waits until the page shows the first conversation. */
  async function open({ options, ...more } = {}) {
    host = createHost({ chats: CHATS, ...more });
    page.mount(options);
    await shows('lin');
  }
  const shows = (id) => becomes(() => expect([page.latest().loading, page.latest().conversation?.id]).toEqual([false, id]));
  /** Checks that the data of two conversations were never shown together. */
  function nothingMixed() {
    for (const { conversation, baseInfo } of page.seen) {
      if (!conversation) continue;
      expect(conversation.name.toLowerCase()).toBe(conversation.id);
      expect([IDS[conversation.id], undefined]).toContain(conversation.userId ?? conversation.chatId);
      if (baseInfo) expect(baseInfo.juziChatId).toBe(conversation.id);
    }
  }
  /** Runs a test, which must cause no warning and no unhandled error, and then cleans up. */
  const story = (name, run) =>
    test(name, async () => {
      const complaints = ['error', 'warn'].map((kind) => vi.spyOn(console, kind).mockImplementation(() => {}));
      const rejections = [];
      const reject = (error) => rejections.push(error);
      process.on('unhandledRejection', reject);
      page.seen.length = 0;
      try {
        await run(complaints);
      } finally {
        page.unmount();
        reset();
        for (const spy of complaints) spy.mockRestore();
      }
      // Unhandled rejections are reported in the turn after.
      await new Promise((resolve) => setTimeout(resolve));
      process.off('unhandledRejection', reject);
      expect(rejections).toEqual([]);
      for (const spy of complaints) expect(spy.mock.calls).toEqual([]);
    });

  story('a conversation that is no longer shown is forgotten: after a switch it does not come back', async () => {
    await open();
    page.hide();
    await host.switchTo('bo');
    // This is answered after the push, so the push has arrived.
    await juziWx.getCurExternalContact();
    page.seen.length = 0;
    host.hold('getCurChatInfo', { times: 1 });
    const asked = host.nextCall('getCurChatInfo');
    page.show();
    const held = await asked;
    expect(page.seen[0]).toMatchObject({ loading: true, conversation: undefined, baseInfo: undefined, error: undefined });
    held.proceed();
    await shows('bo');
    expect(page.seen.some(({ conversation, baseInfo }) => conversation?.id === 'lin' || baseInfo?.juziChatId === 'lin')).toBe(false);
    nothingMixed();
  });

  story('refresh() without a component makes no call, and stores nothing', async () => {
    await open();
    const { refresh } = page.latest();
    page.hide();
    await juziWx.getCurExternalContact();
    const calls = host.calls.length;
    await refresh();
    expect(host.calls.length).toBe(calls);
    page.seen.length = 0;
    page.show();
    await shows('lin');
    expect(page.seen[0]).toMatchObject({ loading: true, conversation: undefined, baseInfo: undefined });
  });

  for (const refused of [true, false]) {
    story(
      `a switch between two answers, ${refused ? 'where sidebarAuth is refused' : 'before its push'}: the answers are not joined`,
      async () => {
        host = createHost({ chats: CHATS, issueCode: noPush });
        if (refused) host.fail('sidebarAuth', 'no code');
        host.answer(
          'getCurExternalContact',
          () => {
            const { externalUserId } = host.current;
            void host.switchTo('bo');
            return { externalUserId };
          },
          { times: 1 },
        );
        page.mount();
        await shows('bo');
        nothingMixed();
        expect(page.latest().conversation).toMatchObject({ id: 'bo', name: 'Bo', userId: 'wmBo' });
        if (refused) expect(page.latest()).toMatchObject({ baseInfo: undefined, error: { err_msg: 'sidebarAuth:fail no code' } });
        else expect(page.latest()).toMatchObject({ baseInfo: { juziChatId: 'bo' }, error: undefined });
      },
    );
  }

  story('a switch before the id is refused: the refusal is about another conversation than the call', async () => {
    host = createHost({ chats: CHATS, issueCode: noPush });
    host.fail('sidebarAuth', 'no code');
    host.answer(
      'getCurExternalContact',
      () => {
        void host.switchTo('club');
        throw new Error('this is a group');
      },
      { times: 1 },
    );
    page.mount();
    await shows('club');
    nothingMixed();
  });

  story('answers about two conversations three times: an error, and no conversation', async () => {
    host = createHost({ chats: CHATS, issueCode: noPush });
    host.fail('sidebarAuth', 'no code');
    host.answer('getCurExternalContact', () => {
      const { id, externalUserId } = host.current;
      void host.switchTo(id === 'lin' ? 'bo' : 'lin');
      return { externalUserId };
    });
    page.mount();
    await becomes(() => expect(page.latest().loading).toBe(false));
    expect(page.latest().conversation).toBe(undefined);
    expect(page.latest().error.err_msg).toMatch(
      /^getCurChatInfo:fail the answers are about different conversations, also when asked 3 times/,
    );
    expect(host.callsTo('getCurExternalContact')).toHaveLength(3);
    expect(page.seen.some(({ conversation }) => conversation)).toBe(false);
    host.restore();
    await page.latest().refresh();
    await shows(host.current.id);
    nothingMixed();
  });

  for (const [name, first] of [
    ['sidebarAuth', []],
    ['a push', ['club', 'lin']],
  ]) {
    story(`refresh() before the push of a switch: never with what ${name} reported about the previous conversation`, async () => {
      let pushes = true;
      await open({ issueCode: (chat, via) => (pushes ? `code of ${chat.id}` : noPush(chat, via)) });
      for (const id of first) {
        await host.switchTo(id);
        await shows(id);
      }
      pushes = false;
      void host.switchTo('bo');
      await page.latest().refresh();
      await shows('bo');
      expect(page.latest()).toMatchObject({ baseInfo: { juziChatId: 'bo', code: 'code of bo' }, error: undefined });
      nothingMixed();
    });
  }

  story('refresh() before the push, and sidebarAuth is refused by now: the conversation without baseInfo, and why', async () => {
    await open({ issueCode: noPush });
    void host.switchTo('bo');
    host.fail('sidebarAuth', 'no code');
    await page.latest().refresh();
    await shows('bo');
    expect(page.latest()).toMatchObject({ baseInfo: undefined, error: { err_msg: 'sidebarAuth:fail no code' } });
    nothingMixed();
  });

  story('after its push the console reports the former conversation for a moment: that is not shown for the new one', async () => {
    await open();
    host.answer('getCurChatInfo', LIN, { times: 2 });
    host.answer('getCurExternalContact', { externalUserId: 'wmLin' }, { times: 1 });
    page.seen.length = 0;
    await host.switchTo('bo');
    await shows('bo');
    expect(page.latest()).toMatchObject({ conversation: { userId: 'wmBo' }, baseInfo: { juziChatId: 'bo' }, error: undefined });
    // Renderings before the push do not count.
    const told = page.seen.findIndex(({ baseInfo }) => baseInfo?.juziChatId === 'bo');
    expect(page.seen.slice(told).some(({ conversation }) => conversation?.id === 'lin')).toBe(false);
    nothingMixed();
    expect(host.callsTo('sidebarAuth')).toHaveLength(1);
  });

  story('the console keeps reporting the former conversation: an error, then refresh() reads everything again', async () => {
    await open();
    host.answer('getCurChatInfo', LIN);
    await host.switchTo('bo');
    await becomes(() => expect(page.latest()).toMatchObject({ loading: false, baseInfo: { juziChatId: 'bo' } }));
    expect(page.latest()).toMatchObject({ conversation: undefined, error: { api: 'getCurChatInfo', code: 'fail' } });
    host.restore('getCurChatInfo');
    await page.latest().refresh();
    expect(page.latest()).toMatchObject({ conversation: { id: 'bo' }, baseInfo: { juziChatId: 'bo' }, error: undefined });
  });

  story('baseInfo that cannot be compared with the conversation is not shown, and the error says so', async () => {
    host = createHost({ chats: CHATS });
    host.answer('sidebarAuth', { baseInfo: { code: 'c' } });
    page.mount();
    await shows('lin');
    expect(page.latest().baseInfo).toBe(undefined);
    expect(page.latest().error.err_msg).toMatch(/^sidebarAuth:fail baseInfo has no juziChatId/);
  });

  story('only the id of the conversation’s kind is read, and no call fails', async () => {
    await open();
    for (const id of ['club', 'wang']) {
      await host.switchTo(id);
      await shows(id);
    }
    expect(['getCurExternalContact', 'getCurExternalChat'].map((api) => host.callsTo(api).length)).toEqual([1, 1]);
    expect(host.calls.map(({ state }) => state).filter((state) => state !== 'ok')).toEqual([]);
  });

  story('after a refused option and a successful start, nothing of the failure is left', async (complaints) => {
    host = createHost({ chats: CHATS });
    page.mount({ timOut: 5_000 });
    await becomes(() => expect(page.latest()).toMatchObject({ state: 'failed', loading: false, error: { code: 'invalid_options' } }));
    page.unmount();
    for (const spy of complaints) spy.mockClear();
    page.seen.length = 0;
    page.mount({ timeout: 5_000 });
    await shows('lin');
    expect(page.latest()).toMatchObject({ state: 'ready', error: undefined, baseInfo: { juziChatId: 'lin' } });
    expect(page.seen.map(({ error }) => error)).not.toContainEqual(expect.anything());
  });

  story('a message that is sent during a successful start waits for it', async (complaints) => {
    host = createHost({ chats: CHATS });
    await init({ timOut: 5_000 }).catch(() => {});
    for (const spy of complaints) spy.mockClear();
    page.mount();
    expect(await page.latest().send(TEXT)).toBe(true);
  });

  story('retry() starts the helper again after a failure, and the conversation is followed', async (complaints) => {
    host = createHost({ chats: CHATS });
    let bad = true;
    const options = {
      get timeout() {
        if (bad) throw new Error('not yet');
        return 5_000;
      },
    };
    page.mount(options);
    await becomes(() =>
      expect(page.latest()).toMatchObject({
        state: 'failed',
        helperError: { message: 'not yet' },
        loading: false,
        error: { code: 'invalid_options' },
      }),
    );
    for (const spy of complaints) spy.mockClear();
    await page.latest().retry();
    await becomes(() => expect(page.latest()).toMatchObject({ state: 'failed', loading: false }));
    bad = false;
    for (const spy of complaints) spy.mockClear();
    page.seen.length = 0;
    await page.latest().retry();
    await shows('lin');
    expect(page.latest()).toMatchObject({ state: 'ready', helperError: undefined, error: undefined });
    await host.switchTo('bo');
    await shows('bo');
    // The helper runs, so nothing starts again.
    page.seen.length = 0;
    await page.latest().retry();
    expect(page.seen).toEqual([]);
    nothingMixed();
  });

  story('reset() of the kit: a page that stays starts afresh, and late answers change nothing', async () => {
    await open();
    for (const name of ['getCurChatInfo', 'sendChatMessage']) host.hold(name);
    void page.latest().send(TEXT);
    void page.latest().refresh();
    await host.nextCall('getCurChatInfo');
    const former = host.calls.filter(({ state }) => state === 'pending');
    expect(former).toHaveLength(2);
    reset();
    for (const call of former) call.proceed();
    await becomes(() =>
      expect(page.latest()).toMatchObject({
        state: 'loading',
        helperError: undefined,
        loading: true,
        conversation: undefined,
        baseInfo: undefined,
        error: undefined,
        pending: false,
      }),
    );
    host = createHost({ chats: CHATS.slice(1) });
    page.seen.length = 0;
    await page.latest().retry();
    await shows('bo');
    expect(page.latest()).toMatchObject({ state: 'ready', pending: false });
    expect(page.seen.some(({ conversation, baseInfo }) => conversation?.id === 'lin' || baseInfo?.juziChatId === 'lin')).toBe(false);
    await host.switchTo('club');
    await shows('club');
    expect(await page.latest().send(TEXT)).toBe(true);
  });

  const sent = () => [...host.callsTo('sendChatMessage'), ...host.callsTo('sendMultiChatMessage')].map(({ params }) => params);
  const CHANGED = {
    pending: false,
    sendError: {
      code: 'conversation_changed',
      err_msg: 'sendChatMessage:fail conversation changed: another one is open now, so nothing was sent',
    },
  };

  story('send with `to`: sends into that conversation while it is open, one message or several', async () => {
    await open();
    const { conversation: to, send } = page.latest();
    expect(await send(TEXT, { to })).toBe(true);
    expect(await send([TEXT, TEXT], { to })).toBe(true);
    expect(sent()).toEqual([TEXT, [TEXT, TEXT]]);
    await host.switchTo('bo');
    await shows('bo');
    expect(await send([TEXT, TEXT], { to })).toBe(false);
    expect(page.latest().sendError).toMatchObject({ api: 'sendMultiChatMessage', code: 'conversation_changed' });
    expect(sent()).toHaveLength(2);
    expect(await send(TEXT, { to: page.latest().conversation })).toBe(true);
  });

  story('send with `to` after a switch whose push has not arrived: the page asks the console, and sends nothing', async () => {
    await open({ issueCode: noPush });
    const { conversation: to, send } = page.latest();
    void host.switchTo('bo');
    expect(await send(TEXT, { to })).toBe(false);
    await becomes(() => expect(page.latest()).toMatchObject(CHANGED));
    expect(sent()).toEqual([]);
  });

  story('send with `to` while the console still reports the former conversation: the push counts', async () => {
    await open();
    const { conversation: to, send } = page.latest();
    await host.switchTo('bo');
    await shows('bo');
    host.answer('getCurChatInfo', LIN);
    expect(await send(TEXT, { to })).toBe(false);
    await becomes(() => expect(page.latest()).toMatchObject(CHANGED));
    expect(sent()).toEqual([]);
  });

  story('send with `to`, and the push arrives while the page asks the console: nothing is sent', async () => {
    await open();
    const { conversation: to, send } = page.latest();
    host.answer(
      'getCurChatInfo',
      async () => {
        await host.switchTo('bo');
        return LIN;
      },
      { times: 1 },
    );
    expect(await send(TEXT, { to })).toBe(false);
    await becomes(() => expect(page.latest().sendError).toMatchObject(CHANGED.sendError));
    expect(sent()).toEqual([]);
  });

  story('send with `to` while no conversation is known, or with something else: nothing is sent, and the error names it', async () => {
    await open();
    const { send } = page.latest();
    for (const [options, found] of [
      [{ to: undefined }, 'it is undefined'],
      [{ to: null }, 'it is null'],
      [{}, 'it is undefined'],
      [{ to: {} }, 'it has no id'],
      [{ to: 'lin' }, 'it has no id'],
      [null, 'it is undefined'],
      [0, 'it is undefined'],
    ]) {
      expect(await send(TEXT, options)).toBe(false);
      await becomes(() =>
        expect(page.latest().sendError?.err_msg).toBe(`sendChatMessage:fail to must be a conversation of useConversation(), but ${found}`),
      );
    }
    host.fail('getCurChatInfo', 'no permission', { times: 1 });
    expect(await send(TEXT, { to: LIN })).toBe(false);
    await becomes(() => expect(page.latest().sendError).toMatchObject({ err_msg: 'getCurChatInfo:fail no permission' }));
    expect(sent()).toEqual([]);
  });

  story('messages with `to` are posted as they were at the call, and in that order', async () => {
    await open();
    const { conversation: to, send } = page.latest();
    class Draft {
      #content;
      constructor(content) {
        this.#content = content;
      }
      get content() {
        return this.#content;
      }
      set content(text) {
        this.#content = text;
      }
    }
    const draft = { msgtype: 'text', text: new Draft('one') };
    const held = host.nextCall('getCurChatInfo');
    host.hold('getCurChatInfo', { times: 1 });
    const first = send(draft, { to });
    const several = [draft];
    draft.text.content = 'two';
    const second = send(several, { to });
    draft.text.content = '';
    several.length = 0;
    const bad = send(
      {
        msgtype: 'text',
        get text() {
          throw new Error('a draft is gone');
        },
      },
      { to },
    );
    (await held).proceed();
    expect(await Promise.all([first, second, bad])).toEqual([true, true, false]);
    expect(sent()).toEqual([{ msgtype: 'text', text: { content: 'one' } }, [{ msgtype: 'text', text: { content: 'two' } }]]);
    expect(host.calls.map(({ api }) => api).filter((api) => api.startsWith('send'))).toEqual(['sendChatMessage', 'sendMultiChatMessage']);
    await becomes(() =>
      expect(page.latest().sendError).toMatchObject({ api: 'sendChatMessage', err_msg: 'sendChatMessage:fail a draft is gone' }),
    );
  });
}
