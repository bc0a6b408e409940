try {
  await juziWx.sendChatMessage({ msgtype: 'image', image: { url: '' } });
} catch (error) {
  console.log(error.message); // url is empty
  console.log(error.code); // fail
}
