import { DestroyRef, inject, signal, type Signal } from '@angular/core';
import { createJuzi, type Store } from 'juzi-helper-wasm/store';

export const juzi = createJuzi({ allowedHosts: ['https://*.juzibot.com', 'localhost'] });

/** The state as a signal, as long as the component or the service lives that has it as a field. */
export function fromStore<State>({ get, subscribe }: Store<State>): Signal<State> {
  const state = signal(get());
  inject(DestroyRef).onDestroy(subscribe((value) => state.set(value)));
  return state.asReadonly();
}
