// The hash of integer keys: a seeded bijection, so that a table stores the hash in the key's place, growth never hashes
// again, and the key is recovered by the inverse.
//
// 32 bits: MurmurHash3's finaliser fmix32 (Austin Appleby, public domain) of key ^ seed.

const C1: u32 = 0x85ebca6b;
const C2: u32 = 0xc2b2ae35;
const C1_INVERSE: u32 = 0xa5cb9243; // modulo 2^32
const C2_INVERSE: u32 = 0x7ed1b41d;

/** fmix32. Maps 0, and 0 alone, to 0. */
@inline
export function mix32(x: u32): u32 {
  let h = x;
  h ^= h >>> 16;
  h *= C1;
  h ^= h >>> 13;
  h *= C2;
  return h ^ (h >>> 16);
}

/** The inverse of {@link mix32}. */
@inline
export function unmix32(x: u32): u32 {
  let h = x;
  h ^= h >>> 16;
  h *= C2_INVERSE;
  h ^= (h >>> 13) ^ (h >>> 26);
  h *= C1_INVERSE;
  return h ^ (h >>> 16);
}

/** {@link mix32} of four lanes. */
@inline
export function mix32x4(x: v128): v128 {
  let h = x;
  h = v128.xor(h, i32x4.shr_u(h, 16));
  h = i32x4.mul(h, i32x4.splat(C1));
  h = v128.xor(h, i32x4.shr_u(h, 13));
  h = i32x4.mul(h, i32x4.splat(C2));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/** The inverse of {@link mix32x4}. */
@inline
export function unmix32x4(x: v128): v128 {
  let h = v128.xor(x, i32x4.shr_u(x, 16));
  h = i32x4.mul(h, i32x4.splat(C2_INVERSE));
  h = v128.xor(h, v128.xor(i32x4.shr_u(h, 13), i32x4.shr_u(h, 26)));
  h = i32x4.mul(h, i32x4.splat(C1_INVERSE));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/** The bijection for a key of type K, without a seed. */
@inline
export function mix<K>(x: K): K {
  if (sizeof<K>() == 4) return <K>mix32(<u32>x);
  ERROR("no hash for keys of this width");
}


@inline
export function unmix<K>(x: K): K {
  if (sizeof<K>() == 4) return <K>unmix32(<u32>x);
  ERROR("no hash for keys of this width");
}

/** Hash of one key. */
@inline
export function hashKey<K>(key: K, seed: u32): K {
  return mix<K>(key ^ (<K>seed));
}

/** Key of one hash. */
@inline
export function keyOf<K>(hash: K, seed: u32): K {
  return unmix<K>(hash) ^ (<K>seed);
}

/** Keys of the 16 bytes of hashes at `hashes`. */
@inline
export function keyVector<K>(hashes: usize, seed: u32): v128 {
  if (sizeof<K>() == 4) return v128.xor(unmix32x4(v128.load(hashes)), i32x4.splat(seed));
  ERROR("no hash for keys of this width");
}

/** Hashes of the 16 bytes of keys at `keys`. */
@inline
export function hashVector<K>(keys: usize, seed: u32): v128 {
  if (sizeof<K>() == 4) return mix32x4(v128.xor(v128.load(keys), i32x4.splat(seed)));
  ERROR("no hash for keys of this width");
}
