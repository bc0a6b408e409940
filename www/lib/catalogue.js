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

/** The members of each type of message: the type of each, and whether it is required. */
export const MESSAGES = {
  text: {
    content: { type: 'string', required: true },
  },
  image: {
    url: { type: 'string', required: true },
    title: { type: 'string', required: false },
  },
  video: {
    url: { type: 'string', required: true },
    title: { type: 'string', required: false },
  },
  file: {
    url: { type: 'string', required: true },
    title: { type: 'string', required: false },
  },
  news: {
    link: { type: 'string', required: true },
    title: { type: 'string', required: false },
    desc: { type: 'string', required: false },
    imgUrl: { type: 'string', required: false },
  },
  miniprogram: {
    appid: { type: 'string', required: true },
    title: { type: 'string', required: true },
    imgUrl: { type: 'string', required: true },
    page: { type: 'string', required: true },
    desc: { type: 'string', required: true },
    iconUrl: { type: 'string', required: true },
    officialAccountId: { type: 'string', required: true },
  },
};
