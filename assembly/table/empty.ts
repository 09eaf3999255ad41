// Ranges of positions known to be empty, so that walks need not find out again. Who pops entries by a fresh iterator
// each time empties a table from its beginning, and every walk begins there.
//
// A bit for each 4096th of all positions in the order of one level (order.ts), set by a walk that has passed through
// the whole range without meeting an entry, and cleared by an entry that is added there. And one position, the front:
// from the beginning of its range up to there, nothing is. In a large table a range has many cells, and whoever pops
// its entries should not read again those that are empty.
//
// Walks of other levels know nothing of it, so those that begin take this one while it is not far from what would suit
// the table. Otherwise the first of them that has something to note begins anew. Only tables that own their memory have
// these bits: a table in a pool is a single group.

import { levelFor, positionOf, turn } from "./order";
import { Table } from "./table";
import { EMPTY } from "../memory/layout";

const RANGE_BITS: u32 = 12;
const RANGE_SHIFT: u64 = 64 - RANGE_BITS;
const RANGES: u32 = 1 << RANGE_BITS;
const BITS_BYTES: usize = (<usize>RANGES) >>> 3;
const FRONT: usize = EMPTY + BITS_BYTES;
export const EMPTY_BYTES: usize = BITS_BYTES + sizeof<u64>();


@inline
function rangeOf(position: u64): u32 {
  return <u32>(position >>> RANGE_SHIFT);
}


@inline
function startOf(range: u32): u64 {
  return (<u64>range) << RANGE_SHIFT;
}


@inline
function wordOf(range: u32): usize {
  return EMPTY + ((<usize>(range >>> 6)) << 3);
}

/** The level of a walk that begins, see {@link levelFor}. */
export function levelOf(table: Table, finer: u32): u32 {
  const level = levelFor(table.count, finer);
  return knows(table, level + 1) ? level + 1 : level; // no back and forth where a queue has about as many entries as decide it
}

/** Is anything known in the order of a level? */
@inline
function knows(table: Table, level: u32): bool {
  return table.knowsEmpty == level + 1;
}

/** The position of a hash in the order in which something is known. */
@inline
function knownPosition<K>(table: Table, hash: K): u64 {
  return turn(positionOf<K>(hash), table.knowsEmpty - 1);
}


@inline
function isEmpty(range: u32): bool {
  return ((load<u64>(wordOf(range)) >>> (range & 63)) & 1) != 0;
}

/** Does a hash belong where it is known to be empty? */
export function isKnownEmpty<K>(table: Table, hash: K): bool {
  if (!table.knowsEmpty) return false;
  const position = knownPosition<K>(table, hash);
  const range = rangeOf(position);
  return isEmpty(range) || (range == rangeOf(load<u64>(FRONT)) && position < load<u64>(FRONT));
}

/** The first position from `from` on, in the order of a level, that is not known to be empty; 0 where there is none. */
export function skipEmpty(table: Table, level: u32, from: u64): u64 {
  if (!knows(table, level)) return from;
  let position = from;
  if (isEmpty(rangeOf(from))) {
    position = firstUnknown(rangeOf(from));
    if (!position) return 0;
  }
  const front = load<u64>(FRONT);
  return rangeOf(position) == rangeOf(front) ? max<u64>(position, front) : position;
}

/** The beginning of the first range from `range` on that is not known to be empty; 0 where there is none. */
function firstUnknown(range: u32): u64 {
  let at = range;
  do {
    const unknown = ~load<u64>(wordOf(at)) >>> (at & 63);
    if (unknown) return startOf(at + <u32>ctz<u64>(unknown));
    at = (at | 63) + 1;
  } while (at < RANGES);
  return 0;
}

/**
 * Notes that no entry has a position in [from, to] in the order of a level, of which the part before `known` is noted
 * already.
 */
export function noteEmpty(table: Table, level: u32, from: u64, known: u64, to: u64): void {
  if (table.block) return;
  if (!knows(table, level)) {
    if (level != levelOf(table, 0)) return;
    memory.fill(EMPTY, 0, EMPTY_BYTES);
    table.knowsEmpty = level + 1;
  }
  const first = max<u32>(rangeOf(from) + <u32>(from << RANGE_BITS != 0), rangeOf(known));
  const end = rangeOf(to) + <u32>((to + 1) << RANGE_BITS == 0);
  for (let range = first; range < end; range++) {
    const word = wordOf(range);
    store<u64>(word, load<u64>(word) | ((<u64>1) << (range & 63)));
  }
  const front = load<u64>(FRONT);
  const goesOn = end == rangeOf(front) && from <= front && front <= to;
  if (end < RANGES && (from <= startOf(end) || goesOn)) store<u64>(FRONT, to + 1);
}

/** Notes that a hash was added. */
@inline
export function noteAdded<K>(table: Table, hash: K): void {
  if (table.knowsEmpty) clear(knownPosition<K>(table, hash));
}

/** {@link noteAdded} for the hash 0. */
export function noteZeroAdded(table: Table): void {
  if (table.knowsEmpty) clear(0);
}

function clear(position: u64): void {
  const range = rangeOf(position);
  const word = wordOf(range);
  store<u64>(word, load<u64>(word) & ~((<u64>1) << (range & 63)));
  const front = load<u64>(FRONT);
  if (range == rangeOf(front) && position < front) store<u64>(FRONT, position);
}
