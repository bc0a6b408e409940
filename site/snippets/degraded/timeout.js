try {
  render((await juziWx.getCurChatInfo()).name);
} catch (error) {
  if (error.code === 'timeout') render('The console does not answer. Reload the sidebar.');
  else if (error.code === 'not_in_sidebar') render('Open this page in Juzi.');
  else render(error.message);
}
