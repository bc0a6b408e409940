// The entry `juzi-helper-wasm/vue`: the helper's states as Vue composables.
import { computed, getCurrentInstance, inject, onMounted, onScopeDispose, shallowRef } from 'vue';
import { createJuzi as createStates, createSender, isBrowser, missing, report, tooOld } from './hooks.js';

const KEY = Symbol('juzi-helper-wasm');

export const createJuzi = (options) => ({
  install(app) {
    // Vue 2 installs plugins into its constructor.
    if (!app.provide || !onScopeDispose) throw tooOld(`vue needs Vue 3.2 or newer, and this is ${app.version}`, 'Vue 2.7');
    const juzi = createStates(options);
    app.provide(KEY, juzi);
    juzi.start();
  },
});

/** A ref for each member of the state, as it is while the component is used. */
const toRefs = ({ initial, subscribe }) => {
  const value = shallowRef(initial);
  let end;
  const begin = () => {
    end = subscribe((state) => (value.value = state));
  };
  // Until it is mounted, a component shows the initial state, as the server rendered it: hydration requires this.
  const component = getCurrentInstance();
  if (component && !component.isMounted) onMounted(begin);
  // In a store without a component, or in one that is first used after its component was mounted.
  else if (isBrowser()) begin();
  onScopeDispose(() => end?.());
  return Object.fromEntries(Object.keys(initial).map((name) => [name, computed(() => value.value[name])]));
};

const provided = (name) => {
  const juzi = inject(KEY, undefined);
  if (!juzi) throw missing(name, 'app.use(createJuzi()), and is called in setup');
  return juzi;
};

export const useJuzi = () => {
  const { helper, retry } = provided('useJuzi');
  return { ...toRefs(helper), retry, report };
};

export const useConversation = () => {
  const { conversation } = provided('useConversation');
  return { ...toRefs(conversation), refresh: conversation.refresh };
};

export const useSendMessage = () => {
  const sender = createSender(provided('useSendMessage'));
  return { ...toRefs(sender), send: sender.send };
};
