import { createJuzi } from 'juzi-helper-wasm/store';
import { following } from './following.js';

const seen = [];
let juzi;
let sender;
let ends = [];

const latest = () => {
  const { state, error: helperError } = juzi.helper.get();
  const { pending, error: sendError } = sender.get();
  const { refresh } = juzi.conversation;
  return { ...juzi.conversation.get(), refresh, state, helperError, retry: juzi.retry, pending, sendError, send: sender.send };
};
const show = () => {
  const note = () => seen.push(latest());
  ends = [juzi.helper, juzi.conversation, sender].map(({ subscribe }) => subscribe(note));
};
const hide = () => {
  for (const end of ends) end();
  ends = [];
};

following({
  seen,
  latest,
  mount(options) {
    juzi = createJuzi(options);
    sender = juzi.createSender();
    void juzi.start();
    show();
  },
  unmount: hide,
  show,
  hide,
});
