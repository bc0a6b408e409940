// The boundary with one way back: an exported function that reads one member.
import { read, start } from './module.js';

start(read);
