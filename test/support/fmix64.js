/**
 * The hash of 8-byte keys, written from its definition and from nothing of the library: the finaliser of MurmurHash3
 * over `key ^ seed * factor`. It is a bijection, hence `unhash64`: the key that has a given hash.
 */
const FACTOR = 0x9e3779b97f4a7c15n;
const C1 = 0xff51afd7ed558ccdn;
const C2 = 0xc4ceb9fe1a85ec53n;

const wrap = (n) => BigInt.asUintN(64, n);

export function fmix64(n) {
  let h = wrap(n);
  h = wrap((h ^ (h >> 33n)) * C1);
  h = wrap((h ^ (h >> 33n)) * C2);
  return h ^ (h >> 33n);
}

export const hashOf64 = (key, seed) => fmix64(key ^ wrap(BigInt(seed) * FACTOR));

export function unhash64(hash, seed) {
  let h = hash ^ (hash >> 33n);
  h = wrap(h * inverse(C2));
  h = wrap((h ^ (h >> 33n)) * inverse(C1));
  return h ^ (h >> 33n) ^ wrap(BigInt(seed) * FACTOR);
}

/** Of an odd number, modulo 2^64, by Newton's steps. */
function inverse(odd) {
  let x = odd;
  for (let step = 0; step < 6; step++) x = wrap(x * (2n - odd * x));
  return x;
}
