// The entry `juzi-helper-wasm/store`: the states of the hooks without a framework.
import { createJuzi as createStates, report } from './hooks.js';

const reading = ({ get, subscribe }) => ({ get, subscribe });

export const createJuzi = (options) => {
  const { start, retry, helper, conversation } = createStates(options);
  const { refresh } = conversation;
  return { start, retry, report, helper: reading(helper), conversation: { ...reading(conversation), refresh } };
};
