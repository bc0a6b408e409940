// BENCHMARKS.md: what was measured, where, and whether it is what was aimed at.
export const bytes = (number) => number.toLocaleString('en-US');
export const ratio = (number) => `${number.toFixed(2)} ×`;

/** `1.23 (1.20–1.31)` */
export const spreadCell = ({ median, low, high }, digits) =>
  `${fixed(median, digits)} (${fixed(low, digits)}–${fixed(high, digits)})`;

const fixed = (number, digits) => number.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** In Markdown; the first column is text, all others are numbers. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const numbers = rows.length > 0 && head.map((_, column) => rows.every((row) => /^[\d–−+]/.test(String(row[column]))));
  return [line(head), line(head.map((_, column) => (column > 0 && numbers[column] ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

export const targetTable = (targets) =>
  table(
    ['what', 'aim', 'measured', 'reached'],
    targets.map(({ what, target, figure, reached }) => [what, target, figure, reached ? 'yes' : '**no**']),
  );

const BUSY = `The machine was
busy with other work before the run (its load is below): times are longer than on a quiet one, and a ratio may be off by as much
as the quartiles are apart; a figure below bare \`postMessage\` is noise.`;

/**
 * @param {{ title: string, markdown: string, targets: object[] }[]} sections
 * @param {Record<string, string>} machine
 */
export function document(sections, machine) {
  return `<!-- Written by \`./build.sh bench\`. -->
# Benchmarks

What juzi-helper costs a page, beside what a page might use instead. Everything below was measured in one run on one machine,
${machine.when}.${machine.busy ? ` ${BUSY}` : ''}

${targetTable(sections.flatMap(({ targets }) => targets))}

${sections.map(({ title, markdown }) => `## ${title}\n\n${markdown}`).join('\n\n')}

## The machine

${table(['what', 'here'], Object.entries(machine.facts))}

## How to repeat it

\`\`\`sh
./build.sh bench              # everything; writes this file and benches/plots/ (about ${machine.minutes} minutes here)
./build.sh bench --quick      # a few rounds, printed only
./build.sh bench --only size  # one part, printed only
./build.sh bench --help
\`\`\`

The peers are the versions pinned in \`benches/package-lock.json\`. Every sample is taken in a browser context of its own. Within a
round each contender is sampled, starting with another one each time, and ratios are taken within the round, so that what else
the machine does hits all alike. A median stands with the quartiles around it; where they overlap, there is no difference
to speak of. What was tried and did not pay is in [docs/notes-on-size.md](docs/notes-on-size.md).
`;
}
