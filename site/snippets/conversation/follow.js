let turn = 0;

async function show() {
  const mine = ++turn;
  render(''); // first clear the previous customer
  const chat = await juziWx.getCurChatInfo();
  if (mine === turn) render(chat); // else the user has switched again, and this answer is too late
}

juziWx.on('updateBaseInfo', show); // every switch, until off('updateBaseInfo', show)
await juziWx.sidebarAuth(); // from now on the console reports each switch
await show(); // the conversation that is open already
