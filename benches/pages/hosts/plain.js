// The console's side for bare postMessage and for the helper: answers every call of the protocol at once, and none that says
// to hold it.
window.serve = (frame) => {
  addEventListener('message', ({ data: message, source, origin }) => {
    if (source !== frame.contentWindow || message?.type !== 'sidebarHelper') return;
    const { api, reqId, params } = message.data;
    if (params.text.content === 'hold') return;
    source.postMessage({ reqId, api, data: { err_msg: `${api}:ok` } }, origin);
  });
};
