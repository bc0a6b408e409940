import { useState } from 'react';
import { juziWx } from 'juzi-helper-wasm';
import { useConversation } from './useConversation.js';

export function Customer() {
  const { chat, error } = useConversation();
  const [status, setStatus] = useState('');

  if (error) return <p role="alert">{error.message}</p>;
  if (!chat) return <p>…</p>;

  const greet = () =>
    juziWx.sendChatMessage({ msgtype: 'text', text: { content: `Hello ${chat.name}` } })
      .then(() => setStatus('Sent'), (reason) => setStatus(reason.message));

  return (
    <main>
      <h1>{chat.name}</h1>
      <button onClick={greet}>Say hello</button>
      <p role="status">{status}</p>
    </main>
  );
}
