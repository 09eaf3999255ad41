// Entries of a snapshot that stand in no page of its table: those of the spill, as rows of a hash and a value, and the
// entry whose hash is 0.

import { SLOTS, bucketBytes, copyValue, pageBytes, valueAddress, valueWidth } from "../table/bucket";
import { ALL_SEEN, groupOf, pageAddress, pageOf } from "../table/address";
import { fenceAt, noteRoom } from "../table/leaves";
import { positionOf } from "../table/order";
import { findInPage } from "../table/page";
import { spilledHash } from "../table/scramble";
import { appendSpilled } from "../table/spill";
import { REFUSED_MEMORY, Table, refuse, zeroSlot } from "../table/table";
import { isCanonical } from "../hash/float";
import { keyOf, mix32 } from "../hash/integer";
import { DISPLACED, STAGING } from "../memory/layout";


@inline
function rowBytes<K, V>(): usize {
  return sizeof<K>() + valueWidth<V>();
}

/** Writes the entries of a leaf of the spill to the staging, in the order of their positions; returns how many. */
export function writeLeaf<K, V>(index: u32): u32 {
  const leaf = <usize>fenceAt(index).leaf;
  let rows: u32 = 0;
  for (let bucket = leaf; bucket < leaf + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      const hash = spilledHash<K>(slot);
      if (!hash) break;
      writeRow<K, V>(rows++, hash, valueAddress<K, V>(slot));
    }
  }
  sortRows<K, V>(rows);
  return rows;
}


@inline
function rowAt<K, V>(row: u32): usize {
  return STAGING + <usize>row * rowBytes<K, V>();
}


@inline
function writeRow<K, V>(row: u32, hash: K, value: usize): void {
  store<K>(rowAt<K, V>(row), hash);
  copyValue<V>(value, rowAt<K, V>(row) + sizeof<K>());
}


@inline
function copyRow<K, V>(from: u32, to: u32): void {
  writeRow<K, V>(to, load<K>(rowAt<K, V>(from)), rowAt<K, V>(from) + sizeof<K>());
}

/** Does a hash come behind another one in the order of rows? Under a test build's bad hash two may share a position. */
@inline
function isBehind<K>(hash: K, other: K): bool {
  const position = positionOf<K>(hash);
  const before = positionOf<K>(other);
  return position > before || (!ALL_SEEN && position == before && hash > other);
}


@inline
function hashAt<K, V>(row: u32): K {
  return load<K>(rowAt<K, V>(row));
}

/**
 * Heap sort of the staged rows by position (J. W. J. Williams, 1964). The place behind them holds the row that is on
 * its way.
 */
function sortRows<K, V>(rows: u32): void {
  const held = rows;
  for (let root = rows >>> 1; root--;) {
    copyRow<K, V>(root, held);
    sink<K, V>(held, root, rows);
  }
  for (let end = rows; end-- > 1;) {
    copyRow<K, V>(end, held);
    copyRow<K, V>(0, end);
    sink<K, V>(held, 0, end);
  }
}

/** Puts the row that is held into the heap of the rows before `end`: at `root`, which is free, or below. */
function sink<K, V>(held: u32, root: u32, end: u32): void {
  const hash = hashAt<K, V>(held);
  let at = root;
  for (;;) {
    let child = (at << 1) + 1;
    if (child >= end) break;
    if (child + 1 < end && isBehind<K>(hashAt<K, V>(child + 1), hashAt<K, V>(child))) child++;
    if (isBehind<K>(hash, hashAt<K, V>(child))) break;
    copyRow<K, V>(child, at);
    at = child;
  }
  copyRow<K, V>(held, at);
}

/** The hash of the last row placed; 0 before the first one: {@link placeRows}. */
let lastHash: u64 = 0;

/** From so many rows of one group on it pays to read its pages once for all of them. */
const CROWD: u32 = 16;
/** Bits that are set for the hashes of a crowd's pages, and their log2: 6 % of them for four full pages. */
const FILTER: usize = DISPLACED;
const FILTER_LOG: u32 = 15;

/**
 * Places the entries of `rows` rows in the staging, which come in the order of their positions and are in no page;
 * those of all calls for a table, of which one is the `first`. Returns how many. Fewer than `rows` where the next one
 * is none of the table's, or has no room: REFUSED_MEMORY in `table.refusal` then, else 0.
 *
 * They go behind the others of the spill, without a look for room in their pages, which repair does in its time. So the
 * time is that of the bytes, whatever they are: that none is in its page is seen by a filter where many of one group
 * come, which would each read a full page.
 */
export function placeRows<K, V>(table: Table, rows: u32, first: bool, floats: bool, random: u32): u32 {
  table.refusal = 0;
  if (first) lastHash = 0;
  let crowdEnd: u32 = 0; // the row behind those for which the filter was made
  for (let row: u32 = 0; row < rows; row++) {
    const hash = hashAt<K, V>(row);
    const last = <K>lastHash;
    if (!isBehind<K>(hash, last) || (floats && !isCanonical(<u64>keyOf<K>(hash, table.seed)))) return row;
    if (row >= crowdEnd) crowdEnd = row + filterFor<K, V>(table, row, rows, random);
    if ((row >= crowdEnd || mayBeIn<K>(hash, random)) && isInItsPage<K, V>(table, hash)) return row;
    const slot = appendSpilled<K, V>(table, hash, last);
    if (!slot) {
      refuse(table, REFUSED_MEMORY);
      return row;
    }
    lastHash = <u64>hash;
    copyValue<V>(rowAt<K, V>(row) + sizeof<K>(), valueAddress<K, V>(slot));
    table.count++;
  }
  noteRoom(); // there may be some in their pages
  return rows;
}


@inline
function isInItsPage<K, V>(table: Table, hash: K): bool {
  return findInPage<K, V>(table, hash, pageAddress<K, V>(table, pageOf<K>(table, hash))) != 0;
}

/**
 * Makes the filter for the rows from `row` on that are of one group, if they are a crowd; returns how many it is for.
 */
function filterFor<K, V>(table: Table, row: u32, rows: u32, random: u32): u32 {
  const group = groupOf<K>(hashAt<K, V>(row), table.groupMask);
  let end = row + 1;
  while (end < rows && groupOf<K>(hashAt<K, V>(end), table.groupMask) == group) end++;
  if (end - row < CROWD) return 0;
  memory.fill(FILTER, 0, 1 << (FILTER_LOG - 3));
  for (let page = group; page < table.pages; page += table.groupMask + 1) {
    const at = pageAddress<K, V>(table, page);
    const pageEnd = at + (<usize>table.bucketMask + 1) * bucketBytes<K, V>();
    for (let bucket = at; bucket < pageEnd; bucket += bucketBytes<K, V>()) {
      for (let number: usize = 0; number < SLOTS; number++) {
        const bit = bitOf<K>(load<K>(bucket + number * sizeof<K>()), random);
        const word = wordOf(bit);
        store<u32>(word, load<u32>(word) | (1 << (bit & 31)));
      }
    }
  }
  return end - row;
}


@inline
function mayBeIn<K>(hash: K, random: u32): bool {
  const bit = bitOf<K>(hash, random);
  return ((load<u32>(wordOf(bit)) >>> (bit & 31)) & 1) != 0;
}


@inline
function wordOf(bit: u32): usize {
  return FILTER + ((bit >>> 5) << 2);
}

/** The filter's bit of a hash: by multiplication with numbers that whoever made the snapshot does not know. */
@inline
function bitOf<K>(hash: K, random: u32): u32 {
  const low = <u32>hash * (random | 1);
  const high = sizeof<K>() == 8 ? <u32>((<u64>hash) >>> 32) * (mix32(random) | 1) : 0;
  return (low + high) >>> (32 - FILTER_LOG);
}

/**
 * Gives the table the entry whose hash is 0, with the value in the staging; false where its key can be none of the
 * table's.
 */
export function placeZero<K, V>(table: Table, floats: bool): bool {
  if (floats && !isCanonical(<u64>keyOf<K>(<K>0, table.seed))) return false;
  table.zeroPresent = 1;
  copyValue<V>(STAGING, valueAddress<K, V>(zeroSlot<K>(table)));
  return true;
}
