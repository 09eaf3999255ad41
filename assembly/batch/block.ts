// The first pass over a block of a batch: hash all keys, compute all home buckets and touch their lines with independent
// loads. Wasm has no prefetch: the loads overlap, and the second pass finds the lines in L1.

import { bucketBytes, pageBytes } from "../table/bucket";
import { bucketField, bucketStep, highWordsOf, homesOf, lowWordsOf, nextBucket, pageOfHome } from "../table/address";
import { Gapless, Gapped, gapCount } from "../table/gaps";
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

/** Rows that a round of {@link prepareBlock} takes. */
const ROUND: usize = 8;

/**
 * Fills HASHES and ADDRESSES for `rows` keys, 1 at least; says whether one of the hashes may be 0. Reads the staging in
 * whole rounds, so up to 7 keys behind the last one.
 */
export function prepareBlock<K, V>(table: Table, keys: usize, rows: u32): bool {
  const end = ADDRESSES + (((<usize>rows + ROUND - 1) & ~(ROUND - 1)) << 2);
  const hasZero = gapCount()
    ? computeHomes<K, V, Gapped>(table, keys, end)
    : computeHomes<K, V, Gapless>(table, keys, end);
  touchHomes<K, V>(end);
  return hasZero;
}

/**
 * Hashes and addresses of {@link prepareBlock}; `end` is behind the last address. (V8 keeps constants out of loops
 * whose condition comes last, and of no others.)
 */
@inline
function computeHomes<K, V, G>(table: Table, keys: usize, end: usize): bool {
  const seed = table.seed;
  const base = i32x4.splat(table.base);
  const groupMask = i32x4.splat(table.groupMask);
  const doubling = i32x4.splat(1 << table.groupLog);
  const splitNext = i32x4.splat(table.splitNext);
  const pagesPerGroup = i32x4.splat(table.pagesPerGroup);
  const pageStep = i32x4.splat((<u32>pageBytes<K, V>()) << table.groupLog);
  const field = i32x4.splat(bucketField(table));
  const step = i32x4.splat(bucketStep<K, V>(table));
  let zeros = i32x4.splat(0);
  let from = keys;
  let hashes = HASHES;
  let addresses = ADDRESSES;
  do {
    const first = hashVector<K>(from, seed);
    const second = sizeof<K>() == 4 ? first : hashVector<K>(from + 16, seed);
    v128.store(hashes, first);
    zeros = v128.or(zeros, zeroLanes<K>(first));
    if (sizeof<K>() == 8) {
      v128.store(hashes, second, 16);
      zeros = v128.or(zeros, zeroLanes<K>(second));
    }
    const homes = homesOf<K, V, G>(
      lowWordsOf<K>(first, second),
      highWordsOf<K>(first, second),
      base,
      groupMask,
      doubling,
      splitNext,
      pagesPerGroup,
      pageStep,
      field,
      step,
    );
    v128.store(addresses, homes);
    from += 4 * sizeof<K>();
    hashes += 4 * sizeof<K>();
    addresses += 16;
  } while (addresses < end);
  return v128.any_true(zeros);
}

/**
 * Touches the home buckets up to the address `end` at ADDRESSES. A loop of loads alone: more of them are in flight than
 * between the arithmetic.
 */
@inline
function touchHomes<K, V>(end: usize): void {
  let touched: u32 = 0;
  let addresses = ADDRESSES;
  do {
    touched ^=
      touch<K, V>(load<u32>(addresses)) ^
      touch<K, V>(load<u32>(addresses, 4)) ^
      touch<K, V>(load<u32>(addresses, 8)) ^
      touch<K, V>(load<u32>(addresses, 12)) ^
      touch<K, V>(load<u32>(addresses, 16)) ^
      touch<K, V>(load<u32>(addresses, 20)) ^
      touch<K, V>(load<u32>(addresses, 24)) ^
      touch<K, V>(load<u32>(addresses, 28));
    addresses += ROUND << 2;
  } while (addresses < end);
  store<u32>(SINK, touched); // keeps the loads
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
