import { useConversation, useJuzi, useSendMessage } from 'juzi-helper-wasm/react';
import { useState } from 'react';
// @server
import { User } from './User.jsx';
// @end

export function Page() {
  const { state, error, retry } = useJuzi();
  const { conversation, error: refusal, refresh } = useConversation();
  if (state === 'outside') return <p role="alert">Open this page in the sidebar of the console.</p>;
  const problem = error ?? refusal;
  return (
    <main>
      {problem && (
        <p role="alert">
          {problem.message} <button onClick={state === 'failed' ? retry : refresh}>Try again</button>
        </p>
      )}
      {/* A new form for each conversation: the result of a message belongs to its conversation. */}
      <Greeting key={conversation?.id} conversation={conversation} />
      {/* @server */}
      {state === 'ready' && <User />}
      {/* @end */}
    </main>
  );
}

/** `conversation` is undefined while it is not known. */
function Greeting({ conversation }) {
  const { send, pending, error } = useSendMessage();
  const [sent, setSent] = useState(false);
  // With `to` nothing is sent if the user has opened another conversation meanwhile.
  const greet = async () => setSent(await send({ msgtype: 'text', text: { content: `Hello ${conversation.name}` } }, { to: conversation }));
  return (
    <>
      <h1>{conversation?.name ?? '…'}</h1>
      <button onClick={greet} disabled={pending || !conversation}>
        Greet
      </button>
      <p role="status">{error ? `Not sent: ${error.message}` : sent && 'Sent.'}</p>
    </>
  );
}
