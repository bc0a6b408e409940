// Writes BENCHMARKS.md: the figures, the machine, and whether the targets were reached.
export const bytes = (number) => number.toLocaleString('en-US');
export const ratio = (number) => `${number.toFixed(2)} ×`;

/** `1.23 (1.20–1.31)` */
export const spreadCell = ({ median, low, high }, digits) => `${fixed(median, digits)} (${fixed(low, digits)}–${fixed(high, digits)})`;

const fixed = (number, digits) => number.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A Markdown table. The first column is text; columns of numbers are aligned right. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const numbers = rows.length > 0 && head.map((_, column) => rows.every((row) => /^[\d–−+]/.test(String(row[column]))));
  return [line(head), line(head.map((_, column) => (column > 0 && numbers[column] ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

export const targetTable = (targets) =>
  table(
    ['what', 'target', 'measured', 'reached'],
    targets.map(({ what, target, figure, reached }) => [what, target, figure, reached ? 'yes' : '**no**']),
  );

const BUSY = `The machine was
busy with other work before the run (its load is below). Times are longer than on an idle machine, and a ratio may be off by as
much as the distance of the quartiles. A figure below bare \`postMessage\` is noise.`;

/**
 * @param {{ title: string, markdown: string, targets: object[] }[]} sections
 * @param {Record<string, string>} machine
 */
export function document(sections, machine) {
  return `<!-- Written by \`./build.sh bench\`. -->
# Benchmarks

What juzi-helper costs a page, compared with what a page might use instead. All figures were measured in one run on one machine,
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

The peers have the versions pinned in \`benches/package-lock.json\`. Every sample is taken in a new browser context. In each round
every contender is sampled, starting with a different one each time, and ratios are computed within the round, so that other load
on the machine affects all contenders alike. Each median is given with its quartiles; where the quartiles of two contenders
overlap, the difference is not significant. [docs/notes-on-size.md](docs/notes-on-size.md) lists what was tried without success.
`;
}
