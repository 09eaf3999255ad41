/**
 * The life of a small map: made, filled, read (all of its keys, in another order), dropped. Very many of them, one
 * after the other.
 */
import { integers, mix, numbersFrom, shuffle } from '../keys.js';

/** Entries of all maps of one sample. */
const ENTRIES = 200_000;

/** @typedef {import('../contenders/index.js').Contender<any>} Contender */
/** @typedef {import('./map-data.js').Lookup} Lookup */
/** @typedef {{ keys: Uint32Array, values: Uint32Array, lookup: Lookup }} Subject */

/**
 * @param {number} n
 * @param {number} round
 * @returns {Subject[]}
 */
export function createSmall(n, round) {
  const maps = Math.ceil(ENTRIES / n);
  const values = numbersFrom(0, n);
  return Array.from({ length: maps }, (_, map) => {
    const seed = mix(round * maps + map);
    const numbers = shuffle(values.slice(), seed);
    const lookup = { numbers, keys: integers(seed, numbers), values: new Uint32Array(n), found: new Uint8Array(n) };
    return { keys: integers(seed, values), values, lookup: { ...lookup, checksum: 0 } };
  });
}

/** @type {import('./map-rows.js').Row<Contender, Subject>[]} */
export const SMALL_ROWS = [
  {
    name: 'life',
    loop: 'filled, read, dropped',
    batch: 'putAll, getAll, dropped',
    enter() {},
    warm() {},
    run(contender, subjects) {
      for (const { keys, values, lookup } of subjects) {
        const map = contender.create();
        contender.fill(map, keys, values);
        contender.get(map, lookup);
        contender.dispose(map);
      }
    },
    checksum(contender, subjects) {
      let sum = 0;
      for (const { lookup } of subjects) {
        contender.sumGet?.(lookup);
        sum = (sum + lookup.checksum) | 0;
      }
      return String(sum);
    },
    leave() {},
    operations: (subjects) => subjects.reduce((sum, { keys }) => sum + keys.length, 0),
  },
];

/**
 * A map that lives as long as the process, for the reason of map-rows.js.
 * @param {Contender} contender
 * @param {Subject[]} subjects
 */
export function smallOf(contender, [{ keys, values }]) {
  const map = contender.create();
  contender.fill(map, keys, values);
  return map;
}

/**
 * Of a map with the entries of the first one; untimed, as no map is left.
 * @param {Contender} contender
 * @param {Subject[]} subjects
 */
export function smallBytesPerEntry(contender, subjects) {
  const map = smallOf(contender, subjects);
  const bytes = contender.bytes(map);
  const { size } = map;
  contender.dispose(map);
  return bytes && bytes / size;
}
