import { JuziError, init, juziWx } from 'juzi-helper-wasm';
// @server
import { fetchUser, loginAddress } from './login.js';
// @end

/** Only Juzi's console may frame the page, and one on this machine while the page is here too. */
const OPTIONS = { allowedHosts: ['https://*.juzibot.com', 'localhost'] };

/** Shows the conversation, and sends a greeting at a click. Returns a function that stops it. */
export async function start(root) {
  root.innerHTML = '<h1></h1><p id="user"></p><button disabled>Greet</button><p role="status"></p>';
  const [title, user, button, status] = root.children;
  /** The conversation that the page shows; null until the console has reported it. */
  let shown = null;
  button.addEventListener('click', () =>
    greet(shown, (text, chat) => {
      // The result of a greeting is shown only in its conversation.
      if (chat === shown) status.textContent = text;
    }),
  );
  try {
    const { env } = await init(OPTIONS);
    if (!env.inSidebar) {
      title.textContent = 'Open this page in the sidebar of the console.';
      return () => {};
    }
    let turn = 0;
    const show = async (push) => {
      const mine = ++turn;
      shown = null;
      button.disabled = true;
      title.textContent = '…';
      status.textContent = '';
      try {
        const chat = await openChat(push?.data.baseInfo.juziChatId, () => mine !== turn);
        // After another switch, this answer is about the last conversation.
        if (mine !== turn) return;
        shown = chat;
        title.textContent = chat.name;
        button.disabled = false;
      } catch (error) {
        if (mine === turn) status.textContent = error.message;
      }
    };
    // The console reports switches of conversation only after this call.
    await juziWx.sidebarAuth();
    juziWx.on('updateBaseInfo', show);
    await show();
    // @server
    await showUser(user);
    // @end
    return () => {
      turn++;
      juziWx.off('updateBaseInfo', show);
    };
  } catch (error) {
    status.textContent = error.message;
    return () => {};
  }
}

/** The open conversation. For a moment after a switch the console may report the previous one: then this asks again, for 3 s. */
async function openChat(id, isOver) {
  for (let tries = 0; tries < 15; tries++) {
    const chat = await juziWx.getCurChatInfo();
    if (!id || chat.id === id || isOver()) return chat;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The console tells of another conversation than the one that is open.');
}

/** Sends only to the conversation that was shown at the click: the user may have switched since. */
async function greet(chat, say) {
  say('', chat);
  try {
    const open = await juziWx.getCurChatInfo();
    if (open.id !== chat.id) {
      say('Not sent: another conversation is open.', chat);
      return;
    }
    await juziWx.sendChatMessage({ msgtype: 'text', text: { content: `Hello ${chat.name}` } });
    say('Sent.', chat);
  } catch (error) {
    if (!(error instanceof JuziError)) throw error;
    say(`Not sent: ${error.err_msg}`, chat);
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
