const log = { messages: [] };
addEventListener('message', ({ data, origin, source }) => {
  if (source !== parent || typeof data?.api !== 'string') return;
  const kind = data.reqId === undefined ? 'push' : 'answer';
  log.messages.push({ direction: 'out', kind, api: data.api, reqId: data.reqId ?? null, origin, payload: data });
});
