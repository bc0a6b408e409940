'use client';
// The entry `juzi-helper-wasm/react`: the helper's states as React hooks.
import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useLayoutEffect,
  useReducer,
  useState,
  useSyncExternalStore,
  version,
} from 'react';
import { createJuzi, createSender, missing, report, tooOld } from './hooks.js';

const Context = /* @__PURE__ */ createContext(undefined);

export function JuziProvider({ options, children }) {
  if (!useSyncExternalStore) throw tooOld(`react needs React 18 or newer, and this is ${version}`, 'React 16 and 17');
  // The options of the first rendering, because the helper starts once.
  const [juzi] = useState(() => createJuzi(options));
  useEffect(() => void juzi.start(), [juzi]);
  return createElement(Context.Provider, { value: juzi }, children);
}

/** The server renders the initial state, and so does the browser during hydration. */
const useObservable = ({ subscribe, get, initial }) => {
  const value = useSyncExternalStore(subscribe, get, () => initial);
  const [, renderAgain] = useReducer((count) => count + 1, 0);
  // <Activity> shows what was rendered long ago, and subscribes only after the browser may have painted it.
  useBeforePaint(() => {
    if (get() !== value) renderAgain();
  });
  return value;
};
/** React 18 has no <Activity>, and warns of this effect on a server. */
const useBeforePaint = parseInt(version) > 18 ? useLayoutEffect : useEffect;

const useProvided = (name) => {
  const juzi = useContext(Context);
  if (!juzi) throw missing(name, 'a <JuziProvider> around its component');
  return juzi;
};

export function useJuzi() {
  const { helper, retry } = useProvided('useJuzi');
  return { ...useObservable(helper), retry, report };
}

export function useConversation() {
  const { conversation } = useProvided('useConversation');
  return { ...useObservable(conversation), refresh: conversation.refresh };
}

export function useSendMessage() {
  const juzi = useProvided('useSendMessage');
  const [sender] = useState(() => createSender(juzi));
  return { ...useObservable(sender), send: sender.send };
}
