// Hash order: the order in which walks visit the entries of a table (walk.ts).
//
// The position of an entry is its hash with the low word's bits reversed, in 64 bits. The entries of a group share their low
// bits, so they are neighbours: group g of 2^groupLog is the range of positions that begin with g's bits reversed.
//
//   groupLog 1    |          0          |          1          |
//   groupLog 2    |    00    |    10    |    01    |    11    |     a group that doubles splits its range in two halves
//   groupLog 3    | 000 100  | 010  110 | 001  101 | 011  111 |
//
// A position depends on hash and seed alone, never on the size of the table, and the range of a group never straddles that of
// a group of a smaller or larger table. (The cursor of Redis' SCAN, P. Noordhuis, walks by the same idea.)

import { ALL_SEEN, lowWord } from "./address";
import { Table } from "./table";

/** Tells hashes with equal high words apart where placement does not see the low word. */
const ODD: u32 = 0x9e3779b1;

/** The last position. */
export const LAST_POSITION: u64 = u64.MAX_VALUE;

/** The bits of x in reverse. */
@inline
export function reverse32(x: u32): u32 {
  let y = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  y = ((y >>> 2) & 0x33333333) | ((y & 0x33333333) << 2);
  y = ((y >>> 4) & 0x0f0f0f0f) | ((y & 0x0f0f0f0f) << 4);
  return bswap<u32>(y);
}

/**
 * The position of a hash. No two hashes share one. (Under a test build's bad hash a few of 64 bits may, but none that differ in
 * one word alone.)
 */
@inline
export function positionOf<K>(hash: K): u64 {
  const group = (<u64>reverse32(lowWord<K>(hash))) << 32;
  const rest = sizeof<K>() == 8 ? (<u64>hash) >>> 32 : 0;
  return group | (ALL_SEEN ? rest : rest ^ (<u64>(<u32>hash * ODD)));
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

/** The last position of the group whose range holds `position`. */
@inline
export function lastOfGroup(table: Table, position: u64): u64 {
  return lastOfGroupAt(position, table.groupLog);
}

/** Is a position the first one of a group's range? */
@inline
export function startsGroup(table: Table, position: u64): bool {
  return (position & (LAST_POSITION >>> table.groupLog)) == 0;
}
