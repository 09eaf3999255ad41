// Hash order: the order in which walks visit the entries of a table (walk.ts), and that of the spill (leaves.ts).
//
// The position of an entry is its hash with the low word's bits reversed, in 64 bits. The entries of a group share
// their low bits, so they are neighbours: group g of 2^groupLog is the range of positions that begin with g's bits
// reversed.
//
//   groupLog 1    |          0          |          1          |
//   groupLog 2    |    00    |    10    |    01    |    11    |     a group that doubles splits its range in two halves
//   groupLog 3    | 000 100  | 010  110 | 001  101 | 011  111 |
//
// A position depends on hash and seed alone, never on the size of the table, and the range of a group never straddles
// that of a group of a smaller or larger table. (The cursor of Redis' SCAN, P. Noordhuis, walks by the same idea.)
//
// The spill keeps to that order. But entries that leave one table in it and enter another of the same seed would all
// come to the same few groups first: the first half of the order is half of the groups. So a walk turns the order: it
// reads the first bits of all positions backwards, as many as its level says. That makes them the low bits of the hash
// as they are:
//
//   level 3       | 000 | 001 | 010 | 011 | 100 | 101 | 110 | 111 |     a cell each
//
// Cell after cell is group after group of any table with at most so many groups, round and round: any stretch of the
// order is spread over all of them. Within a cell the order is as above. Where the table has more groups, they split
// the cells as they split larger groups. Where it has fewer, a group has the entries of several cells, which the walk
// visits at different times.

import { ALL_SEEN, lowWord, seen } from "./address";
import { Table } from "./table";

/** Tells hashes with equal high words apart where placement does not see the low word. */
const ODD: u32 = 0x9e3779b1;

/** The last position. */
export const LAST_POSITION: u64 = u64.MAX_VALUE;

/** Bits of the largest level. */
const LEVEL_BITS: u32 = 5;
const MOST_LEVEL: u32 = (1 << LEVEL_BITS) - 1;

/**
 * Entries of a cell, from so many to twice as many, when a walk begins: those of a group. Tables that are filled in
 * this order have two cells of entries in some groups while others have one, and their pages bear only a sixth more
 * than the mean. To be more even a walk may have finer cells; it reads each page so much more often.
 */
const CELL_ENTRIES: u32 = 832;

/** The level for a walk through so many entries, with cells of 1 / 2^finer of their size. */
export function levelFor(entries: u32, finer: u32): u32 {
  return min<u32>(31 - clz<u32>(max<u32>(entries / CELL_ENTRIES, 1)) + finer, MOST_LEVEL);
}

/** The bits of x in reverse. */
@inline
function reverse32(x: u32): u32 {
  let y = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  y = ((y >>> 2) & 0x33333333) | ((y & 0x33333333) << 2);
  y = ((y >>> 4) & 0x0f0f0f0f) | ((y & 0x0f0f0f0f) << 4);
  return bswap<u32>(y);
}

/**
 * The position of a hash. No two hashes share one. (Under a test build's bad hash a few of 64 bits may, but none that
 * differ in one word alone.)
 */
@inline
export function positionOf<K>(hash: K): u64 {
  const group = (<u64>reverse32(lowWord<K>(hash))) << 32;
  const rest = sizeof<K>() == 8 ? (<u64>hash) >>> 32 : 0;
  return group | (ALL_SEEN ? rest : rest ^ (<u64>(<u32>hash * ODD)));
}

/** {@link positionOf} of two hashes in lanes of 8 bytes; those of 4 bytes have zeros above. */
@inline
export function positionsOf<K>(hashes: v128): v128 {
  const reversed = reverseWords(seen(hashes));
  const rest = sizeof<K>() == 8 ? i32x4.shuffle(hashes, hashes, 1, 0, 3, 2) : i32x4.splat(0);
  const low = ALL_SEEN ? rest : v128.xor(rest, i32x4.mul(hashes, i32x4.splat(ODD)));
  return i32x4.shuffle(low, reversed, 0, 4, 2, 6);
}

/** {@link reverse32} of four words: of their bytes, and of the halves of each, by tables. */
@inline
function reverseWords(x: v128): v128 {
  const reversed = i8x16(0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15); // of 4 bits
  const low = i8x16.swizzle(reversed, v128.and(x, i8x16.splat(15)));
  const high = i8x16.swizzle(reversed, i8x16.shr_u(x, 4));
  const bytes = v128.or(i8x16.shl(low, 4), high);
  return i8x16.shuffle(bytes, bytes, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

/** From a position to that in the order of a level, and back: the first bits in reverse. */
export function turn(position: u64, level: u32): u64 {
  const high = <u32>(position >>> 32);
  const first = <u32>((<u64>reverse32(high)) << (32 - level));
  const rest = high & (<u32>(u32.MAX_VALUE >>> level));
  return ((<u64>(first | rest)) << 32) | (<u32>position);
}

/** The group whose range holds a position. */
@inline
export function groupAt(table: Table, position: u64): u32 {
  return reverse32(<u32>(position >>> 32)) & table.groupMask;
}

/** The first position of a group's range. */
@inline
export function startOfGroup(group: u32): u64 {
  return (<u64>reverse32(group)) << 32;
}

/** The last position of the range that holds `position`, of a group among 2^log. */
@inline
export function lastOfGroupAt(position: u64, log: u32): u64 {
  return position | (LAST_POSITION >>> log);
}
