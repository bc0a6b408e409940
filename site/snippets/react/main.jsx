import { createRoot } from 'react-dom/client';
import { Customer } from './Customer.jsx';

createRoot(document.getElementById('root')).render(<Customer />);
