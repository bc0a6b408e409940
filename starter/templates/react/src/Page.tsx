import { useConversation, useJuzi } from 'juzi-helper-wasm/react';
import { Greeting } from './Greeting.tsx';
import { Problem } from './Problem.tsx';
// @server
import { User } from './User.tsx';
// @end

export function Page() {
  const { state, error, retry } = useJuzi();
  const { conversation, loading, error: refusal, refresh } = useConversation();
  if (state === 'outside') return <p role="alert">Open this page in the sidebar of the console.</p>;
  if (state === 'failed') return <Problem error={error} onRetry={retry} />;
  return (
    <main>
      {loading && <p role="status">Loading…</p>}
      {refusal && <Problem error={refusal} onRetry={refresh} />}
      {/* A new form for each conversation: the result of a message belongs to its conversation. */}
      {conversation && <Greeting key={conversation.id} conversation={conversation} />}
      {/* @server */}
      {state === 'ready' && <User />}
      {/* @end */}
    </main>
  );
}
