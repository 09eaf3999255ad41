// The leaves of a spill: pages like those of the table, each with the entries of a range of positions (order.ts), found
// by their fences, sorted by position:
//
//   fence      first position | leaf | entries
//              0              |  A   |  370        positions before 2^62
//              2^62           |  B   |  512        positions from 2^62 on
//
// The first leaves and fences have their place before the table's pages; more pages come from gaps (gaps.ts).

import { pageBytes } from "./bucket";
import { nextGap, openGap } from "./gaps";
import { Table } from "./table";
import { touchFresh } from "../memory/fresh";
import { FENCES, COUNTERS, CONTROL, SPILL_CONTROL, SPILL_PAGES } from "../memory/layout";


@unmanaged
class Leaves {
  /** Leaves, each with its fence. */
  count: u32;
  /** Address of the fences, and how many there is room for. */
  fences: u32;
  fenceRoom: u32;
  /** Pages that were given back: the first, each with the address of the next in its first word, and their number. */
  free: u32;
  freeCount: u32;
  /** Pages never used: from here to there. */
  unused: u32;
  unusedEnd: u32;
  /** The leaf where repair goes on, and how many it has to look at before nothing is left to do (spill.ts). */
  repairAt: u32;
  repairLeft: u32;
}


@unmanaged
export class Fence {
  /** First position of the leaf's range. */
  first: u64;
  /** Its address. */
  leaf: u32;
  /** Entries in it. */
  entries: u32;
}


@inline
function leaves(): Leaves {
  return changetype<Leaves>(SPILL_CONTROL);
}

/** Gives a table that owns its memory its first leaf, which is empty. */
export function openLeaves<K, V>(): void {
  const all = leaves();
  all.fences = <u32>FENCES;
  all.fenceRoom = <u32>((COUNTERS - FENCES) / offsetof<Fence>());
  all.unused = <u32>SPILL_PAGES;
  all.unusedEnd = <u32>(SPILL_PAGES + ((CONTROL - SPILL_PAGES) / pageBytes<K, V>()) * pageBytes<K, V>());
  addLeaf<K, V>(0, 0);
}


@inline
export function leafCount(): u32 {
  return leaves().count;
}


@inline
export function fenceAt(index: u32): Fence {
  return changetype<Fence>(<usize>leaves().fences + <usize>index * offsetof<Fence>());
}

// The position that was looked for last, and where it lies: who inserts asks twice.
let lastPosition: u64 = 0;
let lastLeaf: u32 = 0;


@inline
function forgetLast(): void {
  lastPosition = 0;
  lastLeaf = 0;
}

/** Number of the leaf in whose range a position lies. */
export function leafOf(position: u64): u32 {
  if (position == lastPosition) return lastLeaf;
  let low: u32 = 0;
  // Without a branch on what is found: which way it goes can't be foretold, and searches of several rows overlap.
  for (let left = leafCount(); left > 1;) {
    const half = left >>> 1;
    low = select<u32>(low + half, low, fenceAt(low + half).first <= position);
    left -= half;
  }
  lastPosition = position;
  lastLeaf = low;
  return low;
}

/** Adds an empty leaf before number `index`, for which {@link makeRoom} has made room. */
export function addLeaf<K, V>(index: u32, first: u64): void {
  forgetLast();
  const all = leaves();
  const fence = fenceAt(index);
  const at = changetype<usize>(fence);
  memory.copy(at + offsetof<Fence>(), at, <usize>(all.count - index) * offsetof<Fence>());
  all.count++;
  all.repairAt += <u32>(index <= all.repairAt);
  fence.first = first;
  fence.leaf = <u32>takePage<K, V>();
  fence.entries = 0;
}

/** Drops a leaf that has become empty. The last one stays. */
export function dropLeaf(index: u32): void {
  const all = leaves();
  if (all.count == 1) return;
  forgetLast();
  const fence = fenceAt(index);
  givePage(<usize>fence.leaf);
  const at = changetype<usize>(fence);
  memory.copy(at, at + offsetof<Fence>(), <usize>(all.count - index - 1) * offsetof<Fence>());
  all.count--;
  all.repairAt -= <u32>(index < all.repairAt);
  fenceAt(0).first = 0;
}

// --- which leaves may hold entries that could be elsewhere ---

/** Notes that pages have got room: all leaves are worth a look. */
@inline
export function noteRoom(): void {
  leaves().repairLeft = leaves().count;
}

/** Leaves to look at. */
@inline
export function leavesToRepair(): u32 {
  return leaves().repairLeft;
}

/** Number of the next leaf to look at. */
export function nextToRepair(): u32 {
  const all = leaves();
  const leaf = all.repairAt < all.count ? all.repairAt : 0;
  all.repairAt = leaf + 1;
  all.repairLeft--;
  return leaf;
}

/** Makes sure that `more` leaves can be added; false where there is no memory. */
export function makeRoom<K, V>(table: Table, more: u32): bool {
  const all = leaves();
  if (all.count + more > all.fenceRoom && !growFences<K, V>(table, all.count + more)) return false;
  while (all.freeCount + unusedPages<K, V>() < more) {
    if (!takeGap<K, V>(table, 1)) return false;
  }
  return true;
}


@inline
function unusedPages<K, V>(): u32 {
  return <u32>(<usize>(leaves().unusedEnd - leaves().unused) / pageBytes<K, V>());
}

/** Makes room for twice as many fences, and at least `fences`: they move. */
function growFences<K, V>(table: Table, fences: u32): bool {
  const all = leaves();
  const bytes = <usize>max<u32>(fences, all.fenceRoom << 1) * offsetof<Fence>();
  const pages = <u32>((bytes + pageBytes<K, V>() - 1) / pageBytes<K, V>());
  while (unusedPages<K, V>() < pages) {
    if (!takeGap<K, V>(table, pages)) return false;
  }
  const from = <usize>all.fences;
  const fromEnd = from + <usize>all.fenceRoom * offsetof<Fence>();
  all.fences = all.unused;
  all.unused += pages * <u32>pageBytes<K, V>();
  all.fenceRoom = <u32>((<usize>pages * pageBytes<K, V>()) / offsetof<Fence>());
  memory.copy(<usize>all.fences, from, <usize>all.count * offsetof<Fence>());
  memory.fill(from, 0, fromEnd - from);
  if (from != FENCES) {
    for (let page = from; page < fromEnd; page += pageBytes<K, V>()) givePage(page);
  }
  return true;
}

/**
 * Takes the pages of a new gap, which has `wanted` of them if gaps may be of any size; those of the one before that were
 * never used go to the free ones.
 */
function takeGap<K, V>(table: Table, wanted: u32): bool {
  const all = leaves();
  const bytes = nextGap(wanted) * <u32>pageBytes<K, V>();
  const gap = <u32>openGap<K, V>(table, wanted);
  if (!gap) return false;
  for (let page = all.unused; page < all.unusedEnd; page += <u32>pageBytes<K, V>()) givePage(<usize>page);
  all.unused = gap;
  all.unusedEnd = gap + bytes;
  return true;
}

function takePage<K, V>(): usize {
  const all = leaves();
  if (!all.freeCount) {
    const page = <usize>all.unused;
    all.unused += <u32>pageBytes<K, V>();
    touchFresh(page, page + pageBytes<K, V>());
    return page;
  }
  const page = <usize>all.free;
  all.free = load<u32>(page);
  all.freeCount--;
  store<u32>(page, 0);
  return page;
}

/** Takes back a page without entries. */
function givePage(page: usize): void {
  const all = leaves();
  store<u32>(page, all.free);
  all.free = <u32>page;
  all.freeCount++;
}
