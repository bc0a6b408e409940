import 'juzi-helper-wasm/dev';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { JuziProvider } from 'juzi-helper-wasm/react';
import { Page } from './Page.jsx';

createRoot(document.getElementById('app')).render(
  <StrictMode>
    <JuziProvider>
      <Page />
    </JuziProvider>
  </StrictMode>,
);
