// Batched writes: a row is as good as a single `set`, in row order, so equal keys in one batch meet their predecessors.
//
// Blocks that need no growth may go to a native kernel, as many as there are in a row. It writes the same bytes.

import {
  BUCKETS,
  SLOTS,
  copyValue,
  firstSlot,
  keyAt,
  matchKeys,
  splatKey,
  valueAddress,
  valueAt,
  valueWidth,
} from "../table/bucket";
import { homeOf } from "../table/address";
import { Table } from "../table/table";
import { mayBeSpilled } from "../table/spill";
import { claim, claimZero, claimedNew } from "../table/insert";
import { grow, noGrowthWithin } from "../table/evacuate";
import { noteAdded } from "../table/empty";
import * as kernels from "../native/kernels";
import { PUT } from "../native/thresholds";
import { REFUSED, IS_NATIVE, noteServed, useKernel } from "../native/use";
import { prepareBlock, touchSecond } from "./block";
import { combine } from "./combine";
import { ADDRESSES, BLOCK_ROWS, HASHES, PENDING } from "../memory/layout";

/** What a row does to a value that is there; the codes behind them are those of combine.ts. */
export const REPLACE: u32 = 0;
export const KEEP: u32 = 1;

/**
 * Writes `rows` entries; returns how many rows were written: fewer than `rows` where the next one was refused, with the
 * reason in `table.refusal`.
 */
export function putRows<K, V>(table: Table, keys: usize, values: usize, rows: u32, how: u32): u32 {
  table.carried = 0; // no single operation
  for (let row: u32 = 0; row < rows; row += BLOCK_ROWS) {
    const count = min<u32>(BLOCK_ROWS, rows - row);
    const keysFrom = keys + <usize>row * sizeof<K>();
    const valuesFrom = values + <usize>row * valueWidth<V>();
    // Growth for a block that may be new throughout, where a block is little beside the table.
    while (table.pages > 1 && table.count + count > table.growAt) {
      if (!grow<K, V>(table)) break; // then row by row, up to the one that is refused
    }
    if (IS_NATIVE && useKernel(rows - row, PUT) && noGrowthWithin(table, count)) {
      const written = putNatively<K, V>(table, keysFrom, valuesFrom, rows - row, how);
      if (written) {
        row += written - BLOCK_ROWS; // whole blocks, or all
        continue;
      }
    }
    const hasZero = prepareBlock<K, V>(table, keysFrom, count);
    const written = noGrowthWithin(table, count)
      ? putBlock<K, V>(table, valuesFrom, count, how, !hasZero, !noPageFullWithin(table, count))
      : putOneByOne<K, V>(table, valuesFrom, count, how);
    if (written < count) return row + written;
  }
  return rows;
}

/** Writes rows by kernel, up to a block before which the table must grow; returns how many. */
function putNatively<K, V>(table: Table, keys: usize, values: usize, rows: u32, how: u32): u32 {
  let written: u32 = 0;
  while (useKernel(rows - written, PUT)) {
    const keysFrom = keys + <usize>written * sizeof<K>();
    const valuesFrom = values + <usize>written * valueWidth<V>();
    const answer = kernels.putRows<K, V>(table, keysFrom, valuesFrom, rows - written, how);
    if (answer == REFUSED) break;
    const done = answer & ((1 << kernels.ROWS_BITS) - 1);
    const left = answer >>> kernels.ROWS_BITS;
    written += done;
    noteServed(done - left);
    if (!left) break;
    // The last block has rows that only the spill, or a bucket far behind the home, has room for.
    const start = (done - 1) & ~(BLOCK_ROWS - 1);
    prepareBlock<K, V>(table, keysFrom + <usize>start * sizeof<K>(), done - start);
    putPending<K, V>(table, PENDING + ((<usize>left) << 2), valuesFrom + <usize>start * valueWidth<V>(), how);
  }
  return written;
}

/** Can `rows` new keys be written without a page becoming full, or is there a spill for that case? */
@inline
function noPageFullWithin(table: Table, rows: u32): bool {
  return !table.block || table.pages == 1 || table.count + rows <= BUCKETS * SLOTS;
}

/**
 * Writes a prepared block that needs no growth: the addresses stay right throughout. Returns how many rows were
 * written. Rows that find their home full without a match go to a pending list, whose next buckets are touched before
 * the first of them is written. Equal keys stay in order: a home that is full stays full.
 * @param isPlain is there no hash of 0 among them?
 * @param mayRefuse may a page become full without a spill beside it? Then a row may be refused, and those behind it
 *   must not be written before: there is no list
 */
function putBlock<K, V>(table: Table, values: usize, rows: u32, how: u32, isPlain: bool, mayRefuse: bool): u32 {
  const before = table.count;
  if (isPlain && how == REPLACE && !table.spilled && !mayRefuse) {
    const pendingEnd = replaceInHomes<K, V>(table, values, rows);
    if (pendingEnd != PENDING) putPending<K, V>(table, pendingEnd, values, REPLACE);
    if (table.count != before) noteRows<K>(table, rows);
    return rows;
  }
  const zero = i32x4.splat(0);
  const spilled = table.spilled != 0;
  let pending = PENDING;
  for (let row: u32 = 0; row < rows; row++) {
    const hash = load<K>(HASHES + <usize>row * sizeof<K>());
    const bucket = <usize>load<u32>(ADDRESSES + ((<usize>row) << 2));
    const match = matchKeys<K>(bucket, splatKey<K>(hash));
    const empty = matchKeys<K>(bucket, zero);
    const value = values + <usize>row * valueWidth<V>();
    if (!(match | empty) || !hash || (spilled && !match && mayBeSpilled<K>(hash))) {
      if (mayRefuse) {
        if (!putOne<K, V>(table, hash, bucket, value, how)) return row;
        continue;
      }
      store<u32>(pending, row);
      pending += 4;
      continue;
    }
    const number = firstSlot(match ? match : empty);
    if (match && how != REPLACE) {
      combine<V>(value, valueAt<K, V>(bucket, number), how);
      continue;
    }
    store<K>(keyAt<K>(bucket, number), hash);
    copyValue<V>(value, valueAt<K, V>(bucket, number));
    table.count += <u32>(match == 0);
  }
  if (pending != PENDING) putPending<K, V>(table, pending, values, how);
  if (table.count != before) noteRows<K>(table, rows);
  return rows;
}

/**
 * Writes those rows of a block, 1 at least, whose homes have their key or room for it. Lists the others at PENDING;
 * returns where the list ends.
 */
@inline
function replaceInHomes<K, V>(table: Table, values: usize, rows: u32): usize {
  const zero = i32x4.splat(0);
  let added: u32 = 0;
  let pending = PENDING;
  let row: u32 = 0;
  do {
    const hash = load<K>(HASHES + <usize>row * sizeof<K>());
    const bucket = <usize>load<u32>(ADDRESSES + ((<usize>row) << 2));
    const match = matchKeys<K>(bucket, splatKey<K>(hash));
    const empty = matchKeys<K>(bucket, zero);
    if (match | empty) {
      const number = firstSlot(match ? match : empty);
      store<K>(keyAt<K>(bucket, number), hash);
      copyValue<V>(values + <usize>row * valueWidth<V>(), valueAt<K, V>(bucket, number));
      added += <u32>(match == 0);
    } else {
      store<u32>(pending, row);
      pending += 4;
    }
  } while (++row < rows);
  table.count += added;
  return pending;
}

/** {@link noteAdded} of the rows of a block. */
@inline
function noteRows<K>(table: Table, rows: u32): void {
  if (!table.knowsEmpty) return;
  for (let row: u32 = 0; row < rows; row++) noteAdded<K>(table, load<K>(HASHES + <usize>row * sizeof<K>()));
}

function putPending<K, V>(table: Table, pendingEnd: usize, values: usize, how: u32): void {
  touchSecond<K, V>(table, pendingEnd);
  for (let pending = PENDING; pending < pendingEnd; pending += 4) {
    const row = load<u32>(pending);
    const hash = load<K>(HASHES + <usize>row * sizeof<K>());
    const home = <usize>load<u32>(ADDRESSES + ((<usize>row) << 2));
    putOne<K, V>(table, hash, home, values + <usize>row * valueWidth<V>(), how);
  }
}

/** Writes the rows of a prepared block whose addresses growth may outdate. */
function putOneByOne<K, V>(table: Table, values: usize, rows: u32, how: u32): u32 {
  for (let row: u32 = 0; row < rows; row++) {
    const hash = load<K>(HASHES + <usize>row * sizeof<K>());
    const home = homeOf<K, V>(table, hash);
    if (!putOne<K, V>(table, hash, home, values + <usize>row * valueWidth<V>(), how)) return row;
  }
  return rows;
}

function putOne<K, V>(table: Table, hash: K, home: usize, value: usize, how: u32): bool {
  const slot = hash ? claim<K, V>(table, hash, home) : claimZero<K>(table);
  if (!slot) return false;
  const to = valueAddress<K, V>(slot);
  if (claimedNew || how == REPLACE) copyValue<V>(value, to);
  else combine<V>(value, to, how);
  return true;
}
