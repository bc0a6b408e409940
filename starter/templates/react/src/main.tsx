import { JuziProvider } from 'juzi-helper-wasm/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './page.css';
import { Page } from './Page.tsx';

/** Only Juzi's console may frame the page, and one on this machine while the page is here too. */
const OPTIONS = { allowedHosts: ['https://*.juzibot.com', 'localhost'] };

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <JuziProvider options={OPTIONS}>
      <Page />
    </JuziProvider>
  </StrictMode>,
);
