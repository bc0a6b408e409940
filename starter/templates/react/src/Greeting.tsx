import { type Conversation, useSendMessage } from 'juzi-helper-wasm/react';
import { useState } from 'react';

export function Greeting({ conversation }: { conversation: Conversation }) {
  const { send, pending, error } = useSendMessage();
  const [sent, setSent] = useState(false);
  // With `to` nothing is sent if the user has opened another conversation meanwhile.
  const greet = async () => setSent(await send({ msgtype: 'text', text: { content: `Hello ${conversation.name}` } }, { to: conversation }));
  return (
    <>
      <h1>{conversation.name}</h1>
      <button onClick={greet} disabled={pending}>
        Greet
      </button>
      <p role="status">{error ? `Not sent: ${error.message}` : sent && 'Sent.'}</p>
    </>
  );
}
