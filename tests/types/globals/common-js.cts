import 'juzi-helper-wasm/global';
import juzi = require('juzi-helper-wasm');

const patched: typeof wx = juzi.patch(window.wx);
void patched.getCurExternalContact();
const version: string = window.juziWx.env.version;
export = { version };
