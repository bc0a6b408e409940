// The new project's configuration of Vite and TypeScript, CI and readme.
import { hasTypes } from './choices.js';

/** @param {{ template: string, server: string }} project */
export function viteConfig({ template, server }) {
  const plugins = { plain: [], react: ['react()'], vue: ['vue()'], leptos: ['rust()'] }[template];
  const imports = [
    ...(template === 'react' || template === 'vue' ? [`import ${template} from '@vitejs/plugin-${template}';`] : []),
    template === 'leptos' && server !== 'node' ? "import { defineConfig } from 'vite';" : "import { defineConfig } from 'vitest/config';",
    "import juzi from 'vite-plugin-juzi';",
    "import policy from './policy.json' with { type: 'json' };",
    ...(template === 'leptos' ? ["import { rust } from './rust.js';"] : []),
    ...(server === 'node' ? ["import { loginServer } from './server/dev.js';"] : []),
  ];
  const test =
    template === 'leptos'
      ? server === 'node'
        ? ["  test: { include: ['test/**/*.test.js'] },"]
        : []
      : ["  test: { environment: 'jsdom', environmentOptions: { jsdom: { url: 'https://page.example/' } } },"];
  return `${imports.join('\n')}

export default defineConfig({
  plugins: [${[...plugins, 'juzi()', ...(server === 'node' ? ['loginServer()'] : [])].join(', ')}],
${server === 'rust' ? "  server: { port: 5173, strictPort: true, proxy: { '/api': 'http://127.0.0.1:3000' } },\n" : ''}  preview: { headers: policy },
${test.map((line) => `${line}\n`).join('')}});
`;
}

/** As strict as the compiler can be. @param {{ template: string, server: string }} project */
export function tsconfig({ template, server }) {
  const options = {
    target: '"ES2023"',
    lib: '["ES2023", "DOM", "DOM.Iterable"]',
    types: '["vite/client", "node"]',
    module: '"ESNext"',
    moduleResolution: '"bundler"',
    ...(template === 'react' && { jsx: '"react-jsx"' }),
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    noEmit: true,
    skipLibCheck: true,
    // The server is in JavaScript, because Node 20 runs nothing else. Its types are in comments.
    ...(server === 'node' && { allowJs: true, checkJs: true }),
    strict: true,
    exactOptionalPropertyTypes: true,
    noFallthroughCasesInSwitch: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
  };
  return `{
  "compilerOptions": {
${Object.entries(options)
  .map(([name, value]) => `    "${name}": ${value}`)
  .join(',\n')}
  },
  "include": ["src", "test", ${server === 'node' ? '"server", ' : ''}"vite.config.ts"]
}
`;
}

/** @param {{ template: string, server: string, js?: boolean, manager: import('./manager.js').Manager }} project */
export function workflow({ template, server, js, manager }) {
  const isLeptos = template === 'leptos';
  const usesRust = isLeptos || server === 'rust';
  const steps = [
    '- uses: actions/checkout@v4',
    ...(manager.name === 'pnpm' || manager.name === 'yarn' ? ['- run: corepack enable'] : []),
    `- uses: actions/setup-node@v4\n        with: { node-version: 22${manager.name === 'bun' ? '' : `, cache: ${manager.name}`} }`,
    ...(manager.name === 'bun' ? ['- uses: oven-sh/setup-bun@v2'] : []),
    ...(isLeptos ? ['- run: rustup target add wasm32-unknown-unknown', '- run: cargo install wasm-pack --locked'] : []),
    `- run: ${manager.ci}`,
    ...(hasTypes({ template, js }) ? [`- run: ${manager.run('typecheck')}`] : []),
    // The server includes nothing of the build, so the order is free.
    `- run: ${manager.run('build')}`,
    `- run: ${manager.run('test')}`,
    ...(usesRust ? [`- run: cargo clippy --manifest-path ${server === 'rust' ? 'server/Cargo.toml' : 'Cargo.toml'} -- -D warnings`] : []),
  ];
  return `name: CI
on:
  push:
  pull_request:
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
${steps.map((step) => `      ${step}`).join('\n')}
`;
}

/** The format of Netlify and Cloudflare Pages. @param {Record<string, string>} policy */
export const headersFile = (policy) =>
  `/*\n${Object.entries(policy)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('')}`;

/** @param {{ name: string, template: string, server: string, js?: boolean, manager: import('./manager.js').Manager }} project */
export function readme({ name, template, server, js, manager }) {
  const isLeptos = template === 'leptos';
  const needs = [
    'Node 20.19 or newer',
    ...(isLeptos || server === 'rust' ? ['[Rust](https://rustup.rs)'] : []),
    ...(isLeptos ? ['`rustup target add wasm32-unknown-unknown`', '`cargo install wasm-pack`', 'Chrome for the tests'] : []),
  ];
  const production = {
    none: 'Put `dist/` on a web server. `dist/_headers` has the policy headers for Netlify and Cloudflare Pages; other servers need them in their own form (`policy.json`).',
    node: `\`ORIGIN=https://page.example SECRET=… ${manager.run('start')}\` serves \`dist/\` and logs users in. \`SECRET\` has at least 32 characters.`,
    rust: `\`ORIGIN=https://page.example SECRET=… ${manager.run('start')}\` serves \`dist/\` and logs users in. \`SECRET\` has at least 32 bytes.`,
  }[server];
  return `# ${name}

A sidebar page for Juzi (句子秒回). It needs ${needs.join(', ')}.

| command | what it does |
| --- | --- |
| \`${manager.run('dev')}\` | serves the page; the line \`Juzi\` of its output is a console with the page in its sidebar |
| \`${manager.run('test')}\` | runs the tests |
| \`${manager.run('build')}\` | builds \`dist/\` |
${hasTypes({ template, js }) ? `| \`${manager.run('typecheck')}\` | checks the types |\n` : ''}
## In production

${production}

Register the page's address in Juzi. \`policy.json\` says who may frame the page (\`frame-ancestors\`) and what it may load: add the
origins from which it loads scripts or data.${server === 'none' ? '\n\nThis project has no server, so it does not log the user in: redeeming a code reveals who the user is, which is for a server to do.' : ''}
`;
}
