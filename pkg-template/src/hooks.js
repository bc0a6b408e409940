// What the React hooks, the Vue composables and the store share: the states that they show, each as a value with subscribers.
import { init, juziWx } from 'juzi-helper-wasm';
import { createConversation } from './conversation.js';
import { isBrowser } from './is-browser.js';
import { currentKit } from './kit-link.js';
import { observable } from './observable.js';

export { isBrowser } from './is-browser.js';
export { createSender } from './sender.js';

/** What has happened in the page, if the options have `record`. */
export const report = () => juziWx.report();

const LOADING = { state: 'loading', env: undefined, error: undefined };

/** The states of one application: of its provider in React, of its plugin in Vue. Nothing starts before `start` or a subscription. */
export const createJuzi = (options) => {
  const helper = observable(LOADING);
  /** The promise of the last attempt to start the helper, which never rejects; undefined before the first. */
  let attempt;
  const begin = () => {
    helper.reset();
    const set = (members) => {
      if (attempt === mine) helper.set(members);
    };
    const mine = init(options).then(
      ({ env }) => set({ state: env.inSidebar ? 'ready' : 'outside', env }),
      (error) => set({ state: 'failed', error }),
    );
    // After the helper itself, which is reset first.
    currentKit()?.onReset?.(forget);
    return mine;
  };
  /** Starts the helper, once. The hooks' calls wait for it: an earlier `init` may have failed, and calls fail until the next one. */
  const start = () => (attempt ??= isBrowser() ? begin() : Promise.resolve());
  const conversation = createConversation(start);

  const retry = () => {
    if (helper.get().state === 'failed') attempt = undefined;
    if (attempt) return attempt;
    const mine = start();
    conversation.follow();
    return mine;
  };
  /** The senders of the components. */
  const senders = new Set();
  const forget = () => {
    attempt = undefined;
    for (const { reset } of [helper, conversation, ...senders]) reset();
  };
  return { start, retry, helper, conversation, senders };
};

/** @param {string} what is wrong @param {string} which older versions the guide has a recipe for */
export const tooOld = (what, which) =>
  new Error(`juzi-helper: juzi-helper-wasm/${what}. Update it, or use juzi-helper-wasm/store: the guide has a recipe for ${which}`);

export const missing = (name, what) => new Error(`juzi-helper: ${name}() needs ${what}`);
