/**
 * getAll over how unevenly buckets are loaded. The keys are chosen by their hash, which a map of a known seed allows:
 * of the 64 buckets of a page, one half gets `skew` more than the mean, the other half `skew` less.
 */
import { unhash } from '../../test/support/fmix32.js';
import { mix, numbersFrom, shuffle } from '../keys.js';

/** Of every map here. */
export const SEED = 7;
/** Parts of the mean by which the buckets of the two halves differ from it. */
export const SKEWS = [0, 0.25, 0.5, 0.75, 0.9];
/** The bit of a hash that tells in which half of a page its bucket is: see assembly/table/address.ts. */
const HALF = 1 << 30;

/** @typedef {{ skew: number, keys: Uint32Array, lookup: import('./map-data.js').Lookup, map: any }} Subject */
/** @typedef {import('../contenders/index.js').Contender<any>} Contender */

/** @param {number} skew */
export const rowOf = (skew) => `skew-${skew * 100}`;

/**
 * @param {number} n
 * @param {number} round
 * @returns {Subject[]}
 */
export function createSkewed(n, round) {
  return SKEWS.map((skew) => {
    const keys = skewedKeys(n, skew, mix(round));
    const numbers = shuffle(numbersFrom(0, n), mix(round + 1));
    const asked = numbers.map((number) => keys[number]);
    const lookup = { numbers, keys: asked, values: new Uint32Array(n), found: new Uint8Array(n), checksum: 0 };
    return { skew, keys, lookup, map: undefined };
  });
}

/**
 * Different keys: of a stream of different hashes, those of the emptier half are left out as often as needed.
 * @param {number} n
 * @param {number} skew
 * @param {number} seed
 */
export function skewedKeys(n, skew, seed) {
  const kept = ((1 - skew) / (1 + skew)) * 2 ** 32;
  const keys = new Uint32Array(n);
  for (let row = 0, number = 0; row < n; number++) {
    const hash = mix(number ^ seed);
    if ((hash & HALF) !== 0 && mix(hash + 1) >= kept) continue;
    keys[row++] = unhash(hash, SEED);
  }
  return keys;
}

/**
 * The standard deviation of entries per bucket: chance, as in every hash table, and the two halves.
 * @param {number} load mean
 * @param {number} skew
 */
export function deviationOf(load, skew) {
  return Math.sqrt(load + (load * skew) ** 2);
}

export const DEVIATION_ROWS = SKEWS.map(row);

/**
 * @param {number} skew
 * @returns {import('./map-rows.js').Row<Contender, Subject>}
 */
function row(skew) {
  /** @param {Subject[]} subjects */
  const own = (subjects) => subjects.filter((subject) => subject.skew === skew);
  const label = `getAll hit, buckets +-${skew * 100} %`;
  return {
    name: rowOf(skew),
    loop: label,
    batch: label,
    enter(contender, subjects) {
      dropSkewed(contender, subjects);
      for (const subject of own(subjects)) {
        subject.map = contender.create();
        contender.fill(subject.map, subject.keys, subject.lookup.numbers);
      }
    },
    warm(contender, subjects) {
      for (const { map, lookup } of own(subjects)) contender.has(map, lookup);
    },
    run(contender, subjects) {
      for (const { map, lookup } of own(subjects)) contender.get(map, lookup);
    },
    checksum: (contender, subjects) =>
      own(subjects)
        .map(({ lookup }) => {
          contender.sumGet?.(lookup);
          return lookup.checksum;
        })
        .join(),
    leave() {},
    operations: (subjects) => own(subjects).reduce((sum, { keys }) => sum + keys.length, 0),
  };
}

/**
 * @param {Contender} contender
 * @param {Subject[]} subjects
 */
export function dropSkewed(contender, subjects) {
  for (const subject of subjects) {
    if (subject.map) contender.dispose(subject.map);
    subject.map = undefined;
  }
}
