/**
 * The data of one round at one N: maps to fill ("subjects"), and what is asked of each.
 *
 * Every round has new keys in a new order, so that no branch predictor and no cache knows the
 * answers from the round before. A small N is spread over many maps, each asked in many different
 * orders: a predictor that would memorise 1,000 look-ups meets 1,000,000 of them.
 */
import { fillKeys, mix, shuffle } from './keys.js';

/** Entries inserted in one sample, at least: the maps share them. */
const ENTRIES = 200_000;
/** Look-ups of one sample, about: one column of them repeats no key. */
const LOOKUPS = 1_000_000;

/**
 * A column of keys to look up, with the columns that a batch answers into.
 * @typedef {object} Lookup
 * @property {Uint32Array} keys
 * @property {Uint32Array} values
 * @property {Uint8Array} found
 * @property {number} checksum
 */

/**
 * One map, its entries, and everything that will be asked of it.
 * @typedef {object} Subject
 * @property {Uint32Array} keys in order of insertion
 * @property {Uint32Array} values row numbers, which `Map` holds unboxed: its best case
 * @property {Uint32Array} deletions the same keys in another order
 * @property {Lookup[]} hits
 * @property {Lookup[]} misses
 * @property {Lookup[]} halves half hits, half misses, in random order
 * @property {Lookup} warmup the keys in order of insertion, as far as they fit a column
 * @property {number} removed keys that the deletion found
 * @property {number} sum of all keys and values that iteration found
 * @property {[keys: Uint32Array, values: Uint32Array]} [columns] all entries
 * @property {any} map
 */

/**
 * @param {number} n entries of one map
 * @param {number} round
 * @returns {Subject[]}
 */
export function createWorkload(n, round) {
  const subjects = Math.max(1, Math.round(ENTRIES / n));
  const length = Math.min(n, LOOKUPS);
  const passes = Math.max(1, Math.round(LOOKUPS / (subjects * length)));
  return Array.from({ length: subjects }, (_, s) => createSubject(n, mix(round * subjects + s), passes, length));
}

/**
 * @param {number} n
 * @param {number} seed
 * @param {number} passes
 * @param {number} length keys of one pass
 * @returns {Subject}
 */
function createSubject(n, seed, passes, length) {
  const keys = fillKeys(seed, 0, new Uint32Array(n));
  const order = keys.slice();
  /** @type {Subject} */
  const subject = {
    keys,
    values: keys.map((_, row) => row),
    deletions: shuffle(keys.slice(), seed),
    hits: [],
    misses: [],
    halves: [],
    warmup: createLookup(keys.subarray(0, length)),
    removed: 0,
    sum: 0,
    map: undefined,
  };
  for (let pass = 0; pass < passes; pass++) {
    const hits = shuffle(order, mix(seed + 2 * pass), length).slice(0, length);
    const misses = fillKeys(seed, n + pass * length, new Uint32Array(length));
    const halves = hits.slice();
    halves.set(misses.subarray(0, length >>> 1));
    subject.hits.push(createLookup(hits));
    subject.misses.push(createLookup(misses));
    subject.halves.push(createLookup(shuffle(halves, mix(seed + 2 * pass + 1))));
  }
  return subject;
}

/**
 * @param {Uint32Array} keys
 * @returns {Lookup}
 */
function createLookup(keys) {
  return {
    keys,
    values: new Uint32Array(keys.length).fill(1),
    found: new Uint8Array(keys.length).fill(1),
    checksum: 0,
  };
}
