/**
 * Seeded streams of keys: random, distinct, of the full 32-bit range.
 *
 * Key number c of a stream is a bijection of `c ^ seed`, so the keys of one stream are distinct by
 * construction, and a miss is simply a key with a number that was never inserted. The bijection is
 * not fmix32, which the tables under test hash with: no table meets its own hash as its keys.
 */

/**
 * A 32-bit bijection without visible bias (C. Wellons, "lowbias32").
 * @param {number} x
 */
export function mix(x) {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/**
 * Keys number `from` to `from + into.length - 1` of the stream `seed`.
 * @param {number} seed
 * @param {number} from
 * @param {Uint32Array} into
 */
export function fillKeys(seed, from, into) {
  for (let i = 0; i < into.length; i++) into[i] = mix((from + i) ^ seed);
  return into;
}

/**
 * Fisher and Yates, in place; the first `count` elements are a random choice in random order.
 * @param {Uint32Array} column
 * @param {number} seed
 */
export function shuffle(column, seed, count = column.length) {
  for (let i = 0; i < count; i++) {
    const range = column.length - i;
    const other = i + Math.floor((mix(seed + i) / 2 ** 32) * range);
    const key = column[i];
    column[i] = column[other];
    column[other] = key;
  }
  return column;
}
