// The spill: entries whose home page is full. Rare with good hashes: a few dozen of 1e7 entries. Keys that were made to
// crowd one page, or a bad hash, may bring all of them here, and the spill takes them: it grows like a B-tree of two
// levels, a look-up is a binary search and a probe of one leaf (leaves.ts), whatever the keys.
//
// 256 counters, by the top byte of the hash, tell a look-up that missed whether the spill is worth a look. An entry
// stays in the spill until it is deleted or a split or deletion makes room in its page; nothing else depends on where
// it is.

import { BUCKETS, SLOTS, copyValue, bucketBytes, keyAddress, pageBytes, valueAddress } from "./bucket";
import { highWord, homeIn, homeOf, pageOf } from "./address";
import { LAST_POSITION, lastOfGroupAt, positionOf, startOfGroup } from "./order";
import {
  Fence,
  addLeaf,
  dropLeaf,
  fenceAt,
  leafCount,
  leafOf,
  leavesToRepair,
  makeRoom,
  nextToRepair,
  noteRoom,
  openLeaves,
} from "./leaves";
import { Table } from "./table";
import { LEAF_FULL, LEAST_HALF, behind, middleOf } from "./middle";
import { UNKNOWN, findFromHome, findInPage, placeInPage, placeNear, removeFromPage } from "./page";
import { scramble, spilledHash } from "./scramble";
import { COUNTERS, COUNTERS_END, DISPLACED } from "../memory/layout";

/** Entries that a leaf is given where they come in order: it has room for more. */
const LEAF_APPENDED: u32 = LEAF_FULL - LEAF_FULL / 4;
/** Most entries that find their page full when a group is regrouped: a page gives its neighbour at most a page full. */
const MOST_DRIVEN_OUT: u32 = SLOTS * BUCKETS;
/** Entries for which a deletion looks for room. */
const MOST_TRIES: u32 = 4;

/** Gives a table that owns its memory its (empty) spill. */
export function openSpill<K, V>(table: Table): void {
  table.spilled = 0;
  openLeaves<K, V>();
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

/** Sum of the counters: the spilled entries. */
export function spillTotal(): u32 {
  let total: u32 = 0;
  for (let at = COUNTERS; at < COUNTERS_END; at += 4) total += load<u32>(at);
  return total;
}

/** The fence of the leaf in whose range a hash lies. */
@inline
export function fenceOf<K>(hash: K): Fence {
  return fenceAt(leafOf(positionOf<K>(hash)));
}

/** The slot of a hash in a leaf, or 0. */
@inline
function findInLeaf<K, V>(table: Table, hash: K, leaf: usize): usize {
  return findInPage<K, V>(table, scramble<K>(hash), leaf);
}

/** The bucket of its leaf where a hash is looked for first. */
@inline
export function leafHomeOf<K, V>(table: Table, hash: K): usize {
  return homeIn<K, V>(table, <usize>fenceOf<K>(hash).leaf, scramble<K>(hash));
}

/** The slot of a hash in the spill whose {@link leafHomeOf} is known, or 0. */
@inline
export function findFromLeafHome<K, V>(table: Table, hash: K, home: usize): usize {
  return findFromHome<K, V>(table, scramble<K>(hash), home);
}

/** Takes a slot of a leaf for a hash; 0 where it is full. */
@inline
function placeInLeaf<K, V>(table: Table, hash: K, leaf: usize): usize {
  return placeScrambled<K, V>(table, scramble<K>(hash), leaf);
}

/** {@link placeInLeaf} for a hash as a leaf has it. */
@inline
function placeScrambled<K, V>(table: Table, scrambled: K, leaf: usize): usize {
  return placeInPage<K, V>(table, scrambled, homeIn<K, V>(table, leaf, scrambled));
}

/** The slot of a hash in the spill, or 0. Only asked while `table.spilled` is not 0. */
export function findSpilled<K, V>(table: Table, hash: K): usize {
  return mayBeSpilled<K>(hash) ? findInLeaf<K, V>(table, hash, <usize>fenceOf<K>(hash).leaf) : 0;
}

/**
 * With so many in a single leaf, and as many more as find their page full, that splits once: the larger half has room
 * for LEAST_HALF more then.
 */
const FEW: u32 = LEAF_FULL + LEAST_HALF - MOST_DRIVEN_OUT;

/** Entries that a regrouping may still send to the spill although their page has room, but not near their home. */
let farLeft: u32 = 0;

/**
 * Is there room for whatever the regrouping of a group may drive out, or can room be made? Each leaf that takes an
 * entry may have to split once, and again after LEAST_HALF entries.
 */
export function spillReady<K, V>(table: Table): bool {
  farLeft = 0;
  if (leafCount() == 1 && table.spilled <= FEW) return makeRoom<K, V>(table, 1);
  farLeft = MOST_DRIVEN_OUT;
  const most = 2 * MOST_DRIVEN_OUT;
  return makeRoom<K, V>(table, min<u32>(leafCount(), most) + most / LEAST_HALF);
}

/**
 * Takes a slot for a hash that is nowhere in the table, in its page or in the spill; 0 where both are full.
 * @param room the first bucket with room behind the home, if that is full: 0 where there is none, UNKNOWN
 */
@inline
export function place<K, V>(table: Table, hash: K, home: usize, room: usize): usize {
  const slot = placeNear<K, V>(table, hash, home, room);
  return slot ? slot : placeElsewhere<K, V>(table, hash, home);
}

/** {@link place} where there is no room near the home. */
function placeElsewhere<K, V>(table: Table, hash: K, home: usize): usize {
  const spilled = table.block ? 0 : placeSpilled<K, V>(table, hash);
  return spilled ? spilled : placeInPage<K, V>(table, hash, home);
}

/**
 * {@link place} for an entry of a group that is regrouped: there is always a slot, for {@link spillReady} has seen to
 * it.
 */
@inline
export function placeAgain<K, V>(table: Table, hash: K, home: usize): usize {
  const slot = farLeft ? placeNear<K, V>(table, hash, home, UNKNOWN) : placeInPage<K, V>(table, hash, home);
  return slot ? slot : placeDrivenOut<K, V>(table, hash);
}

function placeDrivenOut<K, V>(table: Table, hash: K): usize {
  if (farLeft) farLeft--;
  return placeSpilled<K, V>(table, hash);
}

/** Takes a slot of the spill; 0 where there is no memory. */
function placeSpilled<K, V>(table: Table, hash: K): usize {
  let fence = fenceOf<K>(hash);
  if (fence.entries == LEAF_FULL) {
    const position = positionOf<K>(hash);
    if (!makeRoom<K, V>(table, 1) || !splitLeaf<K, V>(table, leafOf(position), position)) return 0;
    fence = fenceOf<K>(hash);
  }
  return placeUnder<K, V>(table, hash, fence);
}

/**
 * {@link placeSpilled} for a hash that comes behind all others of the spill, of which `last` is the last one: leaves
 * are never split. No leaf begins between two of one position, which only a test build's bad hash gives.
 */
export function appendSpilled<K, V>(table: Table, hash: K, last: K): usize {
  let fence = fenceAt(leafCount() - 1);
  if (fence.entries >= LEAF_APPENDED && positionOf<K>(hash) != positionOf<K>(last)) {
    if (!makeRoom<K, V>(table, 1)) return 0;
    addLeaf<K, V>(leafCount(), positionOf<K>(hash));
    fence = fenceAt(leafCount() - 1);
  }
  return fence.entries < LEAF_FULL ? placeUnder<K, V>(table, hash, fence) : 0;
}

/** Takes a slot of a leaf that is not full. */
@inline
function placeUnder<K, V>(table: Table, hash: K, fence: Fence): usize {
  const counter = counterOf<K>(hash);
  store<u32>(counter, load<u32>(counter) + 1);
  table.spilled++;
  fence.entries++;
  return placeInLeaf<K, V>(table, hash, <usize>fence.leaf);
}

/**
 * Gives the entries behind a middle position of a full leaf, to which an entry at `next` is to come, to a new one.
 * Where that is behind all others, as in ordered columns, more than half of them stay. False where all have one
 * position.
 */
function splitLeaf<K, V>(table: Table, index: u32, next: u64): bool {
  const middle = middleOf<K, V>(<usize>fenceAt(index).leaf, next);
  if (!middle) return false;
  addLeaf<K, V>(index + 1, middle);
  const from = fenceAt(index);
  const to = fenceAt(index + 1);
  while (giveBehind<K, V>(table, from, to)) {}
  return true;
}

/**
 * Moves the entries of a leaf that belong to the next one there; returns how many. From the last bucket to the first,
 * as deletion pulls entries up from the buckets behind, which have room by then. Those that it pulls from the first
 * buckets to the last ones wait for another pass.
 */
function giveBehind<K, V>(table: Table, from: Fence, to: Fence): u32 {
  const leaf = <usize>from.leaf;
  const before = to.entries;
  for (let number = BUCKETS; number--;) {
    const bucket = leaf + <usize>number * bucketBytes<K, V>();
    // From the last slot to the first: the bucket's last entry, which takes the place of one that goes, has been looked
    // at.
    for (let mask = behind<K>(bucket, to.first); mask;) {
      const last = 31 - clz<u32>(mask);
      mask ^= 1 << last;
      const slot = bucket + last;
      const place = placeScrambled<K, V>(table, load<K>(keyAddress<K>(slot)), <usize>to.leaf);
      copyValue<V>(valueAddress<K, V>(slot), valueAddress<K, V>(place));
      removeFromPage<K, V>(table, leaf, slot);
      table.moved++;
      from.entries--;
      to.entries++;
    }
  }
  return to.entries - before;
}

/** Removes an entry of the spill, which is in `slot`. */
export function removeSpilled<K, V>(table: Table, hash: K, slot: usize): void {
  const counter = counterOf<K>(hash);
  store<u32>(counter, load<u32>(counter) - 1);
  table.spilled--;
  const index = leafOf(positionOf<K>(hash));
  const fence = fenceAt(index);
  removeFromPage<K, V>(table, <usize>fence.leaf, slot);
  if (--fence.entries == 0) dropLeaf(index);
}

/**
 * Takes entries of a group of 2^log groups back into their pages, which a split has made less full: `most` at most, and
 * only such as stand in the first leaf of the group's range.
 */
export function reclaimGroup<K, V>(table: Table, group: u32, log: u32, most: u32): void {
  const from = startOfGroup(group);
  const to = lastOfGroupAt(from, log);
  let index = leafOf(from);
  let end = DISPLACED;
  while (end == DISPLACED && index < leafCount() && fenceAt(index).first <= to) {
    end = listLeaf<K, V>(fenceAt(index++), from, to);
  }
  const before = table.moved;
  for (let at = DISPLACED; at < end && table.moved - before < most; at += sizeof<K>()) {
    reclaim<K, V>(table, load<K>(at));
  }
  noteRoom();
}

/** Lists the hashes of a leaf with a position in [from, to] at DISPLACED; returns the end of the list. */
function listLeaf<K, V>(fence: Fence, from: u64, to: u64): usize {
  const leaf = <usize>fence.leaf;
  let end = DISPLACED;
  for (let bucket = leaf; bucket < leaf + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      const hash = spilledHash<K>(slot);
      if (!hash) break;
      const position = positionOf<K>(hash);
      if (position < from || position > to) continue;
      store<K>(end, hash);
      end += sizeof<K>();
    }
  }
  return end;
}

/**
 * Takes one entry of a page back into it after `removed` was deleted there, if the leaf in whose range that lay has one
 * that finds room.
 */
export function reclaimOne<K, V>(table: Table, removed: K): void {
  const page = pageOf<K>(table, removed);
  const leaf = <usize>fenceOf<K>(removed).leaf;
  let tries = MOST_TRIES;
  for (let bucket = leaf; bucket < leaf + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      const hash = spilledHash<K>(slot);
      if (!hash) break;
      if (pageOf<K>(table, hash) != page) continue;
      if (reclaim<K, V>(table, hash) || !--tries) return;
    }
  }
}

// --- repair: what deletion and growth have made room for ---

/** Is there a leaf that may hold entries with room in their pages? */
@inline
export function repairDue(table: Table): bool {
  return table.spilled != 0 && leavesToRepair() != 0;
}

/** Takes entries of the next leaf back into their pages. */
export function repairLeaf<K, V>(table: Table): void {
  const end = listLeaf<K, V>(fenceAt(nextToRepair()), 0, LAST_POSITION);
  for (let at = DISPLACED; at < end; at += sizeof<K>()) reclaim<K, V>(table, load<K>(at));
}

/** Takes an entry back into its page; false where that is full. */
function reclaim<K, V>(table: Table, hash: K): bool {
  const to = placeNear<K, V>(table, hash, homeOf<K, V>(table, hash), UNKNOWN);
  if (!to) return false;
  const from = findInLeaf<K, V>(table, hash, <usize>fenceOf<K>(hash).leaf);
  copyValue<V>(valueAddress<K, V>(from), valueAddress<K, V>(to));
  removeSpilled<K, V>(table, hash, from);
  table.moved++;
  return true;
}
