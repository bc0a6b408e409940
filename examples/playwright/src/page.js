import { JuziError, init, juziWx } from 'juzi-helper-wasm';

/** Shows the contact, and sends a greeting on a click. Returns a function that stops it. */
export async function start(root) {
  root.innerHTML = '<h1></h1><button>Greet</button><p role="status"></p>';
  const [title, button, status] = root.children;
  const show = async () => {
    const chat = await juziWx.getCurChatInfo();
    title.textContent = chat.name;
  };
  button.addEventListener('click', async () => {
    try {
      await juziWx.sendChatMessage({ msgtype: 'text', text: { content: `Hello ${title.textContent}` } });
      status.textContent = 'Sent';
    } catch (error) {
      if (!(error instanceof JuziError)) throw error;
      status.textContent = `Not sent: ${error.err_msg}`;
    }
  });

  await init();
  await juziWx.sidebarAuth();
  juziWx.on('updateBaseInfo', show);
  await show();
  return () => juziWx.off('updateBaseInfo', show);
}
