import { createSignal, from } from 'solid-js';
import { juzi } from './juzi.js';

export function Greeting(props) {
  const sender = juzi.createSender();
  const state = from(sender);
  const [sent, setSent] = createSignal(false);

  async function greet() {
    const message = { msgtype: 'text', text: { content: `Hello ${props.conversation.name}` } };
    // Sends nothing if the user has opened another conversation meanwhile.
    setSent(await sender.send(message, { to: props.conversation }));
  }

  return (
    <>
      <button onClick={greet} disabled={state().pending}>
        Say hello
      </button>
      <p role="status">{state().error?.message ?? (sent() && 'Sent')}</p>
    </>
  );
}
