// The bytes over the wire that a page loads.
import { gzipSync } from 'node:zlib';
import { LIMITS } from '../../scripts/limits.mjs';
import { CONTENDERS, fetched, versionOf } from '../lib/contenders.mjs';
import { barChart } from '../lib/plot.mjs';
import { brotli } from '../lib/site.mjs';
import { bytes, table } from '../lib/report.mjs';

export const name = 'size';
export const title = 'Bytes over the wire';
const LIMIT = LIMITS['pkg/juzi-helper.js'];
const NAMES = ['ours', 'package', 'external', 'wecom', 'wecom-bundled', 'weixin', 'penpal', 'comlink', 'post-robot', 'app-bridge'];

export async function measure({ scripts }) {
  const result = {};
  for (const contender of NAMES) {
    const files = [scripts[contender], ...(CONTENDERS[contender].beside ?? []).map((file) => fetched.get(file))];
    const sum = async (size) => (await Promise.all(files.map(size))).reduce((total, part) => total + part, 0);
    result[contender] = {
      files: files.length,
      raw: await sum((data) => data.length),
      gzip: await sum((data) => gzipSync(data, { level: 9 }).length),
      brotli: await sum(async (data) => (await brotli(data)).length),
    };
  }
  return result;
}

export function report(result) {
  const rows = NAMES.map((contender) => {
    const { label, of } = CONTENDERS[contender];
    const { files, raw, gzip, brotli: small } = result[contender];
    return [`${label}${of ? ` ${versionOf(of)}` : ''}`, files, bytes(raw), bytes(gzip), bytes(small)];
  });
  return {
    targets: [
      {
        what: 'drop-in script after Brotli',
        target: `≤ ${bytes(LIMIT)} bytes`,
        figure: `${bytes(result.ours.brotli)} bytes`,
        reached: result.ours.brotli <= LIMIT,
      },
    ],
    plots: {
      size: barChart({
        title: 'Bytes over the wire after Brotli 11',
        unit: 'bytes',
        digits: 0,
        bars: NAMES.map((contender) => ({
          label: CONTENDERS[contender].label,
          value: result[contender].brotli,
          ours: !CONTENDERS[contender].of,
        })),
      }),
    },
    markdown: `The bytes that a page downloads to make its first call. A script tag's file is counted as published. A package is counted as
the bundle (esbuild, minified, tree-shaken) of a page that imports it and makes one call, plus every other file that it fetches.

${table(['what', 'files', 'raw', 'gzip -9', 'Brotli 11'], rows)}

![Bytes over the wire](benches/plots/size.svg)`,
  };
}
