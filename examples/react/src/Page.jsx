import { useConversation, useJuzi } from 'juzi-helper-wasm/react';
import { Customer } from './Customer.jsx';
import { Problem } from './Problem.jsx';
import { Quotation } from './Quotation.jsx';

export function Page() {
  const { state, error, retry } = useJuzi();
  const { conversation, error: refusal, refresh } = useConversation();
  if (state === 'failed') {
    return (
      <>
        <Problem error={error} />
        <button onClick={retry}>Try again</button>
      </>
    );
  }
  if (state === 'outside') return <p role="alert">Open this page in the sidebar of the console.</p>;
  return (
    <main>
      {conversation && <Customer conversation={conversation} />}
      {/* A new form for each conversation: what is said about the last message belongs to its conversation. */}
      {conversation && <Quotation key={conversation.id} conversation={conversation} />}
      {refusal && (
        <>
          <Problem error={refusal} />
          <button onClick={refresh}>Try again</button>
        </>
      )}
      {!conversation && !refusal && <p>Loading…</p>}
    </main>
  );
}
