// Batched look-ups: values and found flags (getAll), or flags alone (hasAll: O = None).
//
// Per block: prepareBlock, then a probe of every home bucket without a branch on its outcome. Rows that need more (home
// full without a match, or hash 0) go to a pending list; their second buckets are touched and probed the same way; the few
// that are left are looked up one by one.

import { copyValue, firstSlot, isFull, matchKeys, splatKey, valueAddress, valueAt, valueWidth } from "../table/bucket";
import { homeOf } from "../table/address";
import { Table, zeroSlot } from "../table/table";
import { findBeyond } from "../table/find";
import { findSpilled } from "../table/spill";
import { prepareBlock, secondBucket, touchSecond } from "./block";
import { ADDRESSES, BLOCK_ROWS, HASHES, MISSING, PENDING } from "../memory/layout";

/** Looks up `rows` keys; writes `values` (type O, None for none) and `found` (a byte a row); returns the hits. */
export function getRows<K, V, O>(table: Table, keys: usize, rows: u32, values: usize, found: usize): u32 {
  let hits: u32 = 0;
  for (let row: u32 = 0; row < rows; row += BLOCK_ROWS) {
    const from = keys + <usize>row * sizeof<K>();
    const to = values + <usize>row * valueWidth<O>();
    hits += getBlock<K, V, O>(table, from, min<u32>(BLOCK_ROWS, rows - row), to, found + row);
  }
  return hits;
}

function getBlock<K, V, O>(table: Table, keys: usize, rows: u32, values: usize, found: usize): u32 {
  prepareBlock<K, V>(table, keys, rows);
  const missing = missingOf<O>();
  let hits: u32 = 0;
  let pending = PENDING;
  for (let row: u32 = 0; row < rows; row++) {
    const hash = load<K>(HASHES + <usize>row * sizeof<K>());
    const bucket = <usize>load<u32>(ADDRESSES + ((<usize>row) << 2));
    const match = matchKeys<K>(bucket, splatKey<K>(hash));
    const hit = <u32>(match != 0);
    // Reads a value either way, so that there is no branch.
    if (valueWidth<O>()) {
      const value = load<O>(valueAt<K, V>(bucket, firstSlot<K>(match)));
      store<O>(values + <usize>row * valueWidth<O>(), select<O>(value, missing, hit != 0));
    }
    store<u8>(found + row, <u8>hit);
    hits += hit;
    store<u32>(pending, row);
    pending += ((<usize>(hash == <K>0)) | ((<usize>(hit ^ 1)) & (<usize>isFull<K>(bucket)))) << 2;
  }
  if (pending != PENDING) hits += getPending<K, V, O>(table, pending, values, found);
  if (table.spilled) hits += getSpilled<K, V, O>(table, rows, values, found);
  return hits;
}


@inline
function missingOf<O>(): O {
  if (valueWidth<O>()) return load<O>(MISSING);
  return <O>0;
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

function getPending<K, V, O>(table: Table, pendingEnd: usize, values: usize, found: usize): u32 {
  touchSecond<K, V>(table, pendingEnd);
  let hits: u32 = 0;
  for (let pending = PENDING; pending < pendingEnd; pending += 4) {
    const row = load<u32>(pending);
    const hash = load<K>(HASHES + <usize>row * sizeof<K>());
    const second = secondBucket<K, V>(table, row);
    const match = matchKeys<K>(second, splatKey<K>(hash));
    if (match && hash) {
      answerHit<K, V, O>(second + firstSlot<K>(match), row, values, found);
      hits++;
    } else if (!hash) {
      // The probe above took an empty slot for a hit.
      hits -= load<u8>(found + row);
      if (table.zeroPresent) answerHit<K, V, O>(zeroSlot<K>(table), row, values, found);
      else answerMiss<O>(row, values, found);
      hits += table.zeroPresent;
    } else if (isFull<K>(second)) {
      const slot = findBeyond<K, V>(table, hash, second, homeOf<K, V>(table, hash));
      if (!slot) continue;
      answerHit<K, V, O>(slot, row, values, found);
      hits++;
    }
  }
  return hits;
}

/** Rows not found in their page, looked up in the spill. */
function getSpilled<K, V, O>(table: Table, rows: u32, values: usize, found: usize): u32 {
  let hits: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    if (load<u8>(found + row)) continue;
    const hash = load<K>(HASHES + <usize>row * sizeof<K>());
    const slot = hash ? findSpilled<K, V>(table, hash) : 0;
    if (!slot) continue;
    answerHit<K, V, O>(slot, row, values, found);
    hits++;
  }
  return hits;
}
