// The boundary and one call back: an exported function that reads one member.
import { read, start } from './module.js';

start(read);
