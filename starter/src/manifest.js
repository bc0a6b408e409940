// The new project's package.json.
import { hasTypes } from './choices.js';

/** What the templates need, with the versions that this package is tested with. */
const VERSIONS = {
  '@types/node': '^26.6.6',
  '@types/react': '^19.3.0',
  '@types/react-dom': '^19.3.0',
  '@vitejs/plugin-react': '^6.3.0',
  '@vitejs/plugin-vue': '^6.0.11',
  concurrently: '^9.2.5',
  jsdom: '^27.4.0',
  react: '^19.3.1',
  'react-dom': '^19.3.1',
  sirv: '^3.0.2',
  // Not 7: vue-tsc runs in the compiler in JavaScript.
  typescript: '^5.9.3',
  vite: '^8.3.8',
  vitest: '^4.1.12',
  vue: '^3.5.45',
  'vue-tsc': '^3.3.14',
};
const PAGE = { plain: [], react: ['react', 'react-dom'], vue: ['vue'], leptos: [] };
const TOOLS = { plain: [], react: ['@vitejs/plugin-react'], vue: ['@vitejs/plugin-vue'], leptos: [] };
const TYPES = { plain: [], react: ['@types/react', '@types/react-dom'], vue: ['vue-tsc'] };

/** The packages of this repository. They have one version. */
const OURS = ['juzi-helper-wasm', 'vite-plugin-juzi'];

/**
 * @param {{ name: string, template: string, server: string, js?: boolean }} project
 * @param {{ manager: import('./manager.js').Manager, version: string }} by `version` of our packages.
 */
export function manifestOf({ name, template, server, js }, { manager, version }) {
  const types = hasTypes({ template, js });
  const isLeptos = template === 'leptos';
  const vitest = !isLeptos || server === 'node';
  const pick = (names) => Object.fromEntries(names.sort().map((one) => [one, OURS.includes(one) ? `^${version}` : VERSIONS[one]]));
  const atRunTime = [
    ...PAGE[template],
    // The page or its server imports it. A page in Rust has the crate.
    ...(isLeptos && server !== 'node' ? [] : ['juzi-helper-wasm']),
    ...(server === 'node' ? ['sirv'] : []),
  ];
  const tools = [
    ...TOOLS[template],
    'vite',
    'vite-plugin-juzi',
    ...(vitest ? ['vitest'] : []),
    ...(isLeptos ? [] : ['jsdom']),
    ...(server === 'rust' ? ['concurrently'] : []),
    ...(types ? ['typescript', '@types/node', ...TYPES[template]] : []),
  ];
  const manifest = {
    name,
    private: true,
    type: 'module',
    ...manager.manifest,
    scripts: scriptsOf({ template, server, vitest, types }),
    dependencies: pick(atRunTime),
    devDependencies: pick(tools),
  };
  if (atRunTime.length === 0) delete manifest.dependencies;
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function scriptsOf({ template, server, vitest, types }) {
  const isLeptos = template === 'leptos';
  const tests = [
    ...(vitest ? ['vitest run'] : []),
    ...(isLeptos ? ['wasm-pack test --headless --chrome'] : []),
    ...(server === 'rust' ? ['cargo test --manifest-path server/Cargo.toml'] : []),
  ];
  return {
    dev: server === 'rust' ? 'concurrently --kill-others --names page,server vite "cargo run --manifest-path server/Cargo.toml"' : 'vite',
    build: isLeptos ? 'wasm-pack build --target web --no-pack && vite build' : 'vite build',
    preview: 'vite preview',
    ...(types && { typecheck: template === 'vue' ? 'vue-tsc' : 'tsc' }),
    test: tests.join(' && '),
    ...(server === 'node' && { start: 'node server/index.js' }),
    ...(server === 'rust' && { start: 'cargo run --release --manifest-path server/Cargo.toml' }),
  };
}
