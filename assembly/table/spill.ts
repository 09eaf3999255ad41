// The spill: entries whose home page is full. Rare with good hashes (a few dozen of 1e7 entries), so it is one page of 128
// buckets, a table of its own without groups, keyed by another bijection of the hash: keys that crowd one page
// spread here. It always has room for what one split can drive out, see `spillReady`.
//
// 256 counters, by the top byte of the hash, tell a look-up that missed whether the spill is worth a look. An entry stays
// in the spill until it is deleted or a split or deletion makes room in its page; nothing else depends on where it is.

import { BUCKETS, SLOTS, copyValue, bucketBytes, bucketCount, keyAddress, valueAddress } from "./bucket";
import { groupOf, highWord, homeOf, pageOf } from "./address";
import { Table, bucketsBytes, setOnePage } from "./table";
import { mix, unmix } from "../hash/integer";
import { findInPage, placeInPage, removeFromPage } from "./page";
import { CONTROL, DISPLACED, FIXED_END, SPILL_PAGE } from "../memory/layout";

export const SPILL_BITS: u32 = 7;
const SPILL_SLOTS: u32 = SLOTS << SPILL_BITS;
/** Most entries that the split of one group drives out of one page: the page below it gives at most a page full. */
const MOST_DRIVEN_OUT: u32 = SLOTS * BUCKETS;

const SPILL_TABLE = CONTROL + 256;
const COUNTERS = FIXED_END - 1024;

/** Gives a table that owns its memory its (empty) spill. */
export function openSpill(table: Table): void {
  const spill = changetype<Table>(SPILL_TABLE);
  table.spill = <u32>SPILL_TABLE;
  table.spilled = 0;
  spill.base = <u32>SPILL_PAGE;
  spill.loadStart = SLOTS * BUCKETS;
  spill.loadEnd = SLOTS * BUCKETS;
  setOnePage(spill, SPILL_BITS);
}


@inline
function spillOf(table: Table): Table {
  return changetype<Table>(<usize>table.spill);
}


@inline
function counterOf<K>(hash: K): usize {
  return COUNTERS + (((<usize>highWord<K>(hash)) >>> 24) << 2);
}

/** May the spill hold this hash? Only asked while `table.spilled` is not 0. */
@inline
export function mayBeSpilled<K>(hash: K): bool {
  return load<u32>(counterOf<K>(hash)) != 0;
}

/** The slot of a hash in the spill, or 0. Only asked while `table.spilled` is not 0. */
export function findSpilled<K, V>(table: Table, hash: K): usize {
  return mayBeSpilled<K>(hash) ? spilledSlot<K, V>(table, hash) : 0;
}

/** The slot of a hash that is in the spill. */
export function spilledSlot<K, V>(table: Table, hash: K): usize {
  return findInPage<K, V>(spillOf(table), mix<K>(hash));
}

/** Sum of the counters: the spilled entries. */
export function spillTotal(): u32 {
  let total: u32 = 0;
  for (let at = COUNTERS; at < FIXED_END; at += 4) total += load<u32>(at);
  return total;
}


@inline
export function isSpillSlot<K, V>(table: Table, slot: usize): bool {
  return table.spill != 0 && slot - SPILL_PAGE < bucketsBytes<K, V>(1 << SPILL_BITS);
}

/** Entries that the spill still takes. */
@inline
export function spillRoom(table: Table): u32 {
  return table.spill ? SPILL_SLOTS - table.spilled : 0;
}

/** Room for whatever the split of a group may drive out? */
@inline
export function spillReady(table: Table): bool {
  return spillRoom(table) >= MOST_DRIVEN_OUT;
}

/** Takes a slot for a hash that is nowhere in the table, in its page or in the spill; 0 where both are full. */
export function place<K, V>(table: Table, hash: K, home: usize): usize {
  const slot = placeInPage<K, V>(table, hash, home);
  if (slot) return slot;
  if (!spillRoom(table)) return 0;
  const counter = counterOf<K>(hash);
  store<u32>(counter, load<u32>(counter) + 1);
  table.spilled++;
  const spill = spillOf(table);
  const spillHash = mix<K>(hash);
  return placeInPage<K, V>(spill, spillHash, homeOf<K, V>(spill, spillHash));
}

/** Removes the entry in `slot` of the spill. */
export function removeSpilled<K, V>(table: Table, hash: K, slot: usize): void {
  const counter = counterOf<K>(hash);
  store<u32>(counter, load<u32>(counter) - 1);
  table.spilled--;
  removeFromPage<K, V>(spillOf(table), mix<K>(hash), slot);
}

/** Lists the hashes of spilled entries at DISPLACED; returns how many. */
export function listSpilled<K, V>(table: Table): u32 {
  let to = DISPLACED;
  const end = SPILL_PAGE + bucketsBytes<K, V>(1 << SPILL_BITS);
  for (let bucket = SPILL_PAGE; bucket < end; bucket += bucketBytes<K, V>()) {
    const count = bucketCount<K>(bucket);
    for (let i: u32 = 0; i < count; i++) {
      store<K>(to, unmix<K>(load<K>(keyAddress<K>(bucket + i))));
      to += sizeof<K>();
    }
  }
  return <u32>((to - DISPLACED) / sizeof<K>());
}

/** Takes up to `most` entries of group `group` (by `mask`) back into their pages, as far as there is room. */
export function reclaimGroup<K, V>(table: Table, group: u32, mask: u32, most: u32): void {
  const count = listSpilled<K, V>(table);
  const before = table.moved;
  for (let i: u32 = 0; i < count && table.moved - before < most; i++) {
    const hash = load<K>(DISPLACED + <usize>i * sizeof<K>());
    if (groupOf<K>(hash, mask) == group) reclaim<K, V>(table, hash);
  }
}

/** Takes one entry of `page` back into it, after a deletion there. */
export function reclaimOne<K, V>(table: Table, page: u32): void {
  const count = listSpilled<K, V>(table);
  for (let i: u32 = 0; i < count; i++) {
    const hash = load<K>(DISPLACED + <usize>i * sizeof<K>());
    if (pageOf<K>(table, hash) != page) continue;
    reclaim<K, V>(table, hash);
    return;
  }
}

function reclaim<K, V>(table: Table, hash: K): void {
  const to = placeInPage<K, V>(table, hash, homeOf<K, V>(table, hash));
  if (!to) return;
  const from = spilledSlot<K, V>(table, hash);
  copyValue<V>(valueAddress<K, V>(from), valueAddress<K, V>(to));
  removeSpilled<K, V>(table, hash, from);
  table.moved++;
}
