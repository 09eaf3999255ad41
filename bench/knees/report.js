/** The knees of what was measured: a part of the report. */
import { figures, samplesOf, spreadOf } from '../statistics.js';
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
    const points = own.flatMap((results) => pointOf(results, name));
    if (points.length < 3) return [];
    const which = form ? `tophash, ${form === 'batch' ? 'getAll' : 'get'}` : label;
    return [`${which}:`, ...kneesOf(points, levels).map((knee) => `- ${kneeLine(knee)}`), ''];
  });
}

/**
 * @param {Results} results
 * @param {string} contender
 * @returns {import('./knees.js').Point[]}
 */
function pointOf(results, contender) {
  const ns = figures(results, ROW, contender)?.median;
  const each = [ROW, 'insert'].map((row) => spreadOf(samplesOf(results, contender, row), 'bytesPerEntry')?.median);
  const bytesPerEntry = each[0] ?? each[1];
  return ns === undefined || bytesPerEntry === undefined
    ? []
    : [{ n: results.n, ns, bytes: bytesPerEntry * results.n }];
}
