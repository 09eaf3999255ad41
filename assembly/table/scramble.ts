// How the spill writes hashes down: hashed once more, by a bijection that leaves 0 alone.
//
// Keys that were made to crowd one bucket come to the spill because their hashes agree in the bits that name it. In a
// leaf, which is a page, too, they would crowd one bucket again. (A mere product with an odd constant left keys that
// differ in a few bits in a few buckets.)

import { keyAddress } from "./bucket";
import { mix32, mix64, unmix32, unmix32x4, unmix64, unmix64x2 } from "../hash/integer";

/** What stands in a leaf for a hash. */
@inline
export function scramble<K>(hash: K): K {
  if (sizeof<K>() == 4) return <K>mix32(<u32>hash);
  return <K>mix64(<u64>hash);
}

/** The hash for which a leaf has `scrambled`. */
@inline
function unscramble<K>(scrambled: K): K {
  if (sizeof<K>() == 4) return <K>unmix32(<u32>scrambled);
  return <K>unmix64(<u64>scrambled);
}

/** {@link unscramble} in lanes of 8 bytes, of which hashes of 4 bytes have the first half. */
@inline
export function unscrambleVector<K>(scrambled: v128): v128 {
  return sizeof<K>() == 4 ? unmix32x4(scrambled) : unmix64x2(scrambled);
}

/** The hash of the entry in a slot of a leaf; 0 where that is empty. */
@inline
export function spilledHash<K>(slot: usize): K {
  return unscramble<K>(load<K>(keyAddress<K>(slot)));
}
