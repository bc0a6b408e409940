import { juziWx } from 'juzi-helper-wasm';
import { type Conversation, createJuzi } from 'juzi-helper-wasm/store';
// @server
import { fetchUser, loginAddress } from './login.ts';
// @end

/** Only Juzi's console may frame the page, and one on this machine while the page is here too. */
const OPTIONS = { allowedHosts: ['https://*.juzibot.com', 'localhost'] };

const HTML = `
  <div><h1></h1><button>Greet</button></div>
  <p role="status"></p>
  <p role="alert"><span></span> <button>Try again</button></p>`;

/** Shows the page: it follows the conversation, and sends a greeting at a click. Returns a function that ends it. */
export function start(root: HTMLElement): () => void {
  root.innerHTML = HTML;
  const find = <E extends HTMLElement>(selector: string) => root.querySelector<E>(selector)!;
  const customer = find('div');
  const title = find('h1');
  const greetButton = find<HTMLButtonElement>('h1 + button');
  const status = find('[role=status]');
  const alert = find('[role=alert]');
  const problem = find('[role=alert] span');
  const retryButton = find<HTMLButtonElement>('[role=alert] button');
  // @server
  const user = root.appendChild(document.createElement('div'));
  // @end
  const juzi = createJuzi(OPTIONS);
  /** The last greeting: its outcome is shown only while its conversation is. */
  let greeting: { to: Conversation; outcome: string } | undefined;

  function render() {
    const { state, error: failure } = juzi.helper.get();
    const { conversation, loading, error: refusal } = juzi.conversation.get();
    const works = state !== 'outside' && state !== 'failed';
    const error = failure ?? refusal;
    customer.hidden = !works || !conversation;
    title.textContent = conversation?.name ?? '';
    const shown = conversation && greeting?.to === conversation ? greeting : undefined;
    greetButton.disabled = customer.hidden || shown?.outcome === '';
    status.textContent = works && loading ? 'Loading…' : (shown?.outcome ?? '');
    alert.hidden = state !== 'outside' && !error;
    problem.textContent = state === 'outside' ? 'Open this page in the sidebar of the console.' : (error?.message ?? '');
    retryButton.hidden = retryButton.disabled = state === 'outside' || !error;
    // @server
    if (state === 'ready' && !user.id) {
      user.id = 'user';
      void showUser(user);
    }
    // @end
  }

  async function greet() {
    const to = juzi.conversation.get().conversation;
    if (!to) return;
    const mine = { to, outcome: '' };
    greeting = mine;
    render();
    mine.outcome = await send(to);
    render();
  }

  greetButton.addEventListener('click', greet);
  retryButton.addEventListener('click', () => (juzi.helper.get().state === 'failed' ? juzi.retry() : juzi.conversation.refresh()));
  const ends = [juzi.helper.subscribe(render), juzi.conversation.subscribe(render)];
  render();
  return () => ends.forEach((end) => end());
}

/** Sends a greeting only to the conversation that was shown at the click: the user may have switched since. Returns what came of it. */
async function send(to: Conversation): Promise<string> {
  try {
    const open = await juziWx.getCurChatInfo();
    if (open.id !== to.id) return 'Not sent: the conversation changed.';
    await juziWx.sendChatMessage({ msgtype: 'text', text: { content: `Hello ${to.name}` } });
    return 'Sent.';
  } catch (error) {
    return `Not sent: ${(error as Error).message}`;
  }
}
// @server

/** Shows who is logged in, or where to log in. */
async function showUser(place: HTMLElement): Promise<void> {
  place.textContent = 'Checking the login…';
  try {
    const user = await fetchUser();
    if (user) place.textContent = `Logged in as ${user.userId}`;
    else {
      place.innerHTML = '<a>Log in</a>';
      place.querySelector('a')!.href = loginAddress();
    }
  } catch (error) {
    place.innerHTML = '<p role="alert"><span></span> <button>Try again</button></p>';
    place.querySelector('span')!.textContent = (error as Error).message;
    place.querySelector('button')!.addEventListener('click', () => showUser(place));
  }
}
// @end
