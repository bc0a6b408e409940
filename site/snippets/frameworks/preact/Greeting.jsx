import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { juzi } from './juzi.js';
import { useStore } from './useStore.js';

export function Greeting({ conversation }) {
  const sender = useMemo(() => juzi.createSender(), []);
  const { pending, error } = useStore(sender).value;
  const sent = useSignal(false);

  async function greet() {
    const message = { msgtype: 'text', text: { content: `Hello ${conversation.name}` } };
    // Sends nothing if the user has opened another conversation meanwhile.
    sent.value = await sender.send(message, { to: conversation });
  }

  return (
    <>
      <button onClick={greet} disabled={pending || !conversation}>
        Say hello
      </button>
      <p role="status">{error?.message ?? (sent.value && 'Sent')}</p>
    </>
  );
}
