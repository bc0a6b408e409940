// The new project's vite.config.js, CI and readme.

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

/** @param {{ template: string, server: string, manager: { name: string, ci: string, run: (script: string) => string } }} project */
export function workflow({ template, server, manager }) {
  const isLeptos = template === 'leptos';
  const usesRust = isLeptos || server === 'rust';
  const steps = [
    '- uses: actions/checkout@v4',
    ...(manager.name === 'npm' ? [] : ['- run: corepack enable']),
    `- uses: actions/setup-node@v4\n        with: { node-version: 22, cache: ${manager.name} }`,
    ...(isLeptos ? ['- run: rustup target add wasm32-unknown-unknown', '- run: cargo install wasm-pack --locked'] : []),
    `- run: ${manager.ci}`,
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

/** @param {{ name: string, template: string, server: string, manager: { install: string, run: (script: string) => string } }} project */
export function readme({ name, template, server, manager }) {
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

## In production

${production}

Register the page's address in Juzi. \`policy.json\` says who may frame the page (\`frame-ancestors\`) and what it may load: add the
origins from which it loads scripts or data.${server === 'none' ? '\n\nThis project has no server, so it does not log the user in: redeeming a code reveals who the user is, which is for a server to do.' : ''}
`;
}
