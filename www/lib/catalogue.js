// Generated from src/api.rs and src/message/shapes.rs by `./build.sh generate`: edit those.
/** The calls that the helper knows, for the workbench's console and demo page. The host of `www/host/` does not read this. */

/** All calls; `wire` is the host's name for one that is posted. */
export const CALLS = [
  { name: 'getCurExternalContact', wire: 'getCurExternalContact', params: false },
  { name: 'getCurExternalChat', wire: 'getCurExternalChat', params: false },
  { name: 'getCurChatInfo', wire: 'getCurChatInfo', params: false },
  { name: 'getContext', wire: 'getCurChatInfo', params: false },
  { name: 'sidebarAuth', wire: 'sidebarAuth', params: false },
  { name: 'sendChatMessage', wire: 'sendChatMessage', params: true },
  { name: 'sendMultiChatMessage', wire: 'sendMultiChatMessage', params: true },
  { name: 'openEnterpriseChat', wire: 'openEnterpriseChat', params: true },
  { name: 'previewImage', wire: 'previewImage', params: true },
  { name: 'updateBaseInfo' },
  { name: 'config' },
  { name: 'agentConfig' },
  { name: 'checkJsApi' },
  { name: 'ready' },
  { name: 'error' },
  { name: 'on' },
  { name: 'off' },
];

/** The members of each type of message, and whether each is required. */
export const MESSAGES = {
  text: { content: true },
  image: { url: true, title: false },
  video: { url: true, title: false },
  file: { url: true, title: false },
  news: { link: true, title: false, desc: false, imgUrl: false },
  miniprogram: { appid: true, title: true, imgUrl: true, page: true, desc: true, iconUrl: true, officialAccountId: true },
};
