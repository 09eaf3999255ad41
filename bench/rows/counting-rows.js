/** How often each key was drawn: N draws by Zipf's law, the hot keys spread over the full 32-bit range. */
import { integers, mix, zipf } from '../keys.js';
import { sized } from '../streams.js';

/** Most keys that can be drawn: one for so many draws. */
const DRAWS_PER_RANK = 10;
const EXPONENT = 1.1;

/** @typedef {{ draws: Uint32Array, map: any }} Subject */

/**
 * @typedef {object} CountingContender
 * @property {() => any} create
 * @property {(map: any, draws: Uint32Array) => void} count
 * @property {(map: any) => Iterable<[key: number, count: number]>} entries
 * @property {(map: any) => number | undefined} bytes outside the JavaScript heap
 * @property {(map: any) => void} dispose
 */

/** @typedef {import('./map-rows.js').Row<CountingContender, Subject>} CountingRow */

/**
 * @param {number} n
 * @param {number} round
 * @returns {Subject[]}
 */
export function createDraws(n, round) {
  const seed = mix(round);
  const ranks = zipf({ exponent: EXPONENT, ranks: Math.ceil(n / DRAWS_PER_RANK) }, n, mix(seed));
  return [{ draws: integers(seed, ranks), map: undefined }];
}

/**
 * Maps without values or look-ups, their keys the draws.
 * @param {Subject[]} subjects
 */
export function countingStreams(subjects) {
  const none = new Uint32Array(6);
  return [Uint32Array.of(subjects.length), ...subjects.flatMap(({ draws }) => [...sized(draws), none])];
}

/** @type {CountingRow[]} */
export const COUNTING_ROWS = [
  {
    name: 'count',
    loop: 'count',
    batch: "putAll(keys, 1, 'add')",
    enter() {},
    warm() {},
    run(contender, subjects) {
      for (const subject of subjects) {
        subject.map = contender.create();
        contender.count(subject.map, subject.draws);
      }
    },
    checksum(contender, subjects) {
      return subjects.map(({ map }) => checksumOf(contender.entries(map))).join();
    },
    leave: dropCounts,
    operations: (subjects) => subjects.reduce((sum, { draws }) => sum + draws.length, 0),
  },
];

/** @param {Iterable<[key: number, count: number]>} entries */
function checksumOf(entries) {
  let [sum, size] = [0, 0];
  for (const [key, count] of entries) {
    sum = (sum + Math.imul(key, count)) | 0;
    size++;
  }
  return `${sum},${size}`;
}

/**
 * @param {CountingContender} contender
 * @param {Subject[]} subjects
 */
export function dropCounts(contender, subjects) {
  for (const subject of subjects) {
    if (subject.map) contender.dispose(subject.map);
    subject.map = undefined;
  }
}

/**
 * A map that lives as long as the process, for the reason of map-rows.js.
 * @param {CountingContender} contender
 * @param {Subject[]} subjects
 */
export function countsOf(contender, [{ draws }]) {
  const map = contender.create();
  contender.count(map, draws.subarray(0, 1000));
  return map;
}

/**
 * @param {CountingContender} contender
 * @param {Subject[]} subjects
 */
export function countBytes(contender, subjects) {
  const sizes = subjects.flatMap(({ map }) => (map ? [contender.bytes(map)] : []));
  return sizes.includes(undefined) ? undefined : sizes.reduce((sum = 0, bytes = 0) => sum + bytes, 0);
}
