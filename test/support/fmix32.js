/**
 * The hash of 4-byte keys, written from its definition and from nothing of the library: the finaliser of MurmurHash3
 * over `key ^ seed`. It is a bijection, hence `unhash`: the key that has a given hash.
 */
export function fmix32(n) {
  let h = n | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export const hashOf = (key, seed) => fmix32(key ^ seed);

export function unhash(hash, seed) {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, inverse(0xc2b2ae35));
  h ^= (h >>> 13) ^ (h >>> 26);
  h = Math.imul(h, inverse(0x85ebca6b));
  return (h ^ (h >>> 16) ^ seed) >>> 0;
}

/** Of an odd number, modulo 2^32, by Newton's steps. */
function inverse(odd) {
  let x = odd;
  for (let step = 0; step < 5; step++) x = Math.imul(x, 2 - Math.imul(odd, x));
  return x;
}
