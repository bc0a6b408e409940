// The console's side for bare postMessage and for the helper. It answers every call of the protocol at once, with two exceptions. `hold`
// gets no answer. Calls of `keep` are answered after a `release`, the last one first, with junk in between.
window.serve = (frame) => {
  let kept = [];
  addEventListener('message', ({ data: message, source, origin }) => {
    if (source !== frame.contentWindow || message?.type !== 'sidebarHelper') return;
    const { api, reqId, params } = message.data;
    const { content } = params.text;
    if (content === 'hold') return;
    if (content === 'keep') {
      kept.push(reqId);
      return;
    }
    if (content === 'release') {
      for (const id of kept.reverse()) {
        source.postMessage({ reqId: id, api: 'getCurExternalChat', data: {} }, origin);
        source.postMessage({ reqId: `${id}0`, api, data: { err_msg: `${api}:ok` } }, origin);
        source.postMessage({ reqId: id, api, data: { err_msg: `${api}:ok` } }, origin);
      }
      kept = [];
    }
    source.postMessage({ reqId, api, data: { err_msg: `${api}:ok` } }, origin);
  });
};
