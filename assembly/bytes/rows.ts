// Batches of byte keys, 128 rows at a time: all hashes, then all home buckets, then all records are asked for before
// the first of them is needed, so that the misses of a pass overlap.
//
// Long batches may go to native kernels, which leave the wasm the rows that need more than a look at table and arena.

import { firstSlot, isFull, matchKeys, splatKey, valueAt } from "../table/bucket";
import { highWords, homeOf, lowWords, pagesOf } from "../table/address";
import { findFrom } from "../table/find";
import { grow, noGrowthWithin } from "../table/evacuate";
import { PAGE_LOG, segmentedPages } from "../table/segmented";
import { Table } from "../table/table";
import { combine } from "../batch/combine";
import { KEEP, REPLACE } from "../batch/put";
import { hashBytes, hashRows } from "../hash/bytes";
import * as kernels from "../native/kernels";
import { GET_ROWS, PUT_ROWS } from "../native/thresholds";
import { REFUSED, IS_NATIVE, noteServed, useKernel } from "../native/use";
import { ADDRESSES, BLOCK_ROWS, HASHES, MISSING, OFFSETS, ORIGIN, PENDING, SINK, memoryBytes } from "../memory/layout";
import { arenaOf, recordAt } from "./arena";
import { claimEntry, entryIsNew, findEntry, findRecord, referenceAt, removeEntry, slotHash, slotHashes } from "./entry";
import { copyValue, valueOf } from "./record";

/** The record that each row of a block may find; 0 where its home bucket has none. */
const CANDIDATES = PENDING;

/** log2 of the bytes of a bucket of hashes and references. */
const BUCKET_LOG: u32 = 6;

// A column of byte keys: row i is the bytes from offset i to offset i + 1.

@inline
function startOf(bytes: usize, offsets: usize, row: u32): usize {
  return bytes + <usize>load<u32>(offsets + ((<usize>row) << 2));
}


@inline
function lengthAt(offsets: usize, row: u32): u32 {
  const at = offsets + ((<usize>row) << 2);
  return load<u32>(at, 4) - load<u32>(at);
}


@inline
function hashAt(row: u32): u32 {
  return load<u32>(HASHES + ((<usize>row) << 2));
}


@inline
function homeAt(row: u32): usize {
  return <usize>load<u32>(ADDRESSES + ((<usize>row) << 2));
}

/**
 * Fills HASHES and ADDRESSES for a block of rows, and touches the home buckets. Whole vectors: up to 3 rows more have
 * any address.
 */
function prepareRows(table: Table, bytes: usize, offsets: usize, rows: u32): void {
  hashRows<u32>(bytes, offsets, rows, table.seed, HASHES);
  const groupMask = i32x4.splat(table.groupMask);
  const splitNext = i32x4.splat(table.splitNext);
  const pagesPerGroup = i32x4.splat(table.pagesPerGroup);
  const bucketMask = i32x4.splat(table.bucketMask);
  const bucketShift = table.bucketShift;
  const doubling = i32x4.splat(1 << table.groupLog);
  const pooled = table.block != 0;
  const base = i32x4.splat(table.base);
  const end = HASHES + ((<usize>rows + 3) & ~3) * 4;
  let to = ADDRESSES;
  for (let from = HASHES; from < end; from += 16) {
    v128.store(from, slotHashes(v128.load(from)));
    const low = lowWords<u32>(from);
    const high = highWords<u32>(from);
    const page = pagesOf(low, high, groupMask, doubling, splitNext, pagesPerGroup);
    const bucket = i32x4.shl(v128.and(i32x4.shr_u(high, bucketShift), bucketMask), BUCKET_LOG);
    const start = pooled ? i32x4.add(base, i32x4.shl(page, PAGE_LOG)) : segmentedPages(page);
    v128.store(to, i32x4.add(start, bucket));
    to += 16;
  }
  let touched: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) touched ^= load<u32>(homeAt(row));
  store<u32>(SINK, touched); // keeps the loads
}

/** Fills CANDIDATES for a prepared block, and touches the records, both ends of them. */
function prepareRecords(table: Table, offsets: usize, rows: u32): void {
  const arena = arenaOf(table);
  const last = memoryBytes() - 1; // a record may be shorter than the key that is asked for
  let touched: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    const home = homeAt(row);
    const match = matchKeys<u32>(home, splatKey<u32>(hashAt(row)));
    let record: usize = 0;
    if (match) {
      record = recordAt(arena, load<u32>(valueAt<u32, u32>(home, firstSlot(match))));
      touched ^= load<u32>(record) ^ load<u8>(min<usize>(record + <usize>lengthAt(offsets, row), last));
    }
    store<u32>(CANDIDATES + ((<usize>row) << 2), <u32>record);
  }
  store<u32>(SINK, touched);
}

/**
 * Looks up `rows` keys: writes values (unless `values` is 0) and found flags, returns the hits. A miss gets the value
 * at MISSING.
 */
export function getRows(table: Table, bytes: usize, offsets: usize, rows: u32, values: usize, found: usize): u32 {
  const valueBytes = arenaOf(table).valueBytes;
  let hits: u32 = 0;
  if (IS_NATIVE && offsets == OFFSETS && useKernel(rows, GET_ROWS)) {
    const answer = values
      ? kernels.getByteRows(table, ORIGIN, bytes, rows, values, found)
      : kernels.hasByteRows(table, ORIGIN, bytes, rows, found);
    if (answer != REFUSED) {
      noteServed(rows);
      hits = answer & ~kernels.OPEN;
      return answer & kernels.OPEN ? hits + getUnknown(table, bytes, offsets, rows, values, found) : hits;
    }
  }
  for (let row: u32 = 0; row < rows; row += BLOCK_ROWS) {
    const count = min<u32>(BLOCK_ROWS, rows - row);
    const from = offsets + ((<usize>row) << 2);
    prepareRows(table, bytes, from, count);
    prepareRecords(table, from, count);
    for (let i: u32 = 0; i < count; i++) {
      const record = recordOf(table, i, startOf(bytes, from, i), lengthAt(from, i));
      if (values) {
        const to = values + <usize>(row + i) * <usize>valueBytes;
        copyValue(record ? valueOf(record) : MISSING, to, valueBytes);
      }
      store<u8>(found + <usize>(row + i), <u8>(record != 0));
      hits += <u32>(record != 0);
    }
  }
  return hits;
}

/** Looks up the rows that a kernel has left: they have the values of misses. Returns the hits. */
function getUnknown(table: Table, bytes: usize, offsets: usize, rows: u32, values: usize, found: usize): u32 {
  const valueBytes = arenaOf(table).valueBytes;
  let hits: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    if (load<u8>(found + <usize>row) != kernels.UNKNOWN) continue;
    const key = startOf(bytes, offsets, row);
    const length = lengthAt(offsets, row);
    const record = findEntry(table, slotHash(hashBytes(key, length, table.seed)), key, length);
    store<u8>(found + <usize>row, <u8>(record != 0));
    if (!record) continue;
    if (values) copyValue(valueOf(record), values + <usize>row * <usize>valueBytes, valueBytes);
    hits++;
  }
  return hits;
}

/** The record of row `row` of a prepared block, or 0. */
@inline
function recordOf(table: Table, row: u32, key: usize, length: u32): usize {
  const arena = arenaOf(table);
  const candidate = load<u32>(CANDIDATES + ((<usize>row) << 2));
  if (candidate) return findRecord(arena, candidate - arena.base, key, length);
  const home = homeAt(row);
  if (!isFull<u32>(home) && !table.spilled) return 0;
  const slot = findFrom<u32, u32>(table, hashAt(row), home);
  return slot ? findRecord(arena, referenceAt(slot), key, length) : 0;
}

/**
 * Writes `rows` entries; returns how many rows were written: fewer than `rows` where the next one was refused, with the
 * reason in `table.refusal`.
 */
export function putRows(table: Table, bytes: usize, offsets: usize, values: usize, rows: u32, how: u32): u32 {
  table.carried = 0; // no single operation
  let row: u32 = 0;
  while (row < rows) {
    const count = min<u32>(BLOCK_ROWS - (row & (BLOCK_ROWS - 1)), rows - row); // a kernel may have left a block in the middle
    while (table.pages > 1 && table.count + count > table.growAt) {
      if (!grow<u32, u32>(table)) break; // then row by row, up to the one that is refused
    }
    const steady = noGrowthWithin(table, count); // else growth may outdate the addresses
    if (IS_NATIVE && steady && offsets == OFFSETS && useKernel(rows - row, PUT_ROWS)) {
      const end = putNatively(table, bytes, values, row, rows, how);
      if (refused) return end;
      if (end > row) {
        row = end;
        continue;
      }
    }
    const from = offsets + ((<usize>row) << 2);
    prepareRows(table, bytes, from, count);
    prepareRecords(table, from, count);
    for (let i: u32 = 0; i < count; i++) {
      const hash = hashAt(i);
      const home = steady ? homeAt(i) : homeOf<u32, u32>(table, hash);
      if (!putRow(table, hash, home, startOf(bytes, from, i), lengthAt(from, i), values, row + i, how)) return row + i;
    }
    row += count;
  }
  return rows;
}

/** Set by {@link putNatively}: was the row behind those that are written refused? */
let refused: bool = false;

/**
 * Writes rows from row `first` on by kernel, and those that it leaves, up to a block that growth may come due in, or a
 * row that is refused; returns where that is.
 */
function putNatively(table: Table, bytes: usize, values: usize, first: u32, rows: u32, how: u32): u32 {
  let row = first;
  refused = false;
  while (row < rows) {
    const answer = kernels.putByteRows(table, ORIGIN, bytes, values, row, rows, how);
    if (answer == REFUSED) break;
    const done = answer & ~kernels.OPEN;
    noteServed(done);
    row += done;
    if (!(answer & kernels.OPEN)) break;
    const key = startOf(bytes, OFFSETS, row);
    const length = lengthAt(OFFSETS, row);
    const hash = slotHash(hashBytes(key, length, table.seed));
    if (!putRow(table, hash, homeOf<u32, u32>(table, hash), key, length, values, row, how)) {
      refused = true;
      break;
    }
    row++;
  }
  return row;
}

/** Writes a row whose key is at `key`; false where it is refused. */
@inline
function putRow(
  table: Table,
  hash: u32,
  home: usize,
  key: usize,
  length: u32,
  values: usize,
  row: u32,
  how: u32,
): bool {
  const record = claimEntry(table, hash, home, key, length);
  if (!record) return false;
  const valueBytes = arenaOf(table).valueBytes;
  const value = values + <usize>row * <usize>valueBytes;
  if (entryIsNew || how == REPLACE) copyValue(value, valueOf(record), valueBytes);
  else if (how != KEEP) merge(value, valueOf(record), valueBytes, how);
  return true;
}


@inline
function merge(value: usize, into: usize, valueBytes: u32, how: u32): void {
  if (valueBytes == 4) combine<u32>(value, into, how);
  else combine<u64>(value, into, how);
}

/** Deletes `rows` keys; returns how many were there. */
export function removeRows(table: Table, bytes: usize, offsets: usize, rows: u32): u32 {
  let removed: u32 = 0;
  for (let row: u32 = 0; row < rows; row += BLOCK_ROWS) {
    const count = min<u32>(BLOCK_ROWS, rows - row);
    const from = offsets + ((<usize>row) << 2);
    prepareRows(table, bytes, from, count);
    prepareRecords(table, from, count);
    for (let i: u32 = 0; i < count; i++) {
      removed += <u32>removeEntry(table, hashAt(i), homeAt(i), startOf(bytes, from, i), lengthAt(from, i));
    }
  }
  return removed;
}
