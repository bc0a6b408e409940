// How the testing kit, and the panel of `juzi-helper-wasm/dev`, reach the helper of the page. They may have been imported from another
// copy of the package, so they meet at a member of the global object.
const KIT = Symbol.for('juzi-helper-wasm/testing');

/** Whether the window is one that Node.js simulates: jsdom or happy-dom. */
export const isSimulated = () => globalThis.window !== undefined && globalThis.process?.versions?.node !== undefined;

/** Only an own member: a script that adds members to `Object.prototype` is no kit. */
export const currentKit = () => Object.getOwnPropertyDescriptor(globalThis, KIT)?.value;
export const offerKit = (kit) => {
  Object.defineProperty(globalThis, KIT, { configurable: true, value: kit });
};

/**
 * Chooses an origin for a host that can have any: one that the helper's options allow. Returns it with options that name it exactly.
 * A window outside a frame reveals no host's origin, and the helper does not guess one from `https://*.example.com`.
 */
export const settleOrigin = (options, usual) => {
  const first = String(options.allowedHosts ?? '')
    .split(/[\s,]+/)
    .find((entry) => entry !== 'localhost');
  try {
    const { origin } = new URL(first.replace('*', 'console'));
    return { origin, options: { ...options, allowedHosts: origin } };
  } catch {
    return { origin: usual, options };
  }
};
