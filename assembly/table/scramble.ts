// How the spill writes hashes down: times an odd constant, a bijection that leaves 0 alone (D. Knuth's multiplicative hashing).
//
// Keys that were made to crowd one bucket come to the spill because their hashes agree in the bits that name it. In a leaf, which is a page, too, they
// would crowd one bucket again. The product takes its bucket from bits that differ.

const FACTOR32: u32 = 0x9e3779b1;
const INVERSE32: u32 = 0x0e8b2f51; // modulo 2^32
const FACTOR64: u64 = 0x9e3779b97f4a7c15;
const INVERSE64: u64 = 0xf1de83e19937733d; // modulo 2^64

/** What stands in a leaf for a hash. */
@inline
export function scramble<K>(hash: K): K {
  if (sizeof<K>() == 4) return <K>(<u32>hash * FACTOR32);
  return <K>(<u64>hash * FACTOR64);
}

/** The hash for which a leaf has `scrambled`. */
@inline
export function unscramble<K>(scrambled: K): K {
  if (sizeof<K>() == 4) return <K>(<u32>scrambled * INVERSE32);
  return <K>(<u64>scrambled * INVERSE64);
}
