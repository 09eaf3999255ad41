/** Algebra of two sets of N random u32 each, half of which both have, in different orders. */
import { integers, mix, numbersFrom, shuffle } from '../keys.js';

/** @typedef {{ keys: Uint32Array[], sets: any[], result: any }} Pair */
/** @typedef {import('./map-rows.js').Row<any, Pair>} SetRow */

/**
 * @param {number} n
 * @param {number} round
 * @returns {Pair[]}
 */
export function createPairs(n, round) {
  const seed = mix(round);
  const columns = [0, n >>> 1].map((from) => integers(seed, shuffle(numbersFrom(from, n), mix(seed + from))));
  return [{ keys: columns, sets: [], result: undefined }];
}

export const SET_ROWS = [row('union'), row('intersection')];

/**
 * @param {'union' | 'intersection'} name
 * @returns {SetRow}
 */
function row(name) {
  return {
    name,
    loop: name,
    batch: name,
    enter(contender, pairs) {
      for (const pair of pairs) if (pair.sets.length === 0) pair.sets = pair.keys.map(contender.create);
    },
    warm() {},
    run(contender, pairs) {
      for (const pair of pairs) pair.result = contender[name](...pair.sets);
    },
    checksum: (_, pairs) => pairs.map(({ result }) => result.size).join(),
    leave(contender, pairs) {
      for (const pair of pairs) {
        contender.dispose(pair.result);
        pair.result = undefined;
      }
    },
    operations: (pairs) => pairs.reduce((sum, { keys }) => sum + keys[0].length + keys[1].length, 0),
  };
}

/**
 * @param {any} contender
 * @param {Pair[]} pairs
 */
export function dropSets(contender, pairs) {
  for (const { sets } of pairs) sets.splice(0).forEach(contender.dispose);
}

/**
 * A set that lives as long as the process, for the reason of map-rows.js.
 * @param {any} contender
 * @param {Pair[]} pairs
 */
export function setOf(contender, [{ keys }]) {
  return contender.create(keys[0]);
}
