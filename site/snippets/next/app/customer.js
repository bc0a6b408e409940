'use client';

import { JuziProvider, useConversation } from 'juzi-helper-wasm/react';

function Name() {
  const { conversation, error } = useConversation();
  return <h1>{conversation?.name ?? error?.message ?? '…'}</h1>;
}

export function Customer() {
  return (
    <JuziProvider>
      <Name />
    </JuziProvider>
  );
}
