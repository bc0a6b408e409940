import juzi = require('juzi-helper-wasm');
import oauth = require('juzi-helper-wasm/oauth');
import testing = require('juzi-helper-wasm/testing');
import compat = require('juzi-helper-wasm/compat');
import 'juzi-helper-wasm/juzi-helper.js';

const state: string = oauth.newState();
const started: Promise<juzi.RunningJuziWx> = juzi.init({ timeout: 500 });
const host: testing.Host = testing.createHost();
// @ts-expect-error a missing field
void juzi.juziWx.sendChatMessage({ msgtype: 'text' });
const again: typeof started = compat.init();
export = { again, state, started, host };
