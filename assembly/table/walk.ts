// Walking a table: the entries at and behind a cursor, a group at a time, in hash order (order.ts).
//
// The cursor is a position: everything before it has been given out, nothing at or behind it. That stays true whatever happens to
// the table between two steps, as positions never change:
//
//   - an entry that is there throughout is given out once, by the step whose range holds its position;
//   - growth splits the range of a group into those of two others, which are walked one after the other;
//   - a table that was emptied and begins anew has larger groups, of which the step gives out the part behind the cursor;
//   - an entry added behind the cursor is met, one added before it is not: each position is passed once, so the walk ends.

import {
  BUCKETS,
  SLOTS,
  bucketBytes,
  bucketCount,
  copyValue,
  keyAddress,
  keysBytes,
  pageBytes,
  valueAddress,
  valueWidth,
} from "./bucket";
import { GROUP_PAGES, pageAddress } from "./address";
import { noteEmpty, skipEmpty } from "./empty";
import { groupAt, lastOfGroup, positionOf, startsGroup } from "./order";
import { Table, bucketsBytes, zeroSlot } from "./table";
import { fenceAt, leafCount, leafOf } from "./leaves";
import { copyLanes } from "./pack";
import { spilledHash } from "./spill";
import { keyOf, keyVector } from "../hash/integer";
import { DISPLACED, MAX_WIDTH, NEXT, SPILL_PAGES } from "../memory/layout";

/** Rows of one step: a group of full pages, and some of the spill. */
export const WALK_ROWS: u32 = <u32>((SPILL_PAGES - DISPLACED) / (2 * MAX_WIDTH));
/** Where a step puts keys and values: in the scratch of growth and the staging, which no walk needs. */
export const WALK_KEYS: usize = DISPLACED;
export const WALK_VALUES: usize = DISPLACED + <usize>WALK_ROWS * MAX_WIDTH;

const PAGE_SLOTS: u32 = BUCKETS * SLOTS;

/**
 * One step: writes the entries of the first group that has any at or behind `cursor`, or of a part of it where they are more than `most` (at most WALK_ROWS), returns how many, and leaves the cursor of the
 * next step at NEXT, high word first; 0 there means the end.
 */
export function walk<K, V>(table: Table, cursor: u64, most: u32): u32 {
  let from = skipEmpty(table, cursor);
  let rows: u32 = 0;
  if (from || !cursor) {
    do {
      const to = lastToRead<K, V>(table, from, most);
      rows = readRange<K, V>(table, from, to);
      if (!rows) noteEmpty(table, cursor, from, to);
      from = to + 1;
      if (!rows && from) from = skipEmpty(table, from);
    } while (!rows && from);
  }
  store<u32>(NEXT, <u32>(from >>> 32));
  store<u32>(NEXT, <u32>from, 4);
  return rows;
}

/** The last position of the range that a step from `from` on reads: the group's, or an earlier one where it has more than `most` entries. */
function lastToRead<K, V>(table: Table, from: u64, most: u32): u64 {
  let to = lastOfGroup(table, from);
  const spilled = table.spilled + (GROUP_PAGES << 1) * PAGE_SLOTS; // one entry less fits, for the zero entry
  if (table.block || (spilled < WALK_ROWS && most == WALK_ROWS)) return to;
  while (to != from && countRange<K, V>(table, from, to) > most) to = from + ((to - from) >>> 1);
  return to;
}

/** The pages of the group that holds a position. */
@inline
function pagesAt(table: Table, position: u64): u32 {
  return table.pagesPerGroup + <u32>(groupAt(table, position) < table.splitNext);
}

/** Entries with a position in [from, to], a part of a group's range. Stops counting above WALK_ROWS. */
function countRange<K, V>(table: Table, from: u64, to: u64): u32 {
  const group = groupAt(table, from);
  const pages = pagesAt(table, from);
  let rows: u32 = from ? 0 : table.zeroPresent;
  for (let j: u32 = 0; j < pages; j++) {
    rows += countPart<K, V>(pageAddress<K, V>(table, (j << table.groupLog) + group), from, to, false);
  }
  for (let leaf = leafOf(from); leaf < leafCount() && fenceAt(leaf).first <= to && rows <= WALK_ROWS; leaf++) {
    rows += countPart<K, V>(<usize>fenceAt(leaf).leaf, from, to, true);
  }
  return rows;
}

/** Entries of a page or a leaf of a large table with a position in [from, to]. */
function countPart<K, V>(page: usize, from: u64, to: u64, isLeaf: bool): u32 {
  const end = page + pageBytes<K, V>();
  let rows: u32 = 0;
  for (let bucket = page; bucket < end; bucket += bucketBytes<K, V>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      const hash = isLeaf ? spilledHash<K>(slot) : load<K>(keyAddress<K>(slot));
      if (!hash) break;
      const position = positionOf<K>(hash);
      rows += <u32>(position >= from && position <= to);
    }
  }
  return rows;
}

/** Writes the entries with a position in [from, to], a part of a group's range. */
function readRange<K, V>(table: Table, from: u64, to: u64): u32 {
  const group = groupAt(table, from);
  const whole = startsGroup(table, from) && to == lastOfGroup(table, from);
  const pages = pagesAt(table, from);
  let row: u32 = 0;
  for (let j: u32 = 0; j < pages; j++) {
    const page = pageAddress<K, V>(table, (j << table.groupLog) + group);
    row = whole ? readPage<K, V>(table, page, row) : readPart<K, V>(table, page, from, to, row, false);
  }
  table.walked += pages * (table.bucketMask + 1);
  if (table.spilled) {
    for (let leaf = leafOf(from); leaf < leafCount() && fenceAt(leaf).first <= to; leaf++) {
      row = readPart<K, V>(table, <usize>fenceAt(leaf).leaf, from, to, row, true);
      table.walked += BUCKETS;
    }
  }
  if (!from && table.zeroPresent) writeRow<K, V>(table, <K>0, zeroSlot<K>(table), row++); // the hash 0 has the position 0
  return row;
}

/** Writes an entry as row `row`. */
@inline
function writeRow<K, V>(table: Table, hash: K, slot: usize, row: u32): void {
  store<K>(WALK_KEYS + <usize>row * sizeof<K>(), keyOf<K>(hash, table.seed));
  copyValue<V>(valueAddress<K, V>(slot), WALK_VALUES + <usize>row * valueWidth<V>());
}

/**
 * Writes all entries of a page, from row `row` on; returns the row behind the last. Writes whole buckets: up to 8 rows behind that
 * are overwritten.
 */
function readPage<K, V>(table: Table, page: usize, row: u32): u32 {
  const seed = table.seed;
  const end = page + bucketsBytes<K, V>(table.bucketMask + 1);
  let keys = WALK_KEYS + <usize>row * sizeof<K>();
  let values = WALK_VALUES + <usize>row * valueWidth<V>();
  for (let bucket = page; bucket < end; bucket += bucketBytes<K, V>()) {
    const count = <usize>bucketCount<K>(bucket);
    for (let at: usize = 0; at < keysBytes<K>(); at += 16) v128.store(keys + at, keyVector<K>(bucket + at, seed));
    if (valueWidth<V>()) copyLanes<V>(bucket + keysBytes<K>(), values);
    keys += count * sizeof<K>();
    values += count * valueWidth<V>();
  }
  return <u32>((keys - WALK_KEYS) / sizeof<K>());
}

/** Writes the entries of a page or a leaf with a position in [from, to], likewise. */
function readPart<K, V>(table: Table, page: usize, from: u64, to: u64, row: u32, isLeaf: bool): u32 {
  const end = page + bucketsBytes<K, V>(table.bucketMask + 1);
  for (let bucket = page; bucket < end; bucket += bucketBytes<K, V>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      const hash = isLeaf ? spilledHash<K>(slot) : load<K>(keyAddress<K>(slot));
      if (!hash) break;
      const position = positionOf<K>(hash);
      if (position >= from && position <= to) writeRow<K, V>(table, hash, slot, row++);
    }
  }
  return row;
}
