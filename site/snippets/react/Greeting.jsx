import { useState } from 'react';
import { useSendMessage } from 'juzi-helper-wasm/react';

export function Greeting({ name }) {
  const { send, pending, error } = useSendMessage();
  const [sent, setSent] = useState(false);

  const greet = async () => setSent(await send({ msgtype: 'text', text: { content: `Hello ${name}` } }));

  return (
    <>
      <button onClick={greet} disabled={pending}>Say hello</button>
      <p role="status">{error ? error.message : sent && 'Sent'}</p>
    </>
  );
}
