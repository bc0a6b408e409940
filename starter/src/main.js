// From the command line to a folder with a project.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UsageError, help, parseArguments } from './arguments.js';
import { ask } from './ask.js';
import { packageName } from './choices.js';
import { managerOf } from './manager.js';
import { filesOf, version } from './project.js';

/** @param {string[]} argv @returns {Promise<number>} The exit code. */
export async function main(argv) {
  const manager = managerOf(process.env.npm_config_user_agent);
  try {
    const given = parseArguments(argv);
    if (given.help) {
      process.stdout.write(help(manager));
      return 0;
    }
    if (given.version) {
      console.log(version);
      return 0;
    }
    const complete = given.yes || (given.folder && given.template && given.server);
    if (!complete && !process.stdin.isTTY)
      throw new UsageError('there is no terminal to ask in: give the folder, --template and --server, or --yes');
    if (given.folder !== undefined) refuseUsed(resolve(given.folder));
    const chosen = await ask(given);
    if (!chosen) return 1;
    create({ ...chosen, js: given.js, manager });
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`create-juzi-sidebar: ${error.message}`);
    return 2;
  }
}

/** The user's files are never overwritten. */
function refuseUsed(folder) {
  let found;
  try {
    found = readdirSync(folder);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    if (error.code === 'ENOTDIR') throw new UsageError(`${folder} is a file; choose the name of a new folder`);
    throw new UsageError(`${folder} cannot be read: ${error.message}`);
  }
  const files = found.filter((name) => name !== '.git');
  if (files.length > 0)
    throw new UsageError(
      `${folder} is not empty: it has ${files.slice(0, 3).join(', ')}${files.length > 3 ? ' and more' : ''}; choose a new or an empty folder`,
    );
}

function create({ folder, template, server, js, manager }) {
  const target = resolve(folder);
  refuseUsed(target);
  for (const [path, text] of filesOf({ name: packageName(basename(target)), template, server, js, manager })) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), text);
  }
  const here = relative(process.cwd(), target) || '.';
  console.log(
    `\nWritten: ${here}. Now:\n\n${here === '.' ? '' : `  cd ${/\s/.test(here) ? JSON.stringify(here) : here}\n`}  ${manager.install}\n  ${manager.run('dev')}\n`,
  );
}
