/**
 * The data of one round at one N: maps to fill ("subjects"), and what is asked of each.
 *
 * Every round has new keys in a new order, so that no branch predictor and no cache knows the
 * answers from the round before. A small N is spread over many maps, each asked in many different
 * orders: a predictor that would memorise 1,000 look-ups meets 1,000,000 of them.
 */
import { mix, numbersFrom, shuffle } from '../keys.js';

/** Entries inserted in one sample, at least: the maps share them. */
const ENTRIES = 200_000;
/** Look-ups of one sample, about: one column of them repeats no key. */
const LOOKUPS = 1_000_000;

/**
 * Kinds of keys and values.
 * @typedef {object} Kinds
 * @property {(seed: number, numbers: Uint32Array) => any} column the keys of these numbers
 * @property {Uint32ArrayConstructor | Float64ArrayConstructor} Values
 * @property {(numbers: Uint32Array) => Uint32Array | Float64Array} valuesOf the values that the keys of these numbers get
 */

/**
 * A column of keys to look up, with the columns that a batch answers into.
 * @typedef {object} Lookup
 * @property {Uint32Array} numbers
 * @property {any} keys as the contender takes them; there during a row that asks for them
 * @property {Uint32Array | Float64Array} values
 * @property {Uint8Array} found
 * @property {number} checksum
 */

/**
 * One map, its entries, and everything that will be asked of it. Keys are written down as their numbers.
 * @typedef {object} Subject
 * @property {(numbers: Uint32Array) => any} column the keys of these numbers
 * @property {unknown[]} cache what contenders keep from row to row
 * @property {Lookup} entries in order of insertion: the keys, and the values that they get
 * @property {Lookup} deletions the same keys in another order
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
 * @param {Kinds} kinds
 * @param {number} n entries of one map
 * @param {number} round
 * @param {number} [maps] how many, if not as many as share ENTRIES
 * @returns {Subject[]}
 */
export function createSubjects(kinds, n, round, maps) {
  const subjects = maps ?? Math.max(1, Math.round(ENTRIES / n));
  const length = Math.min(n, LOOKUPS / (maps ?? 1));
  const passes = Math.max(1, Math.round(LOOKUPS / (subjects * length)));
  return Array.from({ length: subjects }, (_, s) => createSubject(kinds, n, mix(round * subjects + s), passes, length));
}

/**
 * @param {Kinds} kinds
 * @param {number} n
 * @param {number} seed
 * @param {number} passes
 * @param {number} length keys of one pass
 * @returns {Subject}
 */
function createSubject({ column, Values, valuesOf }, n, seed, passes, length) {
  const numbers = numbersFrom(0, n);
  const order = numbers.slice();
  /** @param {Uint32Array} numbers */
  const lookupOf = (numbers) => createLookup(numbers, new Values(numbers.length).fill(1));
  /** @type {Subject} */
  const subject = {
    column: (numbers) => column(seed, numbers),
    cache: [],
    entries: createLookup(numbers, valuesOf(numbers)),
    deletions: lookupOf(shuffle(numbers.slice(), seed)),
    hits: [],
    misses: [],
    halves: [],
    warmup: lookupOf(numbers.subarray(0, length)),
    removed: 0,
    sum: 0,
    map: undefined,
  };
  for (let pass = 0; pass < passes; pass++) {
    const hits = shuffle(order, mix(seed + 2 * pass), length).slice(0, length);
    const misses = numbersFrom(n + pass * length, length);
    const halves = hits.slice();
    halves.set(misses.subarray(0, length >>> 1));
    subject.hits.push(lookupOf(hits));
    subject.misses.push(lookupOf(misses));
    subject.halves.push(lookupOf(shuffle(halves, mix(seed + 2 * pass + 1))));
  }
  return subject;
}

/**
 * @param {Uint32Array} numbers
 * @param {Uint32Array | Float64Array} values
 * @returns {Lookup}
 */
function createLookup(numbers, values) {
  return { numbers, keys: undefined, values, found: new Uint8Array(numbers.length).fill(1), checksum: 0 };
}
