await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'Your order has been sent.' } });
