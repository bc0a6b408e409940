// The globals of a page with a script tag, beside the types of WeChat's and WeCom's SDKs.
import 'juzi-helper-wasm/global';
import * as ww from '@wecom/jssdk';
import weixin = require('weixin-js-sdk');
import { type RunningJuziWx, patch } from 'juzi-helper-wasm';
import { expectType } from '../expect.mjs';

expectType<RunningJuziWx>()(juziWx);
expectType<RunningJuziWx>()(window.juziWx);
expectType<boolean>()(juziWx.env.inSidebar);
expectType<JuziGlobalWx>()(wx);
expectType<JuziGlobalWx>()(window.wx);
expectType<string>()((await wx.getCurExternalContact()).userId);
wx.invoke('getCurExternalChat', {}, (res) => {
  if (res.errCode === 0) expectType<string>()(res.chatId);
});
window.juziWx.on('updateBaseInfo', ({ data }) => expectType<string>()(data.baseInfo.juziChatId));
// @ts-expect-error a misspelt field
void wx.sendChatMessage({ msgtype: 'text', text: { contnt: 'Hi' } });
// @ts-expect-error the SDK's own methods are the page's to declare
wx.hideMenuItems({ menuList: [] });

declare global {
  interface JuziGlobalWx {
    hideOptionMenu(): void;
  }
}
wx.hideOptionMenu();

// The SDKs keep their own types.
ww.register({ corpId: 'ww1', jsApiList: ['getContext'] });
weixin.default.hideMenuItems({ menuList: ['menuItem:share:appMessage'] });
expectType<string>()((await patch(weixin.default).getCurExternalContact()).userId);
// weixin-js-sdk declares this global.
expectType<any>()(window.WeixinJSBridge);
