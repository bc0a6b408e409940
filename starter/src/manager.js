// The package manager that runs this.

const COMMANDS = {
  npm: {
    install: 'npm install',
    run: (script) => (script === 'test' ? 'npm test' : `npm run ${script}`),
    ci: 'npm ci',
    lock: 'package-lock.json',
  },
  pnpm: { install: 'pnpm install', run: (script) => `pnpm ${script}`, ci: 'pnpm install --frozen-lockfile', lock: 'pnpm-lock.yaml' },
  yarn: { install: 'yarn', run: (script) => `yarn ${script}`, ci: 'yarn install --immutable', lock: 'yarn.lock' },
};

/** @param {string | undefined} userAgent As in the environment variable `npm_config_user_agent`. */
export function managerOf(userAgent) {
  const name = /^(\w+)\//.exec(userAgent ?? '')?.[1] ?? 'npm';
  const known = Object.hasOwn(COMMANDS, name) ? name : 'npm';
  return { name: known, ...COMMANDS[known] };
}
