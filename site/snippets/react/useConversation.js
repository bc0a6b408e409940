import { useEffect, useState } from 'react';
import { init, juziWx } from 'juzi-helper-wasm';

/** The open conversation. The component renders again when the user opens another. */
export function useConversation() {
  const [state, setState] = useState({ chat: null, error: null });

  useEffect(() => {
    let gone = false;
    const load = async () => {
      try {
        const chat = await juziWx.getCurChatInfo();
        if (!gone) setState({ chat, error: null });
      } catch (error) {
        if (!gone) setState({ chat: null, error });
      }
    };
    init()
      .then(() => juziWx.on('updateBaseInfo', load))
      .then(() => juziWx.sidebarAuth())
      .then(load, (error) => !gone && setState({ chat: null, error }));
    return () => {
      gone = true;
      juziWx.off('updateBaseInfo', load);
    };
  }, []);

  return state;
}
