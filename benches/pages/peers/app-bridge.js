import { createApp } from '@shopify/app-bridge';

const app = createApp({ apiKey: '0123456789abcdef0123456789abcdef', host: btoa('admin.shopify.com/store/example') });
contender.call = (message) => app.dispatch(message);
