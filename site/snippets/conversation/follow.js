const show = async () => render(await juziWx.getCurChatInfo());

juziWx.on('updateBaseInfo', show); // every switch, until off('updateBaseInfo', show)
await juziWx.sidebarAuth();        // from now on the console tells the page
await show();                      // the conversation that is open already
