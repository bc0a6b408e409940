// The entry `juzi-helper-wasm/store`: the states of the hooks without a framework.
import { createJuzi as createStates, createSender, report } from './hooks.js';

const reading = ({ get, subscribe }) => ({ get, subscribe });

export const createJuzi = (options) => {
  const states = createStates(options);
  const { start, retry, helper, conversation } = states;
  return {
    start,
    retry,
    report,
    helper: reading(helper),
    conversation: { ...reading(conversation), refresh: conversation.refresh },
    createSender() {
      const sender = createSender(states);
      return { ...reading(sender), send: sender.send };
    },
  };
};
