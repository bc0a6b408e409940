import { init } from 'juzi-helper-wasm';

await init({ fallback: () => import('juzi-helper-wasm/compat') });
