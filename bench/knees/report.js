/** The knees of what was measured: a part of the report. */
import { figures, samplesOf, spread, spreadOf } from '../statistics.js';
import { kneeLine, kneesOf } from './knees.js';
import { memoryLevels } from './levels.js';

/** @typedef {import('../driver.js').Results} Results */

/** Sizes that are measured for it. */
export const KNEE_SIZES = Array.from({ length: 14 }, (_, i) => 1000 * 2 ** i);
const ROW = 'get-hit';
export const KNEE_ROWS = [ROW];
export const KNEE_CONTENDERS = ['tophash', 'tophash-batch', 'open-addressing'];

/**
 * Lines for each contender whose bytes are known.
 * @param {Results[]} all
 * @returns {string[]}
 */
export function kneeLines(all) {
  const own = all.filter(({ suite, n }) => suite.name === 'u32' && KNEE_SIZES.includes(n)).sort((a, b) => a.n - b.n);
  const levels = memoryLevels();
  if (own.length === 0) return ['Not measured.'];
  if (levels.length === 0) return ['This system does not tell its caches.'];
  return Object.entries(own[0].suite.contenders).flatMap(([name, { label, own: form }]) => {
    const points = pointsOf(own, name);
    if (points.length < 3) return [];
    const which = form ? `tophash, ${form === 'batch' ? 'getAll' : 'get'}` : label;
    return [`${which}:`, ...kneesOf(points, levels).map((knee) => `- ${kneeLine(knee)}`), ''];
  });
}

/**
 * Bytes are those of the table: the ones of an entry, in the middle of all sizes, so that what every map of its own
 * memory has besides does not count for small ones.
 * @param {Results[]} all
 * @param {string} contender
 * @returns {import('./knees.js').Point[]}
 */
function pointsOf(all, contender) {
  const each = all.flatMap((results) => spreadOf(samplesOf(results, contender, ROW), 'bytesPerEntry')?.median ?? []);
  const bytesPerEntry = spread(each)?.median;
  return all.flatMap((results) => {
    const ns = figures(results, ROW, contender)?.median;
    return ns && bytesPerEntry ? [{ n: results.n, ns, bytes: bytesPerEntry * results.n }] : [];
  });
}
