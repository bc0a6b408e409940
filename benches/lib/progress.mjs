// Shows progress: on a terminal as one changing line, in a log as a line for every fifth round.
let shown = '';

export const progress = (name) => (what) => {
  const line = `${name}: ${what}`;
  if (line === shown) return;
  shown = line;
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
  else if (!/round (?!1 )\d*[^05] of/.test(line)) process.stderr.write(`${line}\n`);
};

export function endProgress() {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
}
