// The package in place of the script tag, for the pages after it. `window.options` has the page's options.
import { init } from '../../../../pkg/index.js';

void init(window.options);
