// f64 keys: the bits of a double, made canonical first, so that equal keys have equal bits. As in JavaScript's
// SameValueZero, -0 is 0 and every NaN is one NaN.

export const CANONICAL_NAN: u64 = 0x7ff8000000000000;
export const NEGATIVE_ZERO: u64 = 0x8000000000000000;

/** The bits of a canonical key. */
@inline
export function bitsOf(key: f64): u64 {
  return key == key ? reinterpret<u64>(key + 0) : CANONICAL_NAN; // -0 + 0 is 0
}

/** Makes `count` keys canonical, in place. Works on whole vectors: up to 1 key behind the last one is changed. */
export function makeCanonical(keys: usize, count: u32): void {
  const zero = f64x2.splat(0);
  const nan = i64x2.splat(CANONICAL_NAN);
  const end = keys + ((<usize>count) << 3);
  for (let at = keys; at < end; at += 16) {
    const key = v128.load(at);
    v128.store(at, v128.bitselect(f64x2.add(key, zero), nan, f64x2.eq(key, key)));
  }
}

/** Are these the bits of a canonical key? */
@inline
export function isCanonical(bits: u64): bool {
  const key = reinterpret<f64>(bits);
  return key == key ? bits != NEGATIVE_ZERO : bits == CANONICAL_NAN;
}
