import { WindowMessenger, connect } from 'penpal';

const messenger = new WindowMessenger({ remoteWindow: window.parent, allowedOrigins: [location.ancestorOrigins[0]] });
contender.ready = connect({ messenger }).promise.then((remote) => {
  contender.call = (message) => remote.sendChatMessage(message);
});
