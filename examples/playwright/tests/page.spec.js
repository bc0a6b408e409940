import { expect, test } from '@playwright/test';
import { createHost } from 'juzi-helper-wasm/playwright';

const open = (page, baseURL, options) =>
  createHost(page, {
    url: baseURL,
    contact: { id: 'lin', name: 'Lin', externalUserId: 'wmLin' },
    chat: { id: 'club', name: 'Coffee club', chatId: 'wrClub' },
    ...options,
  });

test('sends the greeting', async ({ page, baseURL }) => {
  const host = await open(page, baseURL);
  await expect(host.frame.getByRole('heading')).toHaveText('Lin');
  const call = host.nextCall('sendChatMessage');
  await host.frame.getByRole('button', { name: 'Greet' }).click();
  expect((await call).params).toEqual({ msgtype: 'text', text: { content: 'Hello Lin' } });
  await expect(host.frame.getByRole('status')).toHaveText('Sent');
  expect(await host.sent()).toMatchObject([{ chat: { id: 'lin' }, messages: [{ msgtype: 'text', content: { content: 'Hello Lin' } }] }]);
});

test('says why the console refused', async ({ page, baseURL }) => {
  const host = await open(page, baseURL);
  await host.fail('sendChatMessage', 'no permission', { times: 1 });
  await host.frame.getByRole('button', { name: 'Greet' }).click();
  await expect(host.frame.getByRole('status')).toHaveText('Not sent: sendChatMessage:fail no permission');
  await host.frame.getByRole('button', { name: 'Greet' }).click();
  await expect(host.frame.getByRole('status')).toHaveText('Sent');
});

test('follows the agent to another conversation', async ({ page, baseURL }) => {
  const host = await open(page, baseURL);
  await expect(host.frame.getByRole('heading')).toHaveText('Lin');
  await host.switchTo('club');
  await expect(host.frame.getByRole('heading')).toHaveText('Coffee club');
  expect(await host.current()).toMatchObject({ id: 'club' });
});

test('answers by a function of the test, under a console’s real origin', async ({ page, baseURL }) => {
  const host = await open(page, baseURL, { hostOrigin: 'https://chat.juzibot.com' });
  await host.answer('sendChatMessage', async ({ text }, call) => {
    if (text.content !== 'Hello Lin' || call.api !== 'sendChatMessage') throw new Error('unexpected');
    throw new Error('it is late');
  });
  await host.frame.getByRole('button', { name: 'Greet' }).click();
  await expect(host.frame.getByRole('status')).toHaveText('Not sent: sendChatMessage:fail it is late');
});
