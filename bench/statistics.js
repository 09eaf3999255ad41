/** Figures of many rounds reduced to what a table shows. */

/** @typedef {import('./driver.js').Results} Results */
/** @typedef {import('./suites/index.js').Suite} Suite */
/** @typedef {import('./worker.js').Sample} Sample */

/** @typedef {{ q1: number, median: number, q3: number }} Spread */

/**
 * The median and the quartiles; nothing where nothing was measured.
 * @param {number[]} figures
 * @returns {Spread | undefined}
 */
export function spread(figures) {
  if (figures.length === 0) return undefined;
  const sorted = [...figures].sort((a, b) => a - b);
  /** @param {number} share */
  const quantile = (share) => {
    const at = share * (sorted.length - 1);
    const below = sorted[Math.floor(at)];
    return below + (sorted[Math.ceil(at)] - below) * (at % 1);
  };
  return { q1: quantile(0.25), median: quantile(0.5), q3: quantile(0.75) };
}

/**
 * The figure of this row is that of another one for a contender that cannot be presized.
 * @param {Suite} suite
 * @param {string} row
 * @param {string} contender
 */
export function substituteOf(suite, row, contender) {
  return row === 'insert-presized' && !suite.contenders[contender].presizes ? 'insert' : row;
}

/**
 * @param {Results} results
 * @param {string} contender
 * @param {string} row
 * @returns {Sample[]}
 */
export function samplesOf({ suite, samples }, contender, row) {
  return samples[contender]?.[substituteOf(suite, row, contender)] ?? [];
}

/**
 * One property of the samples over the rounds where it is known.
 * @param {Sample[]} samples
 * @param {'ns' | 'wall' | 'cpu' | 'heap' | 'outside' | 'bytes' | 'bytesPerEntry'} property
 */
export function spreadOf(samples, property) {
  return spread(samples.map((sample) => sample[property]).filter((figure) => figure !== undefined));
}

/**
 * What a row measures, in the suite's unit: bytes where it weighs.
 * @param {Results} results
 * @param {string} row
 * @param {string} contender
 */
export function figures(results, row, contender) {
  const { rate } = results.suite;
  return spread(samplesOf(results, contender, row).map((sample) => (rate ? 1 / costOf(sample) : costOf(sample))));
}

/**
 * How many times as long `contender` takes as `tophash`, or as many bytes, both in the same round.
 * @param {Results} results
 * @param {string} row
 * @param {string} contender
 * @param {string} tophash
 */
export function ratio(results, row, contender, tophash) {
  const own = samplesOf(results, tophash, row);
  const others = samplesOf(results, contender, row);
  const rounds = Math.min(own.length, others.length);
  return spread(Array.from({ length: rounds }, (_, i) => costOf(others[i]) / costOf(own[i])));
}

/** @param {Sample} sample */
function costOf({ bytes, cycles, ns }) {
  return /** @type {number} */ (bytes ?? cycles ?? ns);
}
