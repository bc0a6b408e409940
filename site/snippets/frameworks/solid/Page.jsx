import { from, Match, Show, Switch } from 'solid-js';
import { Greeting } from './Greeting.jsx';
import { juzi } from './juzi.js';

export function Page() {
  const helper = from(juzi.helper);
  const open = from(juzi.conversation);

  return (
    <Switch>
      <Match when={helper().state === 'outside'}>
        <p>Open this page in Juzi ({helper().env.reason}).</p>
      </Match>
      <Match when={open().error}>
        <p role="alert">
          {open().error.message} <button onClick={juzi.conversation.refresh}>Try again</button>
        </p>
      </Match>
      <Match when={true}>
        <main>
          <h1>{open().conversation?.name ?? '…'}</h1>
          {/* A new form for each conversation: what was sent belongs to its conversation. */}
          <Show when={open().conversation} keyed>
            {(conversation) => <Greeting conversation={conversation} />}
          </Show>
        </main>
      </Match>
    </Switch>
  );
}
