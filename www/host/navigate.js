// @ts-check
/** Loads an address in a frame, even if only its fragment differs from the current one. */

/** @param {HTMLIFrameElement} frame @param {string} address */
export function navigate(frame, address) {
  const { parentNode, nextSibling } = frame;
  // With a fragment in the address, a frame may only scroll. Reinserting the frame makes it load.
  const scrollsOnly = address.includes('#') && parentNode !== null;
  if (scrollsOnly) frame.remove();
  frame.src = address;
  if (scrollsOnly) parentNode.insertBefore(frame, nextSibling);
}
