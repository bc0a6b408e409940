import { createApp, defineComponent, h, shallowRef } from 'vue';
import { createJuzi, useConversation, useJuzi, useSendMessage } from 'juzi-helper-wasm/vue';
import { following } from './following.js';

const seen = [];
let latest;
let app;
const shown = shallowRef(true);

const values = (refs) => Object.fromEntries(Object.entries(refs).map(([name, ref]) => [name, typeof ref == 'function' ? ref : ref.value]));
const Watcher = defineComponent({
  setup() {
    const { state, error: helperError, retry } = useJuzi();
    const { pending, error: sendError, send } = useSendMessage();
    const refs = { ...useConversation(), state, helperError, retry, pending, sendError, send };
    latest = () => values(refs);
    return () => {
      seen.push(latest());
      return h('p', latest().conversation?.name ?? '-');
    };
  },
});

following({
  seen,
  latest: () => latest(),
  mount(options) {
    shown.value = true;
    app = createApp({ render: () => (shown.value ? h(Watcher) : null) }).use(createJuzi(options));
    app.mount(document.createElement('main'));
  },
  unmount() {
    app?.unmount();
    app = undefined;
  },
  show() {
    shown.value = true;
  },
  hide() {
    shown.value = false;
  },
});
