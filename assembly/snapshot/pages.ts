// The pages of a table in a snapshot: as they stand in memory, side by side. Of pages that come from outside nothing is believed:
// every entry's home is derived anew, and what table/invariants.ts asks of a page is checked, in time that no content can stretch.
//
//   1. Taken slots are the first ones of their bucket.
//   2. An entry stands in the page of its hash.
//   3. Every bucket from its home to the one before it is full, and holds no entry that is nearer to its home than this one is there to
//      its own. It is enough to look at neighbours: what a bucket may hold depends on the least distance in the one before it.
//   4. No hash stands twice in a page. In a bucket all pairs are compared, by vectors. An entry away from home is looked for in the buckets
//      that it passed, as long as these are few in all; else the page goes through a small hash set, keyed with a number that is
//      drawn for each restore: keys made for one home would cost the square of their number.

import {
  BUCKETS,
  SLOTS,
  bucketBytes,
  isFull,
  keyAddress,
  keysBytes,
  mask8,
  matchKeys,
  splatKey,
  valueWidth,
} from "../table/bucket";
import { homeIn, highWords, lowWords, nextBucket, pageAddress, pagesInGroup } from "../table/address";
import { Table, bucketsBytes } from "../table/table";
import { hashKey, keyVector } from "../hash/integer";
import { CANONICAL_NAN, NEGATIVE_ZERO } from "../hash/float";
import { DISPLACED } from "../memory/layout";

/** What {@link checkPages} answers for pages that are none of a table's. */
export const BAD: u32 = 0xffffffff;
/** Most buckets between an entry and its home. */
const MOST_FROM_HOME: u32 = BUCKETS - 1;
/** Distances of a page, summed, up to which its entries are looked for in the buckets that they passed. */
const MOST_PASSED: u32 = BUCKETS * SLOTS;
/** Places of the set that tells whether the hashes of a page differ: twice as many as a page has slots. */
const SET: usize = DISPLACED;
const PLACES: u32 = 2 * BUCKETS * SLOTS;

/** How many pages stand side by side from page `page` on, `most` at most: up to the next gap. */
export function pagesInRow<K, V>(table: Table, page: u32, most: u32): u32 {
  const each = bucketsBytes<K, V>(table.bucketMask + 1);
  const start = pageAddress<K, V>(table, page);
  let count: u32 = 1;
  while (count < most && pageAddress<K, V>(table, page + count) == start + <usize>count * each) count++;
  return count;
}

/** Zeroes the values of empty slots: what deleted entries left there is nobody's business. */
export function tidyPages<K, V>(table: Table, page: u32, pages: u32): void {
  if (!valueWidth<V>()) return;
  const start = pageAddress<K, V>(table, page);
  const end = start + <usize>pages * bucketsBytes<K, V>(table.bucketMask + 1);
  for (let bucket = start; bucket < end; bucket += bucketBytes<K, V>()) {
    const empty = matchKeys<K>(bucket, i32x4.splat(0));
    if (!empty) continue;
    const count = <usize>popcnt<u32>(takenSlots<K>(bucket));
    for (let value = bucket + keysBytes<K>() + count * valueWidth<V>(); value < bucket + bucketBytes<K, V>();) {
      store<V>(value, <V>0);
      value += valueWidth<V>();
    }
  }
}

/** The taken ones of four slots, a lane each. */
@inline
function takenLanes<K>(hashes: usize): v128 {
  const zero = i32x4.splat(0);
  if (sizeof<K>() == 4) return i32x4.ne(v128.load(hashes), zero);
  return i32x4.shuffle(i64x2.ne(v128.load(hashes), zero), i64x2.ne(v128.load(hashes, 16), zero), 0, 2, 4, 6);
}


@inline
function takenSlots<K>(bucket: usize): u32 {
  return mask8(takenLanes<K>(bucket), takenLanes<K>(bucket + 4 * sizeof<K>()));
}


@inline
function greatest(x: v128): u32 {
  const y = i32x4.max_u(x, i32x4.shuffle(x, x, 2, 3, 0, 1));
  return max<u32>(<u32>i32x4.extract_lane(y, 0), <u32>i32x4.extract_lane(y, 1));
}


@inline
function least(x: v128): u32 {
  const y = i32x4.min_u(x, i32x4.shuffle(x, x, 2, 3, 0, 1));
  return min<u32>(<u32>i32x4.extract_lane(y, 0), <u32>i32x4.extract_lane(y, 1));
}


@inline
function sum(x: v128): u32 {
  const y = i32x4.add(x, i32x4.shuffle(x, x, 2, 3, 0, 1));
  return <u32>i32x4.extract_lane(y, 0) + <u32>i32x4.extract_lane(y, 1);
}

/**
 * Checks `pages` pages from page `page` on and counts their entries; returns how many, or BAD.
 * @param random a number that nobody could foresee
 * @param floats must keys be those of kind f64?
 */
export function checkPages<K, V>(table: Table, page: u32, pages: u32, random: u32, floats: bool): u32 {
  let entries: u32 = 0;
  for (let number = page; number < page + pages; number++) {
    const count = checkPage<K, V>(table, number, floats);
    if (count == BAD || (passed > MOST_PASSED && !differ<K, V>(table, number, random))) return BAD;
    entries += count;
  }
  table.count += entries;
  return entries;
}

/** Set by {@link checkPage}: the buckets that all entries of the page passed. Above MOST_PASSED they were not looked into. */
let passed: u32 = 0;

/** Checks a page; returns its entries, or BAD. */
function checkPage<K, V>(table: Table, number: u32, floats: bool): u32 {
  const page = pageAddress<K, V>(table, number);
  const end = page + bucketsBytes<K, V>(table.bucketMask + 1);
  const groupLog = table.groupLog;
  const groupMask = i32x4.splat(table.groupMask);
  const group = i32x4.splat(number & table.groupMask);
  const k = i32x4.splat(table.pagesPerGroup + <u32>((number & table.groupMask) < table.splitNext));
  const j = i32x4.splat(number >>> groupLog);
  const bucketMask = i32x4.splat(table.bucketMask);
  const bucketShift = table.bucketShift;
  const zero = i32x4.splat(0);
  const one = i32x4.splat(1);
  let here = zero;
  let before = end - bucketBytes<K, V>(); // the page is a ring
  let entries: u32 = 0;
  let all: u32 = 0;
  for (let bucket = page; bucket < end; bucket += bucketBytes<K, V>()) {
    const taken0 = takenLanes<K>(bucket);
    const taken1 = takenLanes<K>(bucket + 4 * sizeof<K>());
    const low0 = lowWords<K>(bucket);
    const low1 = lowWords<K>(bucket + 4 * sizeof<K>());
    const high0 = highWords<K>(bucket);
    const high1 = highWords<K>(bucket + 4 * sizeof<K>());
    const right0 = v128.and(
      i32x4.eq(v128.and(low0, groupMask), group),
      i32x4.eq(pagesInGroup(low0, high0, groupLog, k), j),
    );
    const right1 = v128.and(
      i32x4.eq(v128.and(low1, groupMask), group),
      i32x4.eq(pagesInGroup(low1, high1, groupLog, k), j),
    );
    const taken = mask8(taken0, taken1);
    const wrong = v128.any_true(v128.or(v128.andnot(taken0, right0), v128.andnot(taken1, right1)));
    if (wrong || taken & (taken + 1) || hasTwins<K>(bucket)) return BAD;
    if (floats && hasStrangeFloats<K>(bucket, table.seed)) return BAD;
    entries += popcnt<u32>(taken);

    const from0 = v128.and(v128.and(i32x4.sub(here, i32x4.shr_u(high0, bucketShift)), bucketMask), taken0);
    const from1 = v128.and(v128.and(i32x4.sub(here, i32x4.shr_u(high1, bucketShift)), bucketMask), taken1);
    const away = mask8(i32x4.ne(from0, zero), i32x4.ne(from1, zero));
    if (away) {
      if (!isFull<K>(before)) return BAD;
      const most = i32x4.max_u(from0, from1);
      if (v128.any_true(i32x4.gt_u(most, one))) {
        const distance = greatest(most);
        if (distance > MOST_FROM_HOME) return BAD;
        if (distance - 1 > leastFromHome<K>(table, before, i32x4.sub(here, one))) return BAD;
        all += sum(i32x4.add(from0, from1));
      } else {
        all += popcnt<u32>(away);
      }
      if (all <= MOST_PASSED && hasPassedItself<K, V>(table, page, bucket, away)) return BAD;
    }
    here = i32x4.add(here, one);
    before = bucket;
  }
  passed = all;
  return entries;
}

/** How far the nearest entry of a full bucket is from home; `number` is that of the bucket, in every lane. */
function leastFromHome<K>(table: Table, bucket: usize, number: v128): u32 {
  const mask = i32x4.splat(table.bucketMask);
  const from0 = i32x4.sub(number, i32x4.shr_u(highWords<K>(bucket), table.bucketShift));
  const from1 = i32x4.sub(number, i32x4.shr_u(highWords<K>(bucket + 4 * sizeof<K>()), table.bucketShift));
  return least(i32x4.min_u(v128.and(from0, mask), v128.and(from1, mask)));
}

/** Is one of the entries of a bucket that `away` names also in a bucket that it passed? */
@inline
function hasPassedItself<K, V>(table: Table, page: usize, bucket: usize, away: u32): bool {
  for (let left = away; left; left &= left - 1) {
    const hash = load<K>(keyAddress<K>(bucket + ctz<u32>(left)));
    const needle = splatKey<K>(hash);
    for (let at = homeIn<K, V>(table, page, hash); at != bucket; at = nextBucket<K, V>(table, page, at)) {
      if (matchKeys<K>(at, needle)) return true;
    }
  }
  return false;
}

/** Are two of the hashes of a bucket equal? */
@inline
function hasTwins<K>(bucket: usize): bool {
  return sizeof<K>() == 4 ? hasTwins4(bucket) : hasTwins8(bucket);
}


@inline
function hasTwins4(bucket: usize): bool {
  const zero = i32x4.splat(0);
  const a = v128.load(bucket);
  const b = v128.load(bucket, 16);
  const b1 = i32x4.shuffle(b, b, 1, 2, 3, 0);
  const b2 = i32x4.shuffle(b, b, 2, 3, 0, 1);
  const b3 = i32x4.shuffle(b, b, 3, 0, 1, 2);
  const across = v128.or(v128.or(i32x4.eq(a, b), i32x4.eq(a, b1)), v128.or(i32x4.eq(a, b2), i32x4.eq(a, b3)));
  const inA = v128.or(i32x4.eq(a, i32x4.shuffle(a, a, 1, 2, 3, 0)), across);
  const inB = i32x4.eq(b, b1);
  // Two apart: a0 and a2, a1 and a3, likewise of b.
  const first = i32x4.shuffle(a, b, 0, 1, 4, 5);
  const apart = i32x4.eq(first, i32x4.shuffle(a, b, 2, 3, 6, 7));
  const twins = v128.or(
    v128.or(v128.andnot(inA, i32x4.eq(a, zero)), v128.andnot(inB, i32x4.eq(b, zero))),
    v128.andnot(apart, i32x4.eq(first, zero)),
  );
  return v128.any_true(twins);
}


@inline
function hasTwins8(bucket: usize): bool {
  const a = v128.load(bucket);
  const b = v128.load(bucket, 16);
  const c = v128.load(bucket, 32);
  const d = v128.load(bucket, 48);
  const zero = i32x4.splat(0);
  const inA = v128.or(i64x2.eq(a, swap(a)), v128.or(either(a, b), v128.or(either(a, c), either(a, d))));
  const inB = v128.or(i64x2.eq(b, swap(b)), v128.or(either(b, c), either(b, d)));
  const inC = v128.or(i64x2.eq(c, swap(c)), either(c, d));
  const inD = i64x2.eq(d, swap(d));
  return v128.any_true(
    v128.or(
      v128.or(v128.andnot(inA, i64x2.eq(a, zero)), v128.andnot(inB, i64x2.eq(b, zero))),
      v128.or(v128.andnot(inC, i64x2.eq(c, zero)), v128.andnot(inD, i64x2.eq(d, zero))),
    ),
  );
}


@inline
function swap(x: v128): v128 {
  return i64x2.shuffle(x, x, 1, 0);
}

/** The lanes of `x` that are one of those of `y`. */
@inline
function either(x: v128, y: v128): v128 {
  return v128.or(i64x2.eq(x, y), i64x2.eq(x, swap(y)));
}

/** Is one of the keys of a bucket a double that no key of kind f64 is: -0, or another NaN than the canonical one? */
@inline
function hasStrangeFloats<K>(bucket: usize, seed: u32): bool {
  if (sizeof<K>() == 4) return false;
  let strange = i32x4.splat(0);
  for (let at = bucket; at < bucket + keysBytes<K>(); at += 16) {
    const key = keyVector<K>(at, seed);
    const isStrange = v128.or(
      v128.andnot(f64x2.ne(key, key), i64x2.eq(key, i64x2.splat(CANONICAL_NAN))),
      i64x2.eq(key, i64x2.splat(NEGATIVE_ZERO)),
    );
    strange = v128.or(strange, v128.andnot(isStrange, i64x2.eq(v128.load(at), i32x4.splat(0))));
  }
  return v128.any_true(strange);
}

/** Do all hashes of a page differ? */
function differ<K, V>(table: Table, number: u32, random: u32): bool {
  memory.fill(SET, 0, PLACES * sizeof<K>());
  const page = pageAddress<K, V>(table, number);
  const end = page + bucketsBytes<K, V>(table.bucketMask + 1);
  for (let bucket = page; bucket < end; bucket += bucketBytes<K, V>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      const hash = load<K>(keyAddress<K>(slot));
      if (!hash) break;
      let place = (<u32>hashKey<K>(hash, random)) & (PLACES - 1);
      for (;;) {
        const there = load<K>(SET + <usize>place * sizeof<K>());
        if (there == hash) return false;
        if (!there) break;
        place = (place + 1) & (PLACES - 1);
      }
      store<K>(SET + <usize>place * sizeof<K>(), hash);
    }
  }
  return true;
}
