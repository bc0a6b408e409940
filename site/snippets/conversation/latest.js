let newest;

async function load() {
  newest?.abort();
  const { signal } = (newest = new AbortController());
  render('');
  try {
    const chat = await juziWx.getCurChatInfo({ signal });
    if (!signal.aborted) render(chat.name);
  } catch (error) {
    if (error.code !== 'aborted') throw error;
  }
}
juziWx.on('updateBaseInfo', load);
await juziWx.sidebarAuth();
await load();
