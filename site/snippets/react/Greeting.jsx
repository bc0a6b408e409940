import { useState } from 'react';
import { useSendMessage } from 'juzi-helper-wasm/react';

export function Greeting({ conversation }) {
  const { send, pending, error } = useSendMessage();
  const [sent, setSent] = useState(false);

  async function greet() {
    const message = { msgtype: 'text', text: { content: `Hello ${conversation.name}` } };
    // Sends nothing if the user has opened another conversation meanwhile.
    setSent(await send(message, { to: conversation }));
  }

  return (
    <>
      <button onClick={greet} disabled={pending || !conversation}>
        Say hello
      </button>
      <p role="status">{error ? error.message : sent && 'Sent'}</p>
    </>
  );
}
