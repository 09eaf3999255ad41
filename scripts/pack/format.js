// The numbers of the format in which modules are packed: assembly/unpack.ts tells what they are of, and is compiled
// with them.

const LENGTH_BUCKETS = 26;

export const FORMAT = {
  /** Bits of a code at most: tables have an entry for each value of so many bits. */
  MOST_BITS: 11,
  CLASSES: 8,
  CLASS_BITS: 3,
  /**
   * 256 bytes, then matches at the distance before, by the bucket of their length, then those whose distance follows.
   */
  SYMBOLS: 256 + 2 * LENGTH_BUCKETS,
  LENGTH_BUCKETS,
  DISTANCE_BUCKETS: 36,
  LEAST_MATCH: 2,
  /** In the lengths of codes, which are nibbles: a byte follows, and so many symbols and one more have no code. */
  NO_CODES: 15,
};
