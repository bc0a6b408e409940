import { createRoot } from 'react-dom/client';
import { JuziProvider } from 'juzi-helper-wasm/react';
import { Page } from './Page.jsx';

createRoot(document.getElementById('root')).render(
  <JuziProvider>
    <Page />
  </JuziProvider>,
);
