// The checksum of a snapshot: block by block, each hashed by the kernel of byte keys (FORMAT.md in src/snapshot).

import { hashBytes, mix64 } from "../hash/bytes";

/** Bytes of a block. */
const BLOCK: u32 = 16384;

/**
 * A checksum that goes on with the `length` bytes at `at`: whole blocks, but for a last one that may be shorter, behind
 * which hashing reads (bytes.ts).
 */
export function addToChecksum(checksum: u64, at: usize, length: u32): u64 {
  let sum = checksum;
  let from = at;
  let left = length;
  for (; left > BLOCK; left -= BLOCK) {
    sum = mix64(sum ^ hashBytes(from, BLOCK, 0));
    from += BLOCK;
  }
  return left ? mix64(sum ^ hashBytes(from, left, 0)) : sum;
}
