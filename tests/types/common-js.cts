import juzi = require('juzi-helper-wasm');
import oauth = require('juzi-helper-wasm/oauth');
import testing = require('juzi-helper-wasm/testing');

const state: string = oauth.newState();
const started: Promise<juzi.RunningJuziWx> = juzi.init({ timeout: 500 });
const host: testing.Host = testing.createHost();
// @ts-expect-error a missing field
void juzi.juziWx.sendChatMessage({ msgtype: 'text' });
export = { state, started, host };
