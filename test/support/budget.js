import { hasBadHash } from './builds.js';
import { build, checked } from './tophash.js';

const multiplier = Number(process.env.TOPHASH_BUDGET ?? 1);

/** Every random choice of the suite follows from this number; `node test/run.js --seed N` sets another. */
export const seed = Number(process.env.TOPHASH_SEED ?? 20261122) >>> 0;

/**
 * How much of something a test does: `quick`, times TOPHASH_BUDGET. Debug builds check a whole table after each
 * mutation, the high build pays for its address space, and where hashes are bad every key costs a search, so that all
 * of them may ask for less; `full` is what the release build does under --full where that is not `quick` times the
 * multiplier. Where less would test nothing, `whole` says that a multiplier below 1 counts as 1.
 */
export function budget(quick, { debug = quick, high = quick, badHash = quick, full, whole = false } = {}) {
  if (full !== undefined && multiplier >= 10 && build === 'release') return full;
  return Math.ceil(quickOf({ quick, debug, high, badHash }) * (whole ? Math.max(1, multiplier) : multiplier));
}

/**
 * A size that is what a test is about and no budget; where hashes are bad a smaller one shows the same, and all pairs
 * of its keys less.
 */
export function size(rows, { badHash }) {
  return hasBadHash(build) ? badHash : rows;
}

function quickOf({ quick, debug, high, badHash }) {
  if (hasBadHash(build)) return checked ? Math.min(debug, badHash) : badHash;
  if (checked) return debug;
  return build === 'high' ? high : quick;
}
