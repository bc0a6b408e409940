// Validating messages.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { importsOf, shortenExports } from '../../scripts/bundle/names.mjs';
import { bundle, root, versionOf } from '../lib/contenders.mjs';
import { groupedChart } from '../lib/plot.mjs';
import { bytes, ratio, table } from '../lib/report.mjs';
import { interleaved, median, ratios } from '../lib/stats.mjs';

export const name = 'validation';
export const title = 'Validating a message';
const LABELS = {
  ours: 'juzi-helper',
  'by-hand': 'by hand',
  ajv: 'ajv',
  valibot: 'valibot',
  zod: 'zod',
  'boundary-empty': 'boundary, empty',
  'boundary-get': 'boundary, one read',
};
const NAMES = Object.keys(LABELS);
const TYPES = ['text', 'image', 'video', 'file', 'news', 'miniprogram'];
const SETTINGS = { warmUp: 5000, chunks: 7, count: 5000 };
const QUICK = { warmUp: 1000, chunks: 3, count: 1000 };

const built = join(root, 'target/wasm-bench');

/** The module and its glue code as built by `./build.sh bench`. */
const ourModule = {
  name: 'juzi',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^juzi:bench-wasm$/ }, () => ({ path: join(built, 'juzi_helper_bg.wasm') }));
    onResolve({ filter: /^juzi:bench-(glue|imports)$/ }, ({ path }) => ({ path, namespace: 'juzi' }));
    onResolve({ filter: /\/snippets\/.*\.js$/ }, ({ path }) => ({ path: join(root, 'src/browser', basename(path)) }));
    const glue = join(built, 'juzi_helper_bg.js');
    const names = () => JSON.parse(readFileSync(join(built, 'names.json'), 'utf8'));
    onLoad({ filter: /glue$/, namespace: 'juzi' }, () => ({
      contents: shortenExports(names(), readFileSync(glue, 'utf8')),
      resolveDir: built,
    }));
    onLoad({ filter: /imports$/, namespace: 'juzi' }, () => ({ contents: importsOf(names(), 'juzi:bench-glue'), resolveDir: built }));
  },
};

export async function measure({ browser, site, rounds, quick, progress }) {
  if (!existsSync(join(built, 'juzi_helper_bg.wasm'))) throw new Error('target/wasm-bench is not built: run ./build.sh bench');
  for (const validator of NAMES) {
    await site.add(`/validators/${validator}.js`, await bundle(`validators/${validator}.js`, 'iife', [ourModule]));
    const page = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="/validators/${validator}.js"></script>`;
    await site.add(`/validators/${validator}.html`, page);
  }
  return interleaved(rounds.validation, NAMES, async (validator, round) => {
    progress(`round ${round + 1} of ${rounds.validation}`);
    const url = `${site.console}/validators/${validator}.html`;
    const settings = quick ? QUICK : SETTINGS;
    const { found, times } = await browser.sample(url, (page) => page.evaluate((given) => validation(given), settings));
    if (!validator.startsWith('boundary')) agree(validator, found);
    return Object.fromEntries(Object.entries(times).map(([what, all]) => [what, median(all)]));
  });
}

/** Checks that all validators agree, because their times are comparable only then. */
function agree(validator, found) {
  const wrong = Object.entries(found).filter(([what, valid]) => valid !== what.startsWith('valid '));
  if (wrong.length) throw new Error(`${validator} is wrong about: ${wrong.map(([what]) => what).join(', ')}`);
}

export function report(samples) {
  const of = (validator, what) => samples[validator].map((sample) => sample[what]);
  const nanoseconds = (validator, what) => median(of(validator, what));
  const row = (what) => [what, ...NAMES.map((validator) => bytes(Math.round(nanoseconds(validator, what))))];
  const overall = (validator, kind) => samples[validator].map((sample) => geometricMean(TYPES.map((type) => sample[`${kind} ${type}`])));
  const ahead = (peer) => median(ratios(overall('ours', 'valid'), overall(peer, 'valid')));
  const target = (peer) => ({
    what: `validating the six valid messages, compared with ${peer}`,
    target: '< 1.00 ×',
    figure: ratio(ahead(peer)),
    reached: ahead(peer) < 1,
  });
  const means = (kind) => [`${kind}, geometric mean`, ...NAMES.map((validator) => bytes(Math.round(median(overall(validator, kind)))))];
  const cases = ['valid', 'invalid'].flatMap((kind) => [...TYPES.map((type) => row(`${kind} ${type}`)), means(kind)]);
  const plotted = NAMES.filter((validator) => !validator.startsWith('boundary'));
  return {
    targets: [target('valibot'), target('zod')],
    plots: {
      validation: groupedChart({
        title: 'Validating a valid message',
        unit: 'ns',
        groups: TYPES,
        series: plotted.map((validator) => ({
          label: LABELS[validator],
          ours: validator === 'ours',
          values: TYPES.map((type) => nanoseconds(validator, `valid ${type}`)),
        })),
      }),
    },
    markdown: `Nanoseconds to find a message valid or invalid: medians of contexts, each the median of ${SETTINGS.chunks} runs of ${bytes(SETTINGS.count)} after a
warm-up. All validators give the same result for all twelve messages. valibot ${versionOf('valibot')}, zod ${versionOf('zod')}, juzi-helper and the hand-written
function return a new plain object; ajv ${versionOf('ajv')} (schema compiled to a function) only checks. juzi-helper and the libraries
return an error text for an invalid message. Only juzi-helper's text names the field as the page's developer knows it, and follows
the protocol's order of checks.

juzi-helper's checks are in the module, but the messages are not, so each read of a member crosses the boundary. That cost is
listed separately: *boundary, empty* is a call into the module that does nothing, *boundary, one read* is a call that reads one
member of the message.

${table(['message', ...NAMES.map((validator) => LABELS[validator])], cases)}

![Validating a valid message](benches/plots/validation.svg)`,
  };
}

const geometricMean = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
