import './page.css';
import { start } from './page.ts';

start(document.getElementById('app')!);
