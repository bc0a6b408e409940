// Charts as SVG, readable on a light and on a dark page.
const WIDTH = 760;
const STYLE = `text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600; font-size: 15px }
.small { font-size: 11px; fill: #57606a }
.grid { stroke: #d0d7de }
.whisker { stroke: #24292f }
.c0 { fill: #8c959f } .c1 { fill: #0969da } .c2 { fill: #1a7f37 } .c3 { fill: #bf8700 } .c4 { fill: #cf222e } .c5 { fill: #8250df }
.l0 { stroke: #8c959f } .l1 { stroke: #0969da }
.line { fill: none; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .small { fill: #9198a1 } .grid { stroke: #3d444d } .whisker { stroke: #e6edf3 }
  .c1 { fill: #4493f8 } .c2 { fill: #3fb950 } .c3 { fill: #d29922 } .c4 { fill: #f85149 } .c5 { fill: #ab7df8 } .l1 { stroke: #4493f8 }
}`;

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const round = (number) => Math.round(number * 10) / 10;
const format = (value, digits) => value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const text = (x, y, content, attributes = '') => `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escape(content)}</text>`;
const line = (x1, y1, x2, y2, kind) => `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${kind}"/>`;
const box = (x, y, width, height, kind) =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(width, 1))}" height="${round(height)}" rx="2" class="${kind}"/>`;

const svg = (height, title, parts) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escape(title)}">
<style>${STYLE}</style>
${text(12, 24, title, 'class="title"')}
${parts.flat().join('\n')}
</svg>
`;

/**
 * A bar for each contender, ours in colour, with the quartiles as a whisker.
 * @param {{ title: string, unit: string, digits: number, bars: { label: string, value: number, low?: number, high?: number, ours: boolean
 *   }[] }} chart
 */
export function barChart({ title, unit, digits, bars }) {
  const left = 230;
  const right = 90;
  const step = 28;
  const scale = (WIDTH - left - right) / Math.max(...bars.map(({ value, high }) => Math.max(value, high ?? 0)));
  const rows = bars.map(({ label, value, low, high, ours }, index) => {
    const y = 48 + index * step;
    const end = left + Math.max(value, high ?? 0) * scale;
    return [
      text(left - 10, y + 13, label, 'text-anchor="end"'),
      box(left, y, value * scale, 18, ours ? 'c1' : 'c0'),
      ...(low === undefined ? [] : [line(left + low * scale, y + 9, left + high * scale, y + 9, 'whisker')]),
      text(end + 8, y + 13, format(value, digits)),
    ];
  });
  return svg(48 + bars.length * step + 8, `${title}, ${unit}`, rows);
}

/**
 * Lines over a logarithmic axis, with the quartiles as whiskers.
 * @param {{ title: string, unit: string, axis: string, xs: number[],
 *   lines: { label: string, ours: boolean, points: { median: number, low: number, high: number }[] }[] }} chart
 */
export function lineChart({ title, unit, axis, xs, lines }) {
  const [left, top, width, height] = [70, 64, WIDTH - 110, 220];
  const most = Math.max(...lines.flatMap(({ points }) => points.map(({ high }) => high))) * 1.1;
  const place = (index) => left + 30 + (index * (width - 60)) / (xs.length - 1);
  const level = (value) => top + height - (value * height) / most;
  const ticks = ticksTo(most).map((tick) => [
    line(left, level(tick), left + width, level(tick), 'grid'),
    text(left - 8, level(tick) + 4, format(tick, 0), 'text-anchor="end" class="small"'),
  ]);
  const labels = xs.map((x, index) => text(place(index), top + height + 20, format(x, 0), 'text-anchor="middle" class="small"'));
  const curves = lines.map(({ label, ours, points }, index) => {
    const colour = ours ? 1 : 0;
    return [
      `<polyline class="line l${colour}" points="${points.map(({ median }, at) => `${round(place(at))},${round(level(median))}`).join(' ')}"/>`,
      ...points.map(({ low, high }, at) => line(place(at), level(low), place(at), level(high), `l${colour}`)),
      ...points.map(({ median }, at) => `<circle cx="${round(place(at))}" cy="${round(level(median))}" r="3.5" class="c${colour}"/>`),
      box(left + index * 180, 38, 12, 12, `c${colour}`),
      text(left + index * 180 + 18, 49, label),
    ];
  });
  return svg(top + height + 52, `${title}, ${unit}`, [
    ...ticks,
    labels,
    text(left + width / 2, top + height + 42, axis, 'text-anchor="middle" class="small"'),
    ...curves,
  ]);
}

/**
 * A group of bars for each case, one bar a contender; the axis is logarithmic, since contenders lie an order of magnitude apart.
 * @param {{ title: string, unit: string, groups: string[], series: { label: string, ours: boolean, values: number[] }[] }} chart
 */
export function groupedChart({ title, unit, groups, series }) {
  const [left, top, width, height] = [70, 64, WIDTH - 90, 240];
  const values = series.flatMap(({ values: own }) => own);
  const [first, last] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const level = (value) => top + height - ((Math.log10(value) - first) * height) / (last - first);
  const powers = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
  const ticks = powers.map((tick) => [
    line(left, level(tick), left + width, level(tick), 'grid'),
    text(left - 8, level(tick) + 4, format(tick, 0), 'text-anchor="end" class="small"'),
  ]);
  const step = width / groups.length;
  const bar = (step - 16) / series.length;
  // Elsewhere peers are grey, because they need not be distinguished. Here each has its own colour.
  const colours = series.map(({ ours }, index) => (ours ? 1 : index + 1));
  const legend = series.map(({ label }, index) => [
    box(left + index * 125, 38, 12, 12, `c${colours[index]}`),
    text(left + index * 125 + 18, 49, label),
  ]);
  const bars = groups.map((group, at) => [
    ...series.map(({ values: own }, index) =>
      box(left + at * step + 8 + index * bar, level(own[at]), bar - 2, top + height - level(own[at]), `c${colours[index]}`),
    ),
    text(left + at * step + step / 2, top + height + 20, group, 'text-anchor="middle" class="small"'),
  ]);
  return svg(top + height + 36, `${title}, ${unit} (logarithmic)`, [...ticks, ...legend, ...bars]);
}

/** Round numbers from 0 to below `most`, about five. */
function ticksTo(most) {
  const power = 10 ** Math.floor(Math.log10(most / 5));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => most / size <= 6);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}
