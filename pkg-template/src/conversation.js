// The open conversation, for the hooks: reads it, follows the switches, and never mixes the data of two conversations.
import { JuziError, juziWx } from 'juzi-helper-wasm';
import { observable } from './observable.js';

const NO_CONVERSATION = { loading: true, conversation: undefined, baseInfo: undefined, error: undefined };

/** Milliseconds between one try and the next: after a switch the console may report the former conversation for a moment. */
const PAUSES = [300, 1200];
const TRIES = PAUSES.length + 1;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Where `baseInfo` came from. This decides which is older when an answer is about another conversation. */
const [OF_AUTH, OF_PUSH, OF_NEW_PUSH] = [0, 1, 2];

/** The open conversation. It is followed while there are subscribers, as soon as `start()` has ended. */
export const createConversation = (start) => {
  /** Counts the reads. Only the newest may set the state. */
  let turn = 0;
  /** The answer of `sidebarAuth`: the console pushes switches only after this call. */
  let authorized;
  let weight = OF_AUTH;
  let followed = false;

  const authorize = () => {
    const mine = juziWx.sidebarAuth().then(
      ({ data }) => ({ baseInfo: data.baseInfo }),
      (error) => {
        if (authorized === mine) authorized = undefined;
        return { error };
      },
    );
    return mine;
  };

  /** Sets the members, and reads the conversation. Earlier reads are then out of date. */
  const read = async (members) => {
    const mine = ++turn;
    const isCurrent = () => mine === turn;
    state.set({ ...members, loading: true, error: undefined });
    await start();
    if (!isCurrent()) return;
    // Before the first read, because a switch in between would go unnoticed.
    const { baseInfo, error } = await (authorized ??= authorize());
    if (!isCurrent()) return;
    if (baseInfo && !state.get().baseInfo) {
      weight = OF_AUTH;
      state.set({ conversation: undefined, baseInfo });
    }
    const found = await readUntilClear(isCurrent, error);
    if (isCurrent()) state.set({ loading: false, ...found });
  };

  /** Reads until all answers are about one conversation, that of `baseInfo`. */
  const readUntilClear = async (isCurrent, refusal) => {
    for (let tries = 1; ; tries += 1) {
      const { chat, conversation, error } = await openConversation();
      if (!isCurrent()) return;
      if (error && !chat) return { conversation, error: refusal ?? error };
      let about = chat && isAbout(state.get().baseInfo, chat);
      // Pushes may no longer reach the page, so `baseInfo` may be old. Only a new push is certainly newer than an answer.
      if (about === false && (weight === OF_AUTH || (weight === OF_PUSH && tries === TRIES))) {
        const again = await (authorized = authorize());
        if (!isCurrent()) return;
        weight = OF_AUTH;
        refusal = again.error;
        state.set({ conversation: undefined, baseInfo: again.baseInfo });
        about = isAbout(again.baseInfo, chat);
      }
      if (chat && about !== false) {
        if (weight === OF_NEW_PUSH) weight = OF_PUSH;
        if (about === undefined && state.get().baseInfo) return { conversation, ...UNIDENTIFIED() };
        return { conversation, error: refusal ?? error };
      }
      // Shows no conversation rather than the former one.
      state.set({ conversation: undefined });
      if (tries === TRIES) {
        if (weight === OF_NEW_PUSH) weight = OF_PUSH;
        return { error: new JuziError('getCurChatInfo', MIXED) };
      }
      await pause(PAUSES[tries - 1]);
      if (!isCurrent()) return;
    }
  };

  /** The former conversation must not be shown for the new one. */
  const switched = ({ data: { baseInfo } }) => {
    weight = baseInfo ? OF_NEW_PUSH : OF_AUTH;
    read({ conversation: undefined, baseInfo });
  };

  const follow = () => {
    if (!followed) return;
    // Switches since the last subscription are unknown.
    authorized = undefined;
    juziWx.on('updateBaseInfo', switched);
    read(NO_CONVERSATION);
  };

  const state = observable(NO_CONVERSATION, () => {
    followed = true;
    follow();
    return () => {
      followed = false;
      juziWx.off('updateBaseInfo', switched);
      // Nothing keeps it up to date any longer.
      reset();
    };
  });
  const reset = () => {
    turn += 1;
    state.reset();
  };
  const refresh = async () => {
    // Without a subscription it would soon be out of date, and nothing would correct it.
    if (followed) await read();
  };
  /** Whether the last `baseInfo` is about a conversation with another id. */
  const isElsewhere = (id) => isAbout(state.get().baseInfo, { id }) === false;
  return { ...state, reset, follow, refresh, isElsewhere };
};

const MIXED = `the answers are about different conversations, also when asked ${TRIES} times; call refresh() to ask again`;
const UNIDENTIFIED = () => ({
  baseInfo: undefined,
  error: new JuziError('sidebarAuth', 'baseInfo has no juziChatId to compare with the conversation that is open, so it is not shown'),
});

/** Whether the value is an id. */
export const isKnown = (id) => id != null && id !== '';

/** Whether `baseInfo` is about the chat; undefined if unknown. It is an assumption that these ids are the same (spec section 10). */
const isAbout = (baseInfo, chat) => {
  for (const [one, other] of [
    [baseInfo?.juziChatId, chat.id],
    [baseInfo?.juziChatWxid, chat.wxid],
  ]) {
    if (isKnown(one) && isKnown(other)) return String(one) === String(other);
  }
  return undefined;
};

/** The members in which two conversations differ. */
const MEMBERS = ['id', 'wxid', 'botId', 'type', 'name', 'external', 'wxUserId', 'wxChatId'];

/**
 * The open conversation and the chat as the console reports it, or the error. Neither if the user switched meanwhile. No single call
 * returns both the chat and the contact's or the group's id, so the chat is read before and after the id.
 */
const openConversation = async () => {
  try {
    const chat = await juziWx.getCurChatInfo();
    const { id, name, type, external } = chat;
    const conversation = { kind: type === 1 ? 'group' : 'contact', id, name, external };
    // A colleague has no such id.
    if (type !== 1 && !external) return { chat, conversation };
    const failure = await addId(conversation);
    const after = await juziWx.getCurChatInfo();
    return MEMBERS.every((member) => chat[member] === after[member]) ? { chat, conversation, ...failure } : {};
  } catch (error) {
    return { error };
  }
};

const addId = async (conversation) => {
  try {
    if (conversation.kind === 'group') conversation.chatId = (await juziWx.getCurExternalChat()).chatId;
    else conversation.userId = (await juziWx.getCurExternalContact()).userId;
  } catch (error) {
    return { error };
  }
};
