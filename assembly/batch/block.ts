// The first pass over a block of a batch: hash all keys, compute all home buckets and touch their lines with independent
// loads. Wasm has no prefetch: the loads overlap, and the second pass finds the lines in L1.

import { bucketBytes } from "../table/bucket";
import { highWords, homesOf, lowWords, nextBucket, pageOfHome } from "../table/address";
import { gapCount } from "../table/gaps";
import { Table } from "../table/table";
import { hashVector } from "../hash/integer";
import { ADDRESSES, HASHES, PENDING, SINK } from "../memory/layout";

const LINE: usize = 64;

/** Loads from every line of a bucket: there are two at most, wherever it begins. */
@inline
export function touch<K, V>(bucket: usize): u32 {
  const first = load<u32>(bucket);
  return bucketBytes<K, V>() > LINE ? first ^ load<u32>(bucket + LINE) : first;
}

/**
 * Fills HASHES and ADDRESSES for `rows` keys; says whether one of the hashes may be 0. Reads the staging in whole vectors, so up to 3 keys behind
 * the last one.
 */
export function prepareBlock<K, V>(table: Table, keys: usize, rows: u32): bool {
  const seed = table.seed;
  const base = i32x4.splat(table.base);
  const groupMask = i32x4.splat(table.groupMask);
  const splitNext = i32x4.splat(table.splitNext);
  const pagesPerGroup = i32x4.splat(table.pagesPerGroup);
  const bucketMask = i32x4.splat(table.bucketMask);
  const bucketShift = table.bucketShift;
  const groupLog = table.groupLog;
  const hasGaps = gapCount() != 0;
  let touched: u32 = 0;
  let zeros = i32x4.splat(0);
  let from = keys;
  let hashes = HASHES;
  const end = ADDRESSES + ((<usize>rows + 3) & ~3) * 4;
  for (let addresses = ADDRESSES; addresses < end; addresses += 16) {
    for (let at: usize = 0; at < 4 * sizeof<K>(); at += 16) {
      const some = hashVector<K>(from + at, seed);
      zeros = v128.or(zeros, zeroLanes<K>(some));
      v128.store(hashes + at, some);
    }
    const homes = homesOf<K, V>(
      lowWords<K>(hashes),
      highWords<K>(hashes),
      base,
      groupMask,
      splitNext,
      pagesPerGroup,
      groupLog,
      bucketShift,
      bucketMask,
      hasGaps,
    );
    v128.store(addresses, homes);
    from += 4 * sizeof<K>();
    hashes += 4 * sizeof<K>();
  }
  // A loop of loads alone: more of them are in flight than between the arithmetic.
  for (let addresses = ADDRESSES; addresses < end; addresses += 16) {
    touched ^=
      touch<K, V>(load<u32>(addresses)) ^
      touch<K, V>(load<u32>(addresses, 4)) ^
      touch<K, V>(load<u32>(addresses, 8)) ^
      touch<K, V>(load<u32>(addresses, 12));
  }
  store<u32>(SINK, touched); // keeps the loads
  return v128.any_true(zeros);
}


@inline
function zeroLanes<K>(hashes: v128): v128 {
  return sizeof<K>() == 8 ? i64x2.eq(hashes, i64x2.splat(0)) : i32x4.eq(hashes, i32x4.splat(0));
}

/** The bucket behind the home of a prepared row. */
@inline
function secondBucket<K, V>(table: Table, row: u32): usize {
  const hash = load<K>(HASHES + <usize>row * sizeof<K>());
  const home = <usize>load<u32>(ADDRESSES + ((<usize>row) << 2));
  return nextBucket<K, V>(table, pageOfHome<K, V>(table, hash, home), home);
}

/** Touches the second buckets of the rows on the pending list. */
export function touchSecond<K, V>(table: Table, pendingEnd: usize): void {
  let touched: u32 = 0;
  for (let pending = PENDING; pending < pendingEnd; pending += 4) {
    touched ^= touch<K, V>(secondBucket<K, V>(table, load<u32>(pending)));
  }
  store<u32>(SINK, touched);
}

/** The same, and puts their addresses into ADDRESSES. */
export function moveToSecond<K, V>(table: Table, pendingEnd: usize): void {
  let touched: u32 = 0;
  for (let pending = PENDING; pending < pendingEnd; pending += 4) {
    const row = load<u32>(pending);
    const second = secondBucket<K, V>(table, row);
    store<u32>(ADDRESSES + ((<usize>row) << 2), <u32>second);
    touched ^= touch<K, V>(second);
  }
  store<u32>(SINK, touched);
}
