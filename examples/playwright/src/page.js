import { JuziError, init, juziWx } from 'juzi-helper-wasm';

/** Shows the contact, and sends a greeting on a click. Returns a function that stops it. */
export async function start(root) {
  root.innerHTML = '<h1></h1><button disabled>Greet</button><p role="status"></p>';
  const [title, button, status] = root.children;
  /** The conversation that the page shows; null until the console has answered. */
  let shown = null;
  let turn = 0;
  const show = async () => {
    const mine = ++turn;
    shown = null;
    button.disabled = true;
    title.textContent = '…';
    status.textContent = '';
    const chat = await juziWx.getCurChatInfo();
    // If the user has switched again, this answer is about the previous conversation.
    if (mine !== turn) return;
    shown = chat;
    title.textContent = chat.name;
    button.disabled = false;
  };
  button.addEventListener('click', async () => {
    const chat = shown;
    const text = await greet(chat);
    if (chat === shown) status.textContent = text;
  });

  await init();
  await juziWx.sidebarAuth();
  juziWx.on('updateBaseInfo', show);
  await show();
  return () => {
    turn++;
    juziWx.off('updateBaseInfo', show);
  };
}

/** Sends only to the conversation that was shown at the click: the user may have switched since. Resolves to the text to show. */
async function greet(chat) {
  try {
    const open = await juziWx.getCurChatInfo();
    if (open.id !== chat.id) return 'Not sent: another conversation is open.';
    await juziWx.sendChatMessage({ msgtype: 'text', text: { content: `Hello ${chat.name}` } });
    return 'Sent';
  } catch (error) {
    if (!(error instanceof JuziError)) throw error;
    return `Not sent: ${error.err_msg}`;
  }
}
