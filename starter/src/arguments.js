// The command line.
import { parseArgs } from 'node:util';
import { SERVERS, TEMPLATES } from './choices.js';

/** @param {import('./manager.js').Manager} manager */
export const help = ({ create }) => `Usage: ${create.replace('FOLDER', '[FOLDER]').replace('OPTIONS', '[OPTIONS]')}

Starts a sidebar page for Juzi in a new folder. It asks for what the options do not say.

  --template NAME  ${Object.keys(TEMPLATES).join(', ')}
  --server NAME    ${Object.keys(SERVERS).join(', ')}: what logs the user in
  --ts, --js       TypeScript, or JavaScript: TypeScript where neither is given; leptos is Rust and takes neither
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
  const { ts, js = false, ...rest } = values;
  if (ts && js) throw new UsageError('--ts or --js, not both');
  if ((ts || js) && values.template === 'leptos') throw new UsageError(`--${ts ? 'ts' : 'js'} is not for leptos, which is Rust`);
  return { ...rest, js, folder: positionals[0] };
}

function parsed(argv) {
  try {
    return parseArgs({
      // npm takes the first `--` for itself; others pass it on.
      args: argv.filter((one) => one !== '--'),
      allowPositionals: true,
      options: {
        template: { type: 'string' },
        server: { type: 'string' },
        ts: { type: 'boolean' },
        js: { type: 'boolean' },
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
