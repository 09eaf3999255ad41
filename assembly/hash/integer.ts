// The hash of integer keys: a seeded bijection, so that a table stores the hash in the key's place, growth never hashes
// again, and the key is recovered by the inverse.
//
// MurmurHash3's finalisers (Austin Appleby, public domain): 4-byte keys by fmix32 of key ^ seed, 8-byte keys by fmix64
// of key ^ the seed times an odd constant, so that the 32 bits of the seed reach all 64.

const C1: u32 = 0x85ebca6b;
const C2: u32 = 0xc2b2ae35;
const C1_INVERSE: u32 = 0xa5cb9243; // modulo 2^32
const C2_INVERSE: u32 = 0x7ed1b41d;

const D1: u64 = 0xff51afd7ed558ccd;
const D2: u64 = 0xc4ceb9fe1a85ec53;
const D1_INVERSE: u64 = 0x4f74430c22a54005; // modulo 2^64
const D2_INVERSE: u64 = 0x9cb4b2f8129337db;
/** 2^64 divided by the golden ratio. */
const SEED_FACTOR: u64 = 0x9e3779b97f4a7c15;

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
function mix32x4(x: v128): v128 {
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

/** fmix64. Maps 0, and 0 alone, to 0. */
@inline
export function mix64(x: u64): u64 {
  let h = x;
  h ^= h >>> 33;
  h *= D1;
  h ^= h >>> 33;
  h *= D2;
  return h ^ (h >>> 33);
}

/** The inverse of {@link mix64}. */
@inline
export function unmix64(x: u64): u64 {
  let h = x;
  h ^= h >>> 33;
  h *= D2_INVERSE;
  h ^= h >>> 33;
  h *= D1_INVERSE;
  return h ^ (h >>> 33);
}

/** {@link mix64} of two lanes. */
@inline
function mix64x2(x: v128): v128 {
  let h = x;
  h = v128.xor(h, i64x2.shr_u(h, 33));
  h = i64x2.mul(h, i64x2.splat(D1));
  h = v128.xor(h, i64x2.shr_u(h, 33));
  h = i64x2.mul(h, i64x2.splat(D2));
  return v128.xor(h, i64x2.shr_u(h, 33));
}

/** The inverse of {@link mix64x2}. */
@inline
export function unmix64x2(x: v128): v128 {
  let h = v128.xor(x, i64x2.shr_u(x, 33));
  h = i64x2.mul(h, i64x2.splat(D2_INVERSE));
  h = v128.xor(h, i64x2.shr_u(h, 33));
  h = i64x2.mul(h, i64x2.splat(D1_INVERSE));
  return v128.xor(h, i64x2.shr_u(h, 33));
}

/** The bijection for a key of type K, without a seed. */
@inline
export function mix<K>(x: K): K {
  if (sizeof<K>() == 4) return <K>mix32(<u32>x);
  if (sizeof<K>() == 8) return <K>mix64(<u64>x);
  ERROR("no hash for keys of this width");
}


@inline
export function unmix<K>(x: K): K {
  if (sizeof<K>() == 4) return <K>unmix32(<u32>x);
  if (sizeof<K>() == 8) return <K>unmix64(<u64>x);
  ERROR("no hash for keys of this width");
}

/** The seed as wide as a key: the key whose hash is 0. */
@inline
function wideSeed<K>(seed: u32): K {
  if (sizeof<K>() == 8) return <K>(<u64>seed * SEED_FACTOR);
  return <K>seed;
}

/** {@link wideSeed} in every lane. */
@inline
function seedVector<K>(seed: u32): v128 {
  if (sizeof<K>() == 8) return i64x2.splat(wideSeed<u64>(seed));
  return i32x4.splat(seed);
}

/** Hash of one key. */
@inline
export function hashKey<K>(key: K, seed: u32): K {
  return mix<K>(key ^ wideSeed<K>(seed));
}

/** Key of one hash. */
@inline
export function keyOf<K>(hash: K, seed: u32): K {
  return unmix<K>(hash) ^ wideSeed<K>(seed);
}

/** Keys of the 16 bytes of hashes at `hashes`. */
@inline
export function keyVector<K>(hashes: usize, seed: u32): v128 {
  if (sizeof<K>() == 4) return v128.xor(unmix32x4(v128.load(hashes)), seedVector<K>(seed));
  if (sizeof<K>() == 8) return v128.xor(unmix64x2(v128.load(hashes)), seedVector<K>(seed));
  ERROR("no hash for keys of this width");
}

/** Hashes of the 16 bytes of keys at `keys`. */
@inline
export function hashVector<K>(keys: usize, seed: u32): v128 {
  if (sizeof<K>() == 4) return mix32x4(v128.xor(v128.load(keys), seedVector<K>(seed)));
  if (sizeof<K>() == 8) return mix64x2(v128.xor(v128.load(keys), seedVector<K>(seed)));
  ERROR("no hash for keys of this width");
}
