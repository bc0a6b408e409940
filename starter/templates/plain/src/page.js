import { JuziError, init, juziWx } from 'juzi-helper-wasm';
// @server
import { fetchUser, loginAddress } from './login.js';
// @end

/** In production only Juzi's console may frame the page. While you develop, the workbench does. */
const OPTIONS = import.meta.env.PROD ? { allowedHosts: ['https://*.juzibot.com'] } : {};

/** Shows the conversation, and sends a greeting at a click. Returns a function that stops it. */
export async function start(root) {
  root.innerHTML = '<h1></h1><p id="user"></p><button>Greet</button><p role="status"></p>';
  const [title, user, button, status] = root.children;
  button.addEventListener('click', () => greet(title.textContent, status));
  try {
    const { env } = await init(OPTIONS);
    if (!env.inSidebar) {
      title.textContent = 'Open this page in the sidebar of the console.';
      return () => {};
    }
    const show = async () => {
      title.textContent = (await juziWx.getCurChatInfo()).name;
    };
    // The console tells of a switch of conversation only after this.
    await juziWx.sidebarAuth();
    juziWx.on('updateBaseInfo', show);
    await show();
    // @server
    await showUser(user);
    // @end
    return () => juziWx.off('updateBaseInfo', show);
  } catch (error) {
    status.textContent = error.message;
    return () => {};
  }
}

async function greet(name, status) {
  status.textContent = '';
  try {
    await juziWx.sendChatMessage({ msgtype: 'text', text: { content: `Hello ${name}` } });
    status.textContent = 'Sent.';
  } catch (error) {
    if (!(error instanceof JuziError)) throw error;
    status.textContent = `Not sent: ${error.err_msg}`;
  }
}
// @server

async function showUser(element) {
  const user = await fetchUser();
  if (user) {
    element.textContent = `Logged in as ${user.userId}`;
    return;
  }
  const link = document.createElement('a');
  link.href = loginAddress();
  link.textContent = 'Log in';
  element.replaceChildren(link);
}
// @end
