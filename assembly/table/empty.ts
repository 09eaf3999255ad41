// Ranges of positions known to be empty, so that walks need not find out again. Who pops entries by a fresh iterator each time
// empties a table from its beginning, and every walk begins there.
//
// A bit for each 4096th of all positions, set by a walk that has passed through the whole range without meeting an entry, and cleared by an
// entry that is added there. Only tables that own their memory have these bits: a table in a pool is a single group.

import { positionOf } from "./order";
import { Table } from "./table";
import { EMPTY } from "../memory/layout";

const RANGE_BITS: u32 = 12;
const RANGE_SHIFT: u64 = 64 - RANGE_BITS;
const RANGES: u32 = 1 << RANGE_BITS;
export const EMPTY_BYTES: usize = (<usize>RANGES) >>> 3;


@inline
function rangeOf(position: u64): u32 {
  return <u32>(position >>> RANGE_SHIFT);
}


@inline
function wordOf(range: u32): usize {
  return EMPTY + ((<usize>(range >>> 6)) << 3);
}

/** Is a position in a range that is known to be empty? */
export function isKnownEmpty(table: Table, position: u64): bool {
  const range = rangeOf(position);
  return table.knowsEmpty != 0 && ((load<u64>(wordOf(range)) >>> (range & 63)) & 1) != 0;
}

/** The first position from `from` on that is not known to be empty; 0 where there is none. */
export function skipEmpty(table: Table, from: u64): u64 {
  if (!isKnownEmpty(table, from)) return from;
  let range = rangeOf(from);
  do {
    const unknown = ~load<u64>(wordOf(range)) >>> (range & 63);
    if (unknown) return (<u64>(range + <u32>ctz<u64>(unknown))) << RANGE_SHIFT;
    range = (range | 63) + 1;
  } while (range < RANGES);
  return 0;
}

/** Notes that no entry has a position in [from, to], of which the part before `known` is noted already. */
export function noteEmpty(table: Table, from: u64, known: u64, to: u64): void {
  if (table.block) return;
  const first = max<u32>(rangeOf(from) + <u32>(from << RANGE_BITS != 0), rangeOf(known));
  const end = rangeOf(to) + <u32>((to + 1) << RANGE_BITS == 0);
  for (let range = first; range < end; range++) {
    const word = wordOf(range);
    store<u64>(word, load<u64>(word) | ((<u64>1) << (range & 63)));
    table.knowsEmpty = 1;
  }
}

/** Notes that a hash was added. */
@inline
export function noteAdded<K>(table: Table, hash: K): void {
  if (table.knowsEmpty) clearRange(rangeOf(positionOf<K>(hash)));
}

/** {@link noteAdded} for the hash 0. */
export function noteZeroAdded(table: Table): void {
  if (table.knowsEmpty) clearRange(0);
}

function clearRange(range: u32): void {
  const word = wordOf(range);
  store<u64>(word, load<u64>(word) & ~((<u64>1) << (range & 63)));
}
