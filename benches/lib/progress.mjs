// What is being done: on a terminal one line that changes, in a log a line for each fifth round.
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
