import { Greeting } from './Greeting.jsx';
import { juzi } from './juzi.js';
import { useStore } from './useStore.js';

export function Page() {
  const { state, env } = useStore(juzi.helper).value;
  const { conversation, error } = useStore(juzi.conversation).value;

  if (state === 'outside') return <p>Open this page in Juzi ({env.reason}).</p>;
  if (error)
    return (
      <p role="alert">
        {error.message} <button onClick={juzi.conversation.refresh}>Try again</button>
      </p>
    );

  return (
    <main>
      <h1>{conversation?.name ?? '…'}</h1>
      {/* A new form for each conversation: what was sent belongs to its conversation. */}
      <Greeting key={conversation?.id} conversation={conversation} />
    </main>
  );
}
