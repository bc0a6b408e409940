// Medians and quartiles, and the order of samples.

/** The value below which the given part of the samples lies, interpolated. */
export function quantile(samples, part) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)];
  return below + (sorted[Math.ceil(at)] - below) * (at % 1);
}

export const median = (samples) => quantile(samples, 0.5);

/** Median, and the quartiles around it. */
export const spread = (samples) => ({
  median: median(samples),
  low: quantile(samples, 0.25),
  high: quantile(samples, 0.75),
  samples: samples.length,
});

/**
 * Samples the contenders in rounds, each as often per round as it is listed. Each round starts with a different contender, so
 * that drift (heat, other programs) affects all alike.
 * @param {number} rounds
 * @param {string[]} names
 * @param {(name: string, round: number) => Promise<T>} sample
 * @returns {Promise<Record<string, T[]>>} the samples of each, in the order of the rounds
 * @template T
 */
export async function interleaved(rounds, names, sample) {
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) samples[name].push(await sample(name, round));
  }
  return samples;
}

/**
 * The ratios of a contender's samples to another's, round by round, so that noise that lasts longer than a round cancels out.
 * A contender sampled once in a round is compared with the other's first sample of that round.
 */
export const ratios = (samples, base) => samples.map((sample, index) => sample / base[Math.floor((index * base.length) / samples.length)]);
