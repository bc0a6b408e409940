import { useConversation, useJuzi } from 'juzi-helper-wasm/react';
import { Greeting } from './Greeting.jsx';

export function Page() {
  const { state, env } = useJuzi();
  const { conversation, error, refresh } = useConversation();

  if (state === 'outside') return <p>Open this page in Juzi ({env.reason}).</p>;
  if (error)
    return (
      <p role="alert">
        {error.message} <button onClick={refresh}>Try again</button>
      </p>
    );

  return (
    <main>
      <h1>{conversation?.name ?? '…'}</h1>
      {conversation && <p>{conversation.kind === 'group' ? 'Group' : conversation.external ? 'Customer' : 'Colleague'}</p>}
      {/* A new form for each conversation: what was sent belongs to its conversation. */}
      <Greeting key={conversation?.id} conversation={conversation} />
    </main>
  );
}
