/** Where things are, for the parts of the build. */
import { fileURLToPath } from 'node:url';

const from = (path) => fileURLToPath(new URL(path, import.meta.url));

export const root = from('../../');
export const docs = from('../docs/');
export const pages = from('../../target/site/pages/');
export const dist = from('../../dist/site/');

/** The pages are built for this base. `relocate` puts the real one in its place. */
export const PLACEHOLDER_BASE = '/__site__/';
/** The style sheet of the colours in code. */
export const CODE_STYLES = 'assets/code.css';
