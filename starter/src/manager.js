// The package manager that runs this.

/** @typedef {ReturnType<typeof managerOf>} Manager */

const pinned = (name, version) => (version ? { packageManager: `${name}@${version}` } : {});

/** By name: what depends on the version too. */
const MANAGERS = {
  npm: () => ({
    // npm keeps the options for itself without `--`.
    create: 'npm create juzi-sidebar@latest FOLDER -- OPTIONS',
    install: 'npm install',
    run: (script) => (script === 'test' ? 'npm test' : `npm run ${script}`),
    ci: 'npm ci',
    lock: 'package-lock.json',
  }),
  pnpm: (version) => ({
    create: 'pnpm create juzi-sidebar FOLDER OPTIONS',
    install: 'pnpm install',
    run: (script) => `pnpm ${script}`,
    ci: 'pnpm install --frozen-lockfile',
    lock: 'pnpm-lock.yaml',
    manifest: pinned('pnpm', version),
  }),
  yarn: (version) => {
    const isClassic = version?.startsWith('1.');
    return {
      create: 'yarn create juzi-sidebar FOLDER OPTIONS',
      install: 'yarn',
      run: (script) => `yarn ${script}`,
      ci: `yarn install ${isClassic ? '--frozen-lockfile' : '--immutable'}`,
      lock: 'yarn.lock',
      // Without it, Corepack runs Yarn 1.
      manifest: pinned('yarn', version),
      // Vite's plugins and the types are read from node_modules. And with a lock file of its own the project may be below another.
      files: isClassic ? {} : { '.yarnrc.yml': 'nodeLinker: node-modules\n', 'yarn.lock': '' },
      ignored: isClassic ? [] : ['.yarn'],
    };
  },
  bun: () => ({
    create: 'bun create juzi-sidebar FOLDER OPTIONS',
    install: 'bun install',
    // `bun test` and `bun build` are Bun's own.
    run: (script) => `bun run ${script}`,
    ci: 'bun install --frozen-lockfile',
    lock: 'bun.lock',
  }),
};

/** @param {string | undefined} userAgent As in the environment variable `npm_config_user_agent`. */
export function managerOf(userAgent) {
  const [, name = 'npm', version] = /^(\w+)\/(\S+)/.exec(userAgent ?? '') ?? [];
  const known = Object.hasOwn(MANAGERS, name) ? name : 'npm';
  return { name: known, manifest: {}, files: {}, ignored: [], ...MANAGERS[known](version) };
}
