/** The iframe of the sidebar page. */
import { h } from '../../lib/dom.js';

/**
 * The iframe is created here, before the host that listens to it exists.
 *
 * It has no `sandbox`, because the real console has none: a page must have the same permissions here as there. `allow`
 * lets a page use the clipboard and full screen, as console users expect.
 */
export function createFrame() {
  return h('iframe', {
    id: 'frame',
    class: 'frame',
    data: { testid: 'frame' },
    allow: 'clipboard-read; clipboard-write; fullscreen; microphone; camera',
    referrerpolicy: 'strict-origin-when-cross-origin',
  });
}
