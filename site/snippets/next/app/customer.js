'use client';

import { useEffect, useState } from 'react';
import { init, juziWx } from 'juzi-helper-wasm';

export function Customer() {
  const [name, setName] = useState('…');

  useEffect(() => {
    const load = async () => setName((await juziWx.getCurChatInfo()).name);
    const fail = (error) => setName(error.message);
    init()
      .then(() => {
        juziWx.on('updateBaseInfo', load);
        return juziWx.sidebarAuth();
      })
      .then(load)
      .catch(fail);
    return () => juziWx.off('updateBaseInfo', load);
  }, []);

  return <h1>{name}</h1>;
}
