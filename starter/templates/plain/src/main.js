import './page.css';
import { start } from './page.js';

start(document.getElementById('app'));
