// What the React hooks and the Vue composables share: the states that they show, each as a value with subscribers.
import { init, juziWx } from 'juzi-helper-wasm';

/** A value with subscribers. `begin` runs while it has some; what it returns ends it. */
const observable = (initial, begin) => {
  const listeners = new Set();
  let value = Object.freeze(initial);
  let end;
  const set = (members) => {
    value = Object.freeze({ ...value, ...members });
    for (const listener of [...listeners]) listener();
  };
  return {
    initial: value,
    get: () => value,
    set,
    subscribe(listener) {
      listeners.add(listener);
      end ??= begin?.();
      return () => {
        listeners.delete(listener);
        // Later: React's StrictMode subscribes again at once.
        queueMicrotask(() => {
          if (listeners.size) return;
          end?.();
          end = undefined;
        });
      };
    },
  };
};

/** The states of one application: of its provider in React, of its plugin in Vue. Nothing starts before `start`. */
export const createJuzi = (options) => {
  const helper = observable({ state: 'loading', env: undefined, error: undefined });
  const conversation = createConversation();
  const start = () =>
    init(options).then(
      ({ env }) => helper.set({ state: env.inSidebar ? 'ready' : 'outside', env }),
      (error) => helper.set({ state: 'failed', error }),
    );
  return { start, helper, conversation };
};

const NO_CONVERSATION = { loading: true, conversation: undefined, baseInfo: undefined, error: undefined };

/** The open conversation. It is followed while somebody subscribes. */
const createConversation = () => {
  /** Counts what was started. Only the newest may set the state. */
  let turn = 0;
  /** The console tells of switches after this call. */
  let authorized;

  /** Sets the members, and reads the conversation. What is already being read is then out of date. */
  const read = async (members) => {
    const mine = ++turn;
    const set = (change) => mine === turn && state.set(change);
    set({ ...members, loading: true, error: undefined });
    authorized ??= juziWx.sidebarAuth();
    // Before anything is read: a switch in between would go unnoticed.
    const refusal = await authorized.then(
      ({ data }) => set(!state.get().baseInfo && { baseInfo: data.baseInfo }),
      (error) => {
        authorized = undefined;
        return { error };
      },
    );
    if (mine === turn) set({ loading: false, ...(await openConversation()), ...refusal });
  };

  /** The former conversation must not be shown for the new one. */
  const switched = ({ data }) => read({ conversation: undefined, baseInfo: data.baseInfo });

  const state = observable(NO_CONVERSATION, () => {
    // Switches since the last subscription are unknown.
    authorized = undefined;
    juziWx.on('updateBaseInfo', switched);
    read(NO_CONVERSATION);
    return () => {
      turn += 1;
      juziWx.off('updateBaseInfo', switched);
    };
  });
  return { ...state, refresh: () => read() };
};

/** The conversation, or the error. It asks for everything at once, so that the answers are about the same conversation. */
const openConversation = async () => {
  const ids = [juziWx.getCurExternalContact(), juziWx.getCurExternalChat()];
  // One of the two always fails.
  for (const promise of ids) promise.catch(() => {});
  let conversation;
  try {
    const { id, name, type, external } = await juziWx.getCurChatInfo();
    conversation = { kind: type === 1 ? 'group' : 'contact', id, name, external };
    if (type === 1) conversation.chatId = (await ids[1]).chatId;
    // A colleague has no such id.
    else if (external) conversation.userId = (await ids[0]).userId;
    return { conversation };
  } catch (error) {
    return { conversation, error };
  }
};

/** Sends messages, and has a state for the component that does. */
export const createSender = () => {
  const state = observable({ pending: false, error: undefined });
  let running = 0;
  const send = async (message) => {
    running += 1;
    state.set({ pending: true, error: undefined });
    let failure = {};
    try {
      await (Array.isArray(message) ? juziWx.sendMultiChatMessage(message) : juziWx.sendChatMessage(message));
    } catch (error) {
      failure = { error };
    }
    running -= 1;
    state.set({ pending: running > 0, ...failure });
    return !failure.error;
  };
  return { ...state, send };
};

export const missing = (name, what) => new Error(`juzi-helper: ${name}() needs ${what}`);
