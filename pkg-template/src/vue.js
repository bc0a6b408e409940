// The entry `juzi-helper-wasm/vue`: the helper's states as Vue composables.
import { computed, getCurrentInstance, inject, onMounted, onScopeDispose, shallowRef } from 'vue';
import { createJuzi as createStates, createSender, missing } from './hooks.js';

const KEY = Symbol('juzi-helper-wasm');

export const createJuzi = (options) => ({
  install(app) {
    const juzi = createStates(options);
    app.provide(KEY, juzi);
    // A server only renders.
    if (typeof window == 'object') juzi.start();
  },
});

/** A ref for each member of the state, as it is while the component is used. */
const toRefs = ({ initial, get, subscribe }) => {
  const value = shallowRef(initial);
  let end;
  const begin = () => {
    end = subscribe(() => (value.value = get()));
    value.value = get();
  };
  // Until then it is the initial state, which a server renders: the browser takes over what the server rendered.
  if (getCurrentInstance()) onMounted(begin);
  else begin();
  onScopeDispose(() => end?.());
  return Object.fromEntries(Object.keys(initial).map((name) => [name, computed(() => value.value[name])]));
};

const provided = (name) => {
  const juzi = inject(KEY, undefined);
  if (!juzi) throw missing(name, 'app.use(createJuzi()), and is called in setup');
  return juzi;
};

export const useJuzi = () => toRefs(provided('useJuzi').helper);

export const useConversation = () => {
  const { conversation } = provided('useConversation');
  return { ...toRefs(conversation), refresh: conversation.refresh };
};

export const useSendMessage = () => {
  provided('useSendMessage');
  const sender = createSender();
  return { ...toRefs(sender), send: sender.send };
};
