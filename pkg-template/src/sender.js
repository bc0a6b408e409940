// Sends messages for the hooks. On demand, a message goes only to the conversation that the user meant.
import { JuziError, juziWx } from 'juzi-helper-wasm';
import { isKnown } from './conversation.js';
import { observable } from './observable.js';

/** Sends messages for a component, and has the state that it shows. */
export const createSender = (juzi) => {
  const state = observable({ pending: false, error: undefined }, () => {
    const { senders } = juzi;
    senders.add(sender);
    return () => senders.delete(sender);
  });
  /** Counts the messages that are being sent. The testing kit's reset replaces the object. */
  let sending = { count: 0 };
  /** Settles when the last waiting message has been posted or refused, so that messages are posted in the order of the calls. */
  let last;

  const post = async (message, options) => {
    const api = Array.isArray(message) ? 'sendMultiChatMessage' : 'sendChatMessage';
    const isTied = options !== undefined;
    if (!isTied && juzi.helper.get().state !== 'loading') return juziWx[api](message);
    // The page may change the message meanwhile.
    const copy = copyOf(api, message);
    const id = isTied && idOf(api, options?.to);
    const former = last;
    const mine = (async () => {
      await juzi.start();
      await former?.catch(() => {});
      if (isTied) await mustBeOpen(juzi.conversation, api, id);
    })();
    last = mine;
    await mine;
    return juziWx[api](copy);
  };

  const send = async (message, options) => {
    const mine = sending;
    mine.count += 1;
    state.set({ pending: true, error: undefined });
    let failure = {};
    try {
      await post(message, options);
    } catch (error) {
      failure = { error };
    }
    mine.count -= 1;
    if (mine === sending) state.set({ pending: mine.count > 0, ...failure });
    return !failure.error;
  };
  const reset = () => {
    sending = { count: 0 };
    state.reset();
  };
  const sender = { ...state, send, reset };
  return sender;
};

const idOf = (api, to) => {
  const id = to?.id;
  // While no conversation is known, the message must go nowhere.
  if (!isKnown(id)) throw new JuziError(api, `to must be a conversation of useConversation(), but ${to ? 'it has no id' : `it is ${to}`}`);
  return id;
};

/** Rejects if another conversation is open, by the console's last push or by its answer now. A push may come before the answer. */
const mustBeOpen = async ({ isElsewhere }, api, id) => {
  if (!isElsewhere(id) && (await juziWx.getCurChatInfo()).id === id && !isElsewhere(id)) return;
  throw new JuziError(api, 'conversation changed: another one is open now, so nothing was sent');
};

const copyOf = (api, message) => {
  try {
    return Array.isArray(message) ? message.map(copyOfOne) : copyOfOne(message);
  } catch (error) {
    // A getter of the message has thrown.
    throw new JuziError(api, String(error?.message ?? error), { cause: error });
  }
};

const isObject = (value) => Object(value) === value && !Array.isArray(value) && typeof value != 'function';

/** Copies one message. The helper checks its contents. */
const copyOfOne = (message) => {
  if (!isObject(message)) return message;
  const { msgtype } = message;
  const copy = { ...message, msgtype };
  if (typeof msgtype == 'string' && msgtype in message) copy[msgtype] = membersOf(message[msgtype]);
  return copy;
};

/** A copy of the members, including those that a class defines as getters. */
const membersOf = (object) => {
  if (!isObject(object)) return object;
  const copy = {};
  for (let from = object; from && (from === object || Object.getPrototypeOf(from)); from = Object.getPrototypeOf(from)) {
    for (const name of Object.getOwnPropertyNames(from)) if (!(name in copy)) copy[name] = object[name];
  }
  return copy;
};
