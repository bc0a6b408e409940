import { useConversation, useJuzi, useSendMessage } from 'juzi-helper-wasm/react';
import { useState } from 'react';
// @server
import { User } from './User.jsx';
// @end

export function Page() {
  const { state, error } = useJuzi();
  const { conversation, error: refusal } = useConversation();
  if (state === 'outside') return <p role="alert">Open this page in the sidebar of the console.</p>;
  const problem = error ?? refusal;
  return (
    <main>
      {problem && <p role="alert">{problem.message}</p>}
      {/* A new form for each conversation: what is said about the last message belongs to its conversation. */}
      {conversation && <Greeting key={conversation.id} name={conversation.name} />}
      {/* @server */}
      {state === 'ready' && <User />}
      {/* @end */}
    </main>
  );
}

function Greeting({ name }) {
  const { send, pending, error } = useSendMessage();
  const [sent, setSent] = useState(false);
  const greet = async () => setSent(await send({ msgtype: 'text', text: { content: `Hello ${name}` } }));
  return (
    <>
      <h1>{name}</h1>
      <button onClick={greet} disabled={pending}>
        Greet
      </button>
      <p role="status">{error ? `Not sent: ${error.message}` : sent && 'Sent.'}</p>
    </>
  );
}
