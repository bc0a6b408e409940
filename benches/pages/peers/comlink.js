import { windowEndpoint, wrap } from 'comlink';

const remote = wrap(windowEndpoint(self.parent));
contender.call = (message) => remote.sendChatMessage(message);
