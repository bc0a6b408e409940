import init from '../pkg/page.js';
import './page.css';

await init();
