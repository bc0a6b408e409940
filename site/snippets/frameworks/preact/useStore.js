import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

export function useStore({ get, subscribe }) {
  const state = useSignal(get());
  useEffect(
    () =>
      subscribe((value) => {
        state.value = value;
      }),
    [subscribe],
  );
  return state;
}
