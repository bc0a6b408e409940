/** A server only renders: the states stay the first ones, because those of a module are the same for every request. */
export const isBrowser = () => typeof window == 'object';
