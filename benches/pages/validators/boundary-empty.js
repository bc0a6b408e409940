// Only the boundary: an exported function that does nothing.
import { empty, start } from './module.js';

start(empty);
