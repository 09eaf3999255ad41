/** Figures of many rounds reduced to what a table shows. */
import { CONTENDERS } from './contenders/index.js';
import { substituteOf } from './rows.js';

/** @typedef {import('./contenders/index.js').ContenderName} ContenderName */
/** @typedef {import('./driver.js').Results} Results */
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
 * @param {Results} results
 * @param {ContenderName} contender
 * @param {string} row
 * @returns {Sample[]}
 */
export function samplesOf(results, contender, row) {
  const { presizes } = CONTENDERS[contender];
  return results.samples[contender]?.[substituteOf(row, presizes)] ?? [];
}

/**
 * One property of the samples over the rounds where it is known.
 * @param {Sample[]} samples
 * @param {'ns' | 'wall' | 'cpu' | 'heap' | 'bytesPerEntry'} property
 */
export function spreadOf(samples, property) {
  return spread(samples.map((sample) => sample[property]).filter((figure) => figure !== undefined));
}

/**
 * How many times as long `contender` takes as `tophash`, both taken in the same round.
 * @param {Results} results
 * @param {string} row
 * @param {ContenderName} contender
 * @param {ContenderName} tophash
 */
export function ratio(results, row, contender, tophash) {
  const own = samplesOf(results, tophash, row);
  const others = samplesOf(results, contender, row);
  const rounds = Math.min(own.length, others.length);
  return spread(Array.from({ length: rounds }, (_, i) => others[i].ns / own[i].ns));
}
