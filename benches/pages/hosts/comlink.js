import { expose, windowEndpoint } from 'comlink';

window.serve = (frame) => expose({ sendChatMessage: () => ({ err_msg: 'sendChatMessage:ok' }) }, windowEndpoint(frame.contentWindow));
