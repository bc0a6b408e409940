// Measures size, speed and memory in a real browser, and writes BENCHMARKS.md.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from './lib/browser.mjs';
import { CONTENDERS, loadContenders, root } from './lib/contenders.mjs';
import { describeMachine } from './lib/machine.mjs';
import { endProgress, progress } from './lib/progress.mjs';
import { document, targetTable } from './lib/report.mjs';
import { startSite } from './lib/site.mjs';
import * as memory from './measures/memory.mjs';
import * as outstanding from './measures/outstanding.mjs';
import * as roundTrip from './measures/round-trip.mjs';
import * as size from './measures/size.mjs';
import * as startup from './measures/startup.mjs';
import * as validation from './measures/validation.mjs';
import * as workbench from './measures/workbench.mjs';

const MEASURES = [size, startup, roundTrip, outstanding, validation, memory, workbench];
const ROUNDS = { startup: 24, trip: 5, outstanding: 3, validation: 5, memory: 2, workbench: 3 };
const QUICK_ROUNDS = { startup: 3, trip: 3, outstanding: 2, validation: 2, memory: 1, workbench: 1 };

const HELP = `Usage: ./build.sh bench [OPTION…]

Measures size, startup, round trips, validation and memory in Chromium, compared with other libraries, and writes BENCHMARKS.md
and benches/plots/. Close other programs: load on the machine makes the figures noisy.

  --quick        a few rounds, to check that everything works; prints the figures and writes nothing
  --only NAME    only this part; prints the figures and writes nothing; may be repeated
                 (${MEASURES.map(({ name }) => name).join(', ')})
  --help         this text

Environment:
  CHROMIUM       the browser's path (default: chromium or google-chrome on PATH)

The exit code is 0 when everything was measured, whether or not the targets are reached.`;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`\nerror: ${error.stack ?? error}`);
  process.exitCode = 1;
}

async function main() {
  const options = readOptions();
  if (typeof options === 'number') return options;
  const started = new Date();
  const load = loadavg()[0];
  const rounds = options.quick ? QUICK_ROUNDS : ROUNDS;
  const sections = await measureAll(options.chosen, { quick: options.quick, rounds });
  console.log(`\n${sections.map(({ title, markdown }) => `## ${title}\n\n${markdown}`).join('\n\n')}\n`);
  console.log(targetTable(sections.flatMap(({ targets }) => targets)));
  if (options.quick || options.chosen.length < MEASURES.length) {
    console.log('\nnothing written: BENCHMARKS.md contains only complete runs');
    return 0;
  }
  const peers = [...new Set(Object.values(CONTENDERS).flatMap(({ of }) => of ?? [])), 'valibot', 'zod', 'ajv'];
  write(sections, describeMachine({ browser: sections.browser, started, load, peers, rounds }));
  return 0;
}

function readOptions() {
  const names = MEASURES.map(({ name }) => name);
  try {
    const { values } = parseArgs({
      options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true }, help: { type: 'boolean' } },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const unknown = (values.only ?? []).find((name) => !names.includes(name));
    if (unknown !== undefined) throw new Error(`--only ${unknown}: there is no such part; the parts are ${names.join(', ')}`);
    return { quick: values.quick, chosen: MEASURES.filter(({ name }) => !values.only || values.only.includes(name)) };
  } catch (error) {
    console.error(`error: ${error.message}\n\n${HELP}`);
    return 2;
  }
}

async function measureAll(chosen, { quick, rounds }) {
  progress('bundling')('the contenders');
  const scripts = await loadContenders();
  const site = await startSite();
  try {
    const browser = await launch();
    try {
      const sections = [];
      for (const { name, title, measure, report } of chosen) {
        const result = await measure({ browser, site, scripts, rounds, quick, progress: progress(name) });
        sections.push({ title, ...report(result) });
      }
      endProgress();
      return Object.assign(sections, { browser });
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

function write(sections, machine) {
  const plots = join(root, 'benches/plots');
  rmSync(plots, { recursive: true, force: true });
  mkdirSync(plots, { recursive: true });
  for (const section of sections) {
    for (const [name, svg] of Object.entries(section.plots)) writeFileSync(join(plots, `${name}.svg`), svg);
  }
  writeFileSync(join(root, 'BENCHMARKS.md'), document(sections, machine));
  console.log('\nwritten: BENCHMARKS.md, benches/plots/');
}
