import { createJuzi } from 'juzi-helper-wasm/store';

export const juzi = createJuzi({ allowedHosts: ['https://*.juzibot.com', 'localhost'] });
