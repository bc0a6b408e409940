import { JuziProvider } from 'juzi-helper-wasm/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './page.css';
import { Page } from './Page.jsx';

/** In production only Juzi's console may frame the page. While you develop, the workbench does. */
const OPTIONS = import.meta.env.PROD ? { allowedHosts: ['https://*.juzibot.com'] } : {};

createRoot(document.getElementById('app')).render(
  <StrictMode>
    <JuziProvider options={OPTIONS}>
      <Page />
    </JuziProvider>
  </StrictMode>,
);
