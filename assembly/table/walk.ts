// Walking a table: the entries at and behind a cursor, some cells at a time, in hash order (order.ts).
//
// The cursor is a position in the order of a level: everything before it has been given out, nothing at or behind it.
// The level is fixed when the walk begins. So that stays true whatever happens to the table between two steps, as
// positions never change:
//
//   - an entry that is there throughout is given out once, by the step whose range holds its position;
//   - a group that has the entries of several cells is read once for each of them, and gives out those of that cell;
//   - growth splits a group into two with fewer cells each, or with parts of one, which are walked one after the other;
//   - shrinking, and a table that was emptied and begins anew, makes larger groups, of more cells;
//   - an entry added behind the cursor is met, one added before it is not: each position is passed once, so the walk
//     ends.
//
// How far a step goes follows from how many entries there are, for they are spread evenly. Where they are not, and it
// meets too many, it takes half of the way, and half of that. A walk costs as much as it did when it began, about, also
// of a table that has shrunk to a small part since: a step reads each of its groups once, however many of their cells
// it passes.

import {
  BUCKETS,
  SLOTS,
  bucketBytes,
  bucketCount,
  copyValue,
  keyAddress,
  keysBytes,
  occupiedAmong,
  valueAddress,
  valueWidth,
} from "./bucket";
import { lowWords, pageAddress } from "./address";
import { levelOf, noteEmpty, skipEmpty } from "./empty";
import { LAST_POSITION, groupAt, positionOf, turn } from "./order";
import { Table, bucketsBytes, zeroSlot } from "./table";
import { fenceAt, leafCount, leafOf } from "./leaves";
import { copyLanes, packLanes } from "./pack";
import { spilledHash } from "./scramble";
import { keyVector } from "../hash/integer";
import { DISPLACED, MAX_WIDTH, NEXT, SPILL_PAGES } from "../memory/layout";

/** Rows that there is room for. */
const WALK_ROWS: u32 = <u32>((SPILL_PAGES - DISPLACED) / (2 * MAX_WIDTH));
/** Where a step puts keys and values: in the scratch of growth and the staging, which no walk needs. */
export const WALK_KEYS: usize = DISPLACED;
export const WALK_VALUES: usize = DISPLACED + <usize>WALK_ROWS * MAX_WIDTH;

const PAGE_SLOTS: u32 = BUCKETS * SLOTS;
/** Most rows of a step: those of a page more, and what whole vectors write behind the last, find room. */
export const MOST_ROWS: u32 = WALK_ROWS - PAGE_SLOTS - SLOTS;

/** Positions that a step divides where it can: the last 16 bits, which a cursor of `scan` does not have. */
const FINEST: u64 = 0xffff;

/**
 * One step: writes about `aim` entries, `most` at most (itself at most MOST_ROWS), the first at or behind `cursor` in
 * the order of a level. Returns how many, and leaves the cursor of the next step at NEXT, high word first, and the
 * level behind; a cursor of 0 there means the end. Here it means the beginning, which chooses the level: `level` says
 * how fine then.
 */
export function walk<K, V>(table: Table, cursor: u64, level: u32, aim: u32, most: u32): u32 {
  if (!cursor) level = levelOf(table, level);
  let from = skipEmpty(table, level, cursor);
  let rows: u32 = 0;
  if (from || !cursor) {
    do {
      let to = lastToRead(table, level, from, aim, most);
      rows = readRange<K, V>(table, level, from, to, most);
      while (rows > most) {
        to = halfWay(table, level, from, to);
        rows = readRange<K, V>(table, level, from, to, most);
      }
      if (!rows) noteEmpty(table, level, cursor, from, to);
      from = to + 1;
      if (!rows && from) from = skipEmpty(table, level, from);
    } while (!rows && from);
  }
  if (!BYTES) toKeys<K>(rows, table.seed);
  store<u32>(NEXT, <u32>(from >>> 32));
  store<u32>(NEXT, <u32>from, 4);
  store<u32>(NEXT, level, 8);
  return rows;
}

// --- cells ---
//
// A cell has the positions of one group, or a part of them where walks have more cells than the table has groups.

/** There are so many cells, as a power of two. */
@inline
function cellsLog(table: Table, level: u32): u32 {
  return max<u32>(level, table.groupLog);
}


@inline
function cellAt(position: u64, log: u32): u64 {
  return log ? position >>> (64 - log) : 0;
}


@inline
function startOfCell(cell: u64, log: u32): u64 {
  return log ? cell << (64 - log) : 0;
}


@inline
function lastOfCell(position: u64, log: u32): u64 {
  return position | (LAST_POSITION >>> log);
}

/**
 * The last position of a step from `from` on that is to meet `aim` entries, and passes no more cells than a group has.
 */
function lastToRead(table: Table, level: u32, from: u64, aim: u32, most: u32): u64 {
  const log = cellsLog(table, level);
  const end = lastOfCell(from, log);
  const entries = <u64>max<u32>(table.count, 1);
  if (entries >>> log > <u64>most) {
    const to = (from + (LAST_POSITION / entries) * aim) | FINEST;
    return to > from && to < end ? to : end;
  }
  const first = cellAt(from, log);
  if (from != startOfCell(first, log)) return end;
  const wanted = max<u64>((((<u64>aim) << log) + (entries >>> 1)) / entries, 1);
  const cells = min<u64>(wanted, (<u64>1) << (log - table.groupLog));
  const last = min<u64>(first + cells, (<u64>1) << log) - 1;
  return lastOfCell(startOfCell(last, log), log);
}

/** A position between two, of which there are too many: the end of a cell, where they are in several. */
function halfWay(table: Table, level: u32, from: u64, to: u64): u64 {
  const log = cellsLog(table, level);
  const first = cellAt(from, log);
  const last = cellAt(to, log);
  if (first != last) return lastOfCell(startOfCell(first + ((last - first) >>> 1), log), log);
  const half = from + ((to - from) >>> 1);
  return (half | FINEST) < to ? half | FINEST : half;
}

// --- reading ---

/**
 * Writes the entries with a position in [from, to]; stops, and returns more than `most`, where these are more. Ends a
 * cell where there are several.
 */
function readRange<K, V>(table: Table, level: u32, from: u64, to: u64, most: u32): u32 {
  const log = cellsLog(table, level);
  const first = cellAt(from, log);
  const span = cellAt(to, log) - first;
  const whole = from == startOfCell(first, log) && to == lastOfCell(to, log);
  const groups = <u32>min<u64>(span, table.groupMask) + 1;
  let row: u32 = 0;
  if (!from && table.zeroPresent) writeRow<K, V>(<K>0, zeroSlot<K>(table), row++); // the hash 0 has the position 0
  for (let i: u32 = 0; i < groups; i++) {
    const group = groupAt(table, turn(from + startOfCell(i, log), level));
    const pages = table.pagesPerGroup + <u32>(group < table.splitNext);
    for (let j: u32 = 0; j < pages; j++) {
      const page = pageAddress<K, V>(table, (j << table.groupLog) + group);
      if (!whole) row = readPart<K, V>(page, bucketsBytes<K, V>(table.bucketMask + 1), level, from, to, row, false);
      else if (level <= table.groupLog) row = readPage<K, V>(table, page, row);
      else row = readCells<K, V>(page, bucketsBytes<K, V>(table.bucketMask + 1), log, <u32>first, <u32>span, row);
      table.walked += table.bucketMask + 1;
      if (row > most) return row;
    }
  }
  return table.spilled ? readSpill<K, V>(table, level, from, to, row, most) : row;
}

/** Writes the entries of the spill with a position in [from, to], from row `row` on; see {@link readRange}. */
function readSpill<K, V>(table: Table, level: u32, from: u64, to: u64, row: u32, most: u32): u32 {
  const log = cellsLog(table, level);
  const cells = cellAt(to, log) - cellAt(from, log) + 1;
  if (<u64>leafCount() <= cells) return readLeaves<K, V>(table, level, 0, LAST_POSITION, from, to, row, most);
  // The positions of a cell are neighbours in the spill's order as well.
  let start = from;
  let last: u64;
  do {
    last = min<u64>(to, lastOfCell(start, log));
    row = readLeaves<K, V>(table, level, turn(start, level), turn(last, level), start, last, row, most);
    start = last + 1;
  } while (row <= most && last != to);
  return row;
}

/** The same, of the leaves for the positions `first` to `last` in their own order. */
function readLeaves<K, V>(
  table: Table,
  level: u32,
  first: u64,
  last: u64,
  from: u64,
  to: u64,
  row: u32,
  most: u32,
): u32 {
  for (let leaf = leafOf(first); leaf < leafCount() && fenceAt(leaf).first <= last && row <= most; leaf++) {
    row = readPart<K, V>(<usize>fenceAt(leaf).leaf, bucketsBytes<K, V>(BUCKETS), level, from, to, row, true);
    table.walked += BUCKETS;
  }
  return row;
}

/** Writes an entry as row `row`. Keys stay hashes until the step is done. */
@inline
function writeRow<K, V>(hash: K, slot: usize, row: u32): void {
  store<K>(WALK_KEYS + <usize>row * sizeof<K>(), hash);
  copyValue<V>(valueAddress<K, V>(slot), WALK_VALUES + <usize>row * valueWidth<V>());
}

/**
 * Writes all entries of a page, from row `row` on; returns the row behind the last. Writes whole buckets: up to 8 rows
 * behind that are overwritten.
 */
function readPage<K, V>(table: Table, page: usize, row: u32): u32 {
  const end = page + bucketsBytes<K, V>(table.bucketMask + 1);
  let keys = WALK_KEYS + <usize>row * sizeof<K>();
  let values = WALK_VALUES + <usize>row * valueWidth<V>();
  for (let bucket = page; bucket < end; bucket += bucketBytes<K, V>()) {
    const count = <usize>bucketCount<K>(bucket);
    copyLanes<K>(bucket, keys);
    if (valueWidth<V>()) copyLanes<V>(bucket + keysBytes<K>(), values);
    keys += count * sizeof<K>();
    values += count * valueWidth<V>();
  }
  return <u32>((keys - WALK_KEYS) / sizeof<K>());
}

/** Writes the entries of a page in the cells `first` to `first + span` of 2^log, likewise. */
function readCells<K, V>(page: usize, bytes: usize, log: u32, first: u32, span: u32, row: u32): u32 {
  const cells = i32x4.splat((1 << log) - 1);
  const begin = i32x4.splat(first);
  const most = i32x4.splat(span);
  const end = page + bytes;
  let keys = WALK_KEYS + <usize>row * sizeof<K>();
  let values = WALK_VALUES + <usize>row * valueWidth<V>();
  for (let bucket = page; bucket < end; bucket += bucketBytes<K, V>()) {
    const low = i32x4.sub(v128.and(lowWords<K>(bucket), cells), begin);
    const high = i32x4.sub(v128.and(lowWords<K>(bucket + 4 * sizeof<K>()), cells), begin);
    const mask = occupiedAmong<K>(bucket, i32x4.le_u(low, most), i32x4.le_u(high, most));
    packLanes<K>(bucket, mask, keys);
    if (valueWidth<V>()) packLanes<V>(bucket + keysBytes<K>(), mask, values);
    const count = <usize>popcnt<u32>(mask);
    keys += count * sizeof<K>();
    values += count * valueWidth<V>();
  }
  return <u32>((keys - WALK_KEYS) / sizeof<K>());
}

/** Writes the entries of a page, or of a leaf, with a position in [from, to], likewise. */
function readPart<K, V>(page: usize, bytes: usize, level: u32, from: u64, to: u64, row: u32, isLeaf: bool): u32 {
  const end = page + bytes;
  for (let bucket = page; bucket < end; bucket += bucketBytes<K, V>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      const hash = isLeaf ? spilledHash<K>(slot) : load<K>(keyAddress<K>(slot));
      if (!hash) break;
      const position = turn(positionOf<K>(hash), level);
      if (position >= from && position <= to) writeRow<K, V>(hash, slot, row++);
    }
  }
  return row;
}

/** Makes keys of the hashes of the rows. */
function toKeys<K>(rows: u32, seed: u32): void {
  const end = WALK_KEYS + <usize>rows * sizeof<K>();
  for (let at = WALK_KEYS; at < end; at += 16) v128.store(at, keyVector<K>(at, seed));
}
