const byId = (id) => document.getElementById(id);
let shown = null; // the conversation that the page shows
let turn = 0;

async function showCustomer() {
  const mine = ++turn;
  shown = null;
  byId('greet').disabled = true;
  byId('name').textContent = '…';
  const chat = await juziWx.getCurChatInfo();
  if (mine !== turn) return; // the user has switched again
  shown = chat;
  byId('name').textContent = chat.name;
  byId('greet').disabled = false;
}

byId('greet').onclick = async () => {
  const chat = shown;
  try {
    const open = await juziWx.getCurChatInfo();
    if (open.id !== chat.id) throw new Error('Not sent: another conversation is open.');
    await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hello!' } });
    byId('status').textContent = 'Sent';
  } catch (error) {
    byId('status').textContent = error.message;
  }
};

// After sidebarAuth the console reports to the page each conversation that the user opens.
juziWx.on('updateBaseInfo', showCustomer);
juziWx
  .sidebarAuth()
  .then(showCustomer)
  .catch((error) => {
    byId('status').textContent = error.message;
  });
