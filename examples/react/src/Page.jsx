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
      {/* The key makes a new form for each conversation, so that no form shows the result of another conversation's message. */}
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
