import wx from 'weixin-js-sdk';
import { init, patch } from 'juzi-helper-wasm';

await init();
const juzi = patch(wx); // every call, as methods and with promises
const { userId } = await juzi.getCurExternalContact();
document.body.textContent = userId;
