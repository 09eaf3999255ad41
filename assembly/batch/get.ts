// Batched look-ups: values and found flags (getAll), or flags alone (hasAll: O = None).
//
// Per block: prepareBlock, then a probe of every home bucket without a branch on its outcome. The rows that were missed
// are read off the found flags, sixty-four at a time; those whose home is full go to the pending list. Their second
// buckets are touched and probed the same way, those that may be in the spill are looked for there, all buckets touched
// first again, and the few that are left are looked up one by one.
//
// A long batch may go to a native kernel, which leaves the wasm the rows that the spill may have.

import { copyValue, firstValueAt, isFull, matchKeys, splatKeyAt, valueAddress, valueWidth } from "../table/bucket";
import { homeOf, pageOfHome } from "../table/address";
import { Table, zeroSlot } from "../table/table";
import { findBehind, holdsLocals } from "../table/page";
import { findFromLeafHome, findSpilled, leafHomeOf, mayBeSpilled } from "../table/spill";
import { hashKey } from "../hash/integer";
import * as kernels from "../native/kernels";
import { GET } from "../native/thresholds";
import { REFUSED, noteServed, useKernel } from "../native/use";
import { moveToSecond, prepareBlock, touch } from "./block";
import { ADDRESSES, BLOCK_ROWS, DISPLACED, HASHES, MISSING, PENDING, SINK } from "../memory/layout";

/** Looks up `rows` keys; writes `values` (type O, None for none) and `found` (a byte a row); returns the hits. */
export function getRows<K, V, O>(table: Table, keys: usize, rows: u32, values: usize, found: usize): u32 {
  let hits: u32 = 0;
  if (useKernel(rows, GET)) {
    const answer = kernels.getRows<K, V, O>(table, keys, rows, values, found);
    if (answer != REFUSED) {
      noteServed(rows);
      hits = answer & ~kernels.OPEN;
      return answer & kernels.OPEN ? hits + getUnknown<K, V, O>(table, keys, rows, values, found) : hits;
    }
  }
  for (let row: u32 = 0; row < rows; row += BLOCK_ROWS) {
    const from = keys + <usize>row * sizeof<K>();
    const to = values + <usize>row * valueWidth<O>();
    hits += getBlock<K, V, O>(table, from, min<u32>(BLOCK_ROWS, rows - row), to, found + row);
  }
  return hits;
}

function getBlock<K, V, O>(table: Table, keys: usize, rows: u32, values: usize, found: usize): u32 {
  const hasZero = prepareBlock<K, V>(table, keys, rows);
  const missing = missingOf<O>();
  probeHomes<K, V, O>(rows, values, found);
  const pendingEnd = listPending<K, O>(rows, missing, values, found);
  let hits = rows - missed;
  let left = PENDING;
  if (pendingEnd != PENDING) {
    left = probeSecond<K, V, O>(table, pendingEnd, missing, values, found);
    hits += hitsInSecond;
  }
  if (hasZero) hits += answerZeros<K, V, O>(table, rows, values, found);
  if (table.spilled) hits += getSpilled<K, V, O>(table, rows, values, found);
  if (left != PENDING) hits += getBehind<K, V, O>(table, left, values, found);
  return hits;
}


@inline
function missingOf<O>(): O {
  if (valueWidth<O>()) return load<O>(MISSING);
  return <O>0;
}

/**
 * Looks for the hash that stands at `hash` in the bucket whose address stands at `address`, and answers at `value` and
 * `flag`, but that a miss has some value; returns 1 for a hit. A hash of 0 hits any empty slot.
 */
@inline
function probeAt<K, V, O>(address: usize, hash: usize, value: usize, flag: usize): u32 {
  const bucket = <usize>load<u32>(address);
  const match = matchKeys<K>(bucket, splatKeyAt<K>(hash));
  const hit = <u32>(match != 0);
  // Reads a value either way, so that there is no branch.
  if (valueWidth<O>()) store<O>(value, load<O>(firstValueAt<K, V>(bucket, match)));
  store<u8>(flag, <u8>hit);
  return hit;
}

/** The same for a prepared row. */
@inline
function probe<K, V, O>(row: u32, values: usize, found: usize): u32 {
  return probeAt<K, V, O>(
    ADDRESSES + ((<usize>row) << 2),
    HASHES + <usize>row * sizeof<K>(),
    values + <usize>row * valueWidth<O>(),
    found + row,
  );
}

/** Probes the home buckets of `rows` rows, 1 at least. */
@inline
function probeHomes<K, V, O>(rows: u32, values: usize, found: usize): void {
  let row: u32 = 0;
  if (rows >= 4) {
    const end = ADDRESSES + ((<usize>(rows & ~3)) << 2);
    let address = ADDRESSES;
    let hash = HASHES;
    let value = values;
    let flag = found;
    do {
      probeAt<K, V, O>(address, hash, value, flag);
      probeAt<K, V, O>(address + 4, hash + sizeof<K>(), value + valueWidth<O>(), flag + 1);
      probeAt<K, V, O>(address + 8, hash + 2 * sizeof<K>(), value + 2 * valueWidth<O>(), flag + 2);
      probeAt<K, V, O>(address + 12, hash + 3 * sizeof<K>(), value + 3 * valueWidth<O>(), flag + 3);
      address += 16;
      hash += 4 * sizeof<K>();
      value += 4 * valueWidth<O>();
      flag += 4;
    } while (address < end);
    row = rows & ~3;
  }
  for (; row < rows; row++) probe<K, V, O>(row, values, found);
}

/** Rows of the last block that were not found in their home buckets. */
let missed: u32 = 0;

/** A bit for each of 16 rows that were missed, from bit `shift` on. */
@inline
function missesAt(found: usize, shift: u64): u64 {
  return (<u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(found), i8x16.splat(0))))) << shift;
}

/**
 * Gives them the value of a miss, and lists those whose home is full, at PENDING; returns where the list ends. Rows are
 * taken in 64s, whatever stands behind the last one: the end of the loop over those that were missed is what a processor
 * guesses wrong.
 */
function listPending<K, O>(rows: u32, missing: O, values: usize, found: usize): usize {
  let count: u32 = 0;
  let pending = PENDING;
  for (let row: u32 = 0; row < rows; row += 64) {
    const flags = found + row;
    let misses = missesAt(flags, 0) | missesAt(flags + 16, 16) | missesAt(flags + 32, 32) | missesAt(flags + 48, 48);
    if (rows - row < 64) misses &= ((<u64>1) << (rows - row)) - 1;
    count += <u32>popcnt<u64>(misses);
    for (; misses; misses &= misses - 1) {
      const miss = row + <u32>ctz<u64>(misses);
      if (valueWidth<O>()) store<O>(values + <usize>miss * valueWidth<O>(), missing);
      store<u32>(pending, miss);
      pending += (<usize>isFull<K>(<usize>load<u32>(ADDRESSES + ((<usize>miss) << 2)))) << 2;
    }
  }
  missed = count;
  return pending;
}

/** Rows that {@link probeSecond} found. */
let hitsInSecond: u32 = 0;

/**
 * Looks for the rows on the pending list in the buckets behind their homes; lists those that are not there either, but
 * may be behind; returns where the list ends.
 */
function probeSecond<K, V, O>(table: Table, pendingEnd: usize, missing: O, values: usize, found: usize): usize {
  moveToSecond<K, V>(table, pendingEnd);
  let hits: u32 = 0;
  let left = PENDING;
  for (let pending = PENDING; pending < pendingEnd; pending += 4) {
    const row = load<u32>(pending);
    const hit = probe<K, V, O>(row, values, found);
    if (valueWidth<O>()) {
      const to = values + <usize>row * valueWidth<O>();
      store<O>(to, select<O>(load<O>(to), missing, hit));
    }
    hits += hit;
    store<u32>(left, row);
    left += (<usize>((hit ^ 1) & (<u32>isFull<K>(<usize>load<u32>(ADDRESSES + ((<usize>row) << 2)))))) << 2;
  }
  hitsInSecond = hits;
  return left;
}

/** Looks up the rows on the pending list, which ends at `left`, behind their second buckets; returns the hits. */
function getBehind<K, V, O>(table: Table, left: usize, values: usize, found: usize): u32 {
  let hits: u32 = 0;
  for (let pending = PENDING; pending < left; pending += 4) {
    const row = load<u32>(pending);
    const hash = load<K>(HASHES + <usize>row * sizeof<K>());
    if (!hash || load<u8>(found + row)) continue;
    const second = <usize>load<u32>(ADDRESSES + ((<usize>row) << 2));
    const home = homeOf<K, V>(table, hash);
    if (holdsLocals<K, V>(table, pageOfHome<K, V>(table, hash, home), second)) continue;
    const slot = findBehind<K, V>(table, hash, second, home);
    if (!slot) continue;
    answerHit<K, V, O>(slot, row, values, found);
    hits++;
  }
  return hits;
}

/**
 * Answers the rows whose hash is 0 anew: the probes took empty slots for hits. Returns how many hits more there are, or
 * less.
 */
function answerZeros<K, V, O>(table: Table, rows: u32, values: usize, found: usize): u32 {
  let hits: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    if (load<K>(HASHES + <usize>row * sizeof<K>())) continue;
    hits += table.zeroPresent - load<u8>(found + row);
    if (table.zeroPresent) answerHit<K, V, O>(zeroSlot<K>(table), row, values, found);
    else answerMiss<O>(row, values, found);
  }
  return hits;
}

/** Writes the value in `slot` as the answer for a row. */
@inline
function answerHit<K, V, O>(slot: usize, row: u32, values: usize, found: usize): void {
  copyValue<O>(valueAddress<K, V>(slot), values + <usize>row * valueWidth<O>());
  store<u8>(found + row, 1);
}


@inline
function answerMiss<O>(row: u32, values: usize, found: usize): void {
  copyValue<O>(MISSING, values + <usize>row * valueWidth<O>());
  store<u8>(found + row, 0);
}

/**
 * Looks up the rows that a kernel has left: they are in the spill, or nowhere. They have the values of misses. Returns
 * the hits.
 */
function getUnknown<K, V, O>(table: Table, keys: usize, rows: u32, values: usize, found: usize): u32 {
  let hits: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    if (load<u8>(found + row) != kernels.UNKNOWN) continue;
    store<u8>(found + row, 0);
    const hash = hashKey<K>(load<K>(keys + <usize>row * sizeof<K>()), table.seed);
    const slot = findSpilled<K, V>(table, hash);
    if (!slot) continue;
    answerHit<K, V, O>(slot, row, values, found);
    hits++;
  }
  return hits;
}

/**
 * Looks up the rows that were not found so far in the spill: first the buckets of all of them, whose lines come while
 * others are computed. Before the rest of their pages, for where the spill has entries of a page, it has more than the
 * buckets behind. Returns the hits.
 */
function getSpilled<K, V, O>(table: Table, rows: u32, values: usize, found: usize): u32 {
  let end = SPILLED_ROWS;
  let touched: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    if (load<u8>(found + row)) continue;
    const hash = load<K>(HASHES + <usize>row * sizeof<K>());
    if (!hash || !mayBeSpilled<K>(hash)) continue;
    const home = leafHomeOf<K, V>(table, hash);
    store<u32>(end, row);
    store<u32>(end, <u32>home, LEAF_HOME);
    touched ^= touch<K, V>(home);
    end += SPILLED_BYTES;
  }
  store<u32>(SINK, touched);
  let hits: u32 = 0;
  for (let at = SPILLED_ROWS; at < end; at += SPILLED_BYTES) {
    const row = load<u32>(at);
    const hash = load<K>(HASHES + <usize>row * sizeof<K>());
    const slot = findFromLeafHome<K, V>(table, hash, <usize>load<u32>(at, LEAF_HOME));
    if (!slot) continue;
    answerHit<K, V, O>(slot, row, values, found);
    hits++;
  }
  return hits;
}

/**
 * Rows of a block that may be in the spill, each with the bucket of its leaf: where a split lists entries. (Not at
 * ROWS: what stands there comes into the empty slots of the next split, and tables would differ by who served their
 * look-ups, a kernel or not.)
 */
const SPILLED_ROWS = DISPLACED;
const LEAF_HOME: usize = 4;
const SPILLED_BYTES: usize = 8;
