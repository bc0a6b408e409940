// The command line.
import { parseArgs } from 'node:util';
import { SERVERS, TEMPLATES } from './choices.js';

export const HELP = `Usage: npm create juzi-sidebar@latest [FOLDER] -- [OPTIONS]

Starts a sidebar page for Juzi in a new folder. It asks for what the options do not say.

  --template NAME  ${Object.keys(TEMPLATES).join(', ')}
  --server NAME    ${Object.keys(SERVERS).join(', ')}: what logs the user in
  --yes, -y        asks nothing: plain, node and juzi-sidebar where no option says otherwise
  --help, -h       this text
  --version        the version
`;

/** A mistake on the command line. */
export class UsageError extends Error {}

/** @param {string[]} argv */
export function parseArguments(argv) {
  const { values, positionals } = parsed(argv);
  if (positionals.length > 1) throw new UsageError(`one folder is enough: ${positionals.join(', ')}`);
  check('--template', values.template, TEMPLATES);
  check('--server', values.server, SERVERS);
  return { ...values, folder: positionals[0] };
}

function parsed(argv) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        template: { type: 'string' },
        server: { type: 'string' },
        yes: { type: 'boolean', short: 'y' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error.message);
  }
}

function check(option, value, choices) {
  if (value === undefined || Object.hasOwn(choices, value)) return;
  throw new UsageError(`${option} must be one of ${Object.keys(choices).join(', ')}, not ${JSON.stringify(value)}`);
}
