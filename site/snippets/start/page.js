const byId = (id) => document.getElementById(id);

async function showCustomer() {
  const chat = await juziWx.getCurChatInfo();
  byId('name').textContent = chat.name;
}

byId('greet').onclick = async () => {
  try {
    await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Hello!' } });
    byId('status').textContent = 'Sent';
  } catch (error) {
    byId('status').textContent = error.message;
  }
};

// After sidebarAuth the console tells the page whenever the user opens another conversation.
juziWx.on('updateBaseInfo', showCustomer);
juziWx.sidebarAuth().then(showCustomer);
