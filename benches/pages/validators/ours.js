// The check of a message as `invoke` runs it: from JavaScript into the module and back, through the same shell.
import { check, start } from './module.js';

start(check);
