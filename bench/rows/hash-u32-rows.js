/** hash.u32 of columns of N keys, again and again. */
import { mix, numbersFrom } from '../keys.js';

/** Keys hashed in one sample. */
const KEYS = 2 ** 22;

/** @typedef {{ keys: Uint32Array, out: Uint32Array, calls: number }} Data */

/**
 * @param {number} n
 * @param {number} round
 * @returns {Data[]}
 */
export function createColumns(n, round) {
  const keys = numbersFrom(0, n).map((number) => mix(number ^ mix(round)));
  return [{ keys, out: new Uint32Array(n), calls: Math.ceil(KEYS / n) }];
}

/** @type {import('./map-rows.js').Row<{ hash: (keys: Uint32Array, seed: number, out: Uint32Array) => void }, Data>[]} */
export const HASH_U32_ROWS = [
  {
    name: 'hash-u32',
    loop: 'hash.u32',
    batch: 'hash.u32',
    enter() {},
    warm: (contender, all) => all.forEach(({ keys, out }) => contender.hash(keys, 0, out)),
    run(contender, all) {
      for (const { keys, out, calls } of all) for (let call = 0; call < calls; call++) contender.hash(keys, call, out);
    },
    checksum: (_, all) => all.map(({ out }) => out.reduce((sum, hash) => (sum + hash) | 0, 0)).join(),
    leave() {},
    operations: (all) => all.reduce((sum, { keys, calls }) => sum + keys.length * calls, 0),
  },
];
