import { init, juziWx } from 'juzi-helper-wasm/external';

contender.ready = init().then(() => {
  contender.call = (message) => juziWx.invoke('sendChatMessage', message);
});
