// The pages of a table in a snapshot: as they stand in memory, side by side. Of pages that come from outside nothing is
// believed: every entry's home is derived anew, and what table/invariants.ts asks of a page is checked, in time that no
// content can stretch.
//
//   1. Taken slots are the first ones of their bucket.
//   2. An entry stands in the page of its hash.
//   3. Every bucket from its home to the one before it is full, and holds no entry that is nearer to its home than this
//      one is there to its own. It is enough to look at neighbours: what a bucket may hold depends on the least
//      distance in the one before it.
//   4. No hash stands twice in a page. In a bucket all pairs are compared, by vectors, 16 bits of each first. An entry
//      away from home is looked for in the buckets that it passed, as long as these are few in all; else the page goes
//      through a small hash set, keyed with a number that is drawn for each restore: keys made for one home would cost
//      the square of their number.

import {
  BUCKETS,
  SLOTS,
  bucketBytes,
  bucketCount,
  firstSlot,
  keyAddress,
  keyAt,
  keysBytes,
  matchKeys,
  splatKey,
  valueWidth,
} from "../table/bucket";
import {
  firstSpread,
  highWords,
  homeIn,
  lastSpread,
  lowWords,
  nextBucket,
  pageAddress,
  spreadPositions,
} from "../table/address";
import { Table, bucketsBytes } from "../table/table";
import { hashKey, keyVector } from "../hash/integer";
import { CANONICAL_NAN, NEGATIVE_ZERO } from "../hash/float";
import { DISPLACED, ROWS } from "../memory/layout";

/** What {@link checkPages} answers for pages that are none of a table's. */
const BAD: u32 = 0xffffffff;
/**
 * Buckets of a page that are searched for entries which passed them, at most: then all of its entries go through the
 * set.
 */
const MOST_LOOKS: u32 = BUCKETS * SLOTS;
/**
 * The buckets of a page to be looked into, in scratch: address, which entries are away from home, and whether two of
 * them may be the same.
 */
const LISTED: usize = ROWS;
const LISTED_LOG: usize = 4;
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
    const count = <usize>bucketCount<K>(bucket);
    for (let value = bucket + keysBytes<K>() + count * valueWidth<V>(); value < bucket + bucketBytes<K, V>();) {
      store<V>(value, <V>0);
      value += valueWidth<V>();
    }
  }
}

/** The empty ones of four slots, a lane each. */
@inline
function emptyLanes<K>(hashes: usize): v128 {
  const zero = i32x4.splat(0);
  if (sizeof<K>() == 4) return i32x4.eq(v128.load(hashes), zero);
  return i32x4.shuffle(i64x2.eq(v128.load(hashes), zero), i64x2.eq(v128.load(hashes, 16), zero), 0, 2, 4, 6);
}

/** The sum of eight i16 lanes. */
@inline
function sumOf(x: v128): i32 {
  const y = i32x4.extadd_pairwise_i16x8_s(x);
  const z = i32x4.add(y, i32x4.shuffle(y, y, 2, 3, 0, 1));
  return i32x4.extract_lane(z, 0) + i32x4.extract_lane(z, 1);
}

/**
 * Checks `pages` pages from page `page` on and counts their entries; returns how many, or BAD.
 * @param random a number that nobody could foresee
 * @param floats must keys be those of kind f64?
 */
export function checkPages<K, V>(table: Table, page: u32, pages: u32, random: u32, floats: bool): u32 {
  let entries: u32 = 0;
  for (let number = page; number < page + pages; number++) {
    const count = checkPage<K, V>(table, number, random, floats);
    if (count == BAD) return BAD;
    entries += count;
  }
  table.count += entries;
  return entries;
}

/**
 * Checks a page; returns its entries, or BAD.
 *
 * No branch depends on a bucket: what is wrong is gathered from all of them and looked at in the end, and those with
 * entries away from home are listed, to be looked into afterwards. Every third bucket has some, so that a branch would
 * be guessed wrong as often, at the price of half the work on a bucket.
 */
function checkPage<K, V>(table: Table, number: u32, random: u32, floats: bool): u32 {
  const page = pageAddress<K, V>(table, number);
  const end = page + bucketsBytes<K, V>(table.bucketMask + 1);
  const groupLog = table.groupLog;
  const k = table.pagesPerGroup + <u32>((number & table.groupMask) < table.splitNext);
  const first = firstSpread(number >>> groupLog, k);
  const reach = lastSpread(number >>> groupLog, k) - first;
  const firstPosition = i32x4.splat(first);
  const group = i32x4.splat(number);
  const bucketShift = table.bucketShift;
  const bucketMask = i16x8.splat(<i16>table.bucketMask);
  const zero = i32x4.splat(0);
  const one = i16x8.splat(1);
  let foreign = zero; // bits in which low words differ from the number of the page, of which those of the group matter
  let beyond = zero; // how far positions are behind the page's first one, at most: more than any reach if they are before it
  let gaps = zero; // empty slots with a taken one behind
  let wrong = zero; // entries too far from home
  let empties = zero; // how many there are, below 0
  let list = LISTED;
  let here = zero; // the number of the bucket
  // 0 once a bucket has none: a page all around of entries away from home is one that no table makes.
  let displaced: u32 = u32.MAX_VALUE;
  // The page is a ring: the bucket before the first one is the last one.
  const last = end - bucketBytes<K, V>();
  const lastEmpty = i16x8.narrow_i32x4_s(emptyLanes<K>(last), emptyLanes<K>(last + 4 * sizeof<K>()));
  const lastHigh1 = highWords<K>(last + 4 * sizeof<K>());
  let most = mostBehind(distances(highWords<K>(last), lastHigh1, lastEmpty, bucketMask, bucketShift, bucketMask));
  for (let bucket = page; bucket < end; bucket += bucketBytes<K, V>()) {
    const empty0 = emptyLanes<K>(bucket);
    const empty1 = emptyLanes<K>(bucket + 4 * sizeof<K>());
    const low0 = lowWords<K>(bucket);
    const low1 = lowWords<K>(bucket + 4 * sizeof<K>());
    const high0 = highWords<K>(bucket);
    const high1 = highWords<K>(bucket + 4 * sizeof<K>());
    foreign = v128.or(foreign, v128.andnot(v128.xor(low0, group), empty0));
    foreign = v128.or(foreign, v128.andnot(v128.xor(low1, group), empty1));
    const behind0 = i32x4.sub(spreadPositions(low0, high0, groupLog), firstPosition);
    const behind1 = i32x4.sub(spreadPositions(low1, high1, groupLog), firstPosition);
    beyond = i32x4.max_u(beyond, i32x4.max_u(v128.andnot(behind0, empty0), v128.andnot(behind1, empty1)));

    const empty = i16x8.narrow_i32x4_s(empty0, empty1);
    empties = i16x8.add(empties, empty);
    const emptyBehind = i16x8.shuffle(empty, i16x8.splat(-1), 1, 2, 3, 4, 5, 6, 7, 8);
    gaps = v128.or(gaps, v128.andnot(empty, emptyBehind));
    if (floats && hasStrangeFloats<K>(bucket, table.seed)) return BAD;

    const from = distances(high0, high1, empty, here, bucketShift, bucketMask);
    wrong = v128.or(wrong, i16x8.gt_s(from, most));
    most = mostBehind(from);
    const away = <u32>i16x8.bitmask(i16x8.gt_s(from, zero));
    const twins = <u32>i16x8.bitmask(v128.andnot(equalLanes(digests<K>(low0, low1)), empty));
    store<u32>(list, <u32>bucket);
    displaced = min<u32>(displaced, away);
    store<u32>(list, away, 4);
    store<u32>(list, twins, 8);
    list += (<usize>((away | twins) != 0)) << LISTED_LOG;
    here = i16x8.add(here, one);
  }
  foreign = v128.and(foreign, i32x4.splat(table.groupMask));
  const outside = v128.or(foreign, i32x4.gt_u(beyond, i32x4.splat(reach)));
  if (displaced || v128.any_true(v128.or(v128.or(gaps, wrong), outside))) return BAD;
  if (!differ<K, V>(table, page, list, random)) return BAD;
  return SLOTS * (table.bucketMask + 1) + sumOf(empties);
}

/** How far entries are from home, in i16 lanes; -1 for empty slots. `here` is the number of their bucket. */
@inline
function distances(high0: v128, high1: v128, empty: v128, here: v128, bucketShift: u32, bucketMask: v128): v128 {
  const homes = i16x8.narrow_i32x4_s(i32x4.shr_u(high0, bucketShift), i32x4.shr_u(high1, bucketShift));
  return v128.or(v128.and(i16x8.sub(here, homes), bucketMask), empty);
}

/**
 * How far from home an entry may be behind a bucket with entries so far from theirs, in every lane: 0 where it has
 * room.
 */
@inline
function mostBehind(from: v128): v128 {
  let least = from;
  least = i16x8.min_s(least, i16x8.shuffle(least, least, 4, 5, 6, 7, 0, 1, 2, 3));
  least = i16x8.min_s(least, i16x8.shuffle(least, least, 2, 3, 0, 1, 6, 7, 4, 5));
  least = i16x8.min_s(least, i16x8.shuffle(least, least, 1, 0, 3, 2, 5, 4, 7, 6));
  return i16x8.add(least, i16x8.splat(1));
}

/**
 * Four hashes each, to 16 bits that may be any in a page and so differ, mostly. Whatever they are, equal hashes give
 * the same.
 */
@inline
function digests<K>(low0: v128, low1: v128): v128 {
  const bits = 16;
  if (sizeof<K>() == 8) return i16x8.narrow_i32x4_u(i32x4.shr_u(low0, bits), i32x4.shr_u(low1, bits));
  // Bits 24 to 9: those above name the bucket, the lowest ones the group.
  const above = 7;
  return i16x8.narrow_i32x4_u(i32x4.shr_u(i32x4.shl(low0, above), bits), i32x4.shr_u(i32x4.shl(low1, above), bits));
}

/** The lanes of `x` that are equal to another one: of every pair one at least. */
@inline
function equalLanes(x: v128): v128 {
  return v128.or(
    v128.or(
      i16x8.eq(x, i16x8.shuffle(x, x, 1, 2, 3, 4, 5, 6, 7, 0)),
      i16x8.eq(x, i16x8.shuffle(x, x, 2, 3, 4, 5, 6, 7, 0, 1)),
    ),
    v128.or(
      i16x8.eq(x, i16x8.shuffle(x, x, 3, 4, 5, 6, 7, 0, 1, 2)),
      i16x8.eq(x, i16x8.shuffle(x, x, 4, 5, 6, 7, 0, 1, 2, 3)),
    ),
  );
}

/** Do all hashes of a page differ, of which the list up to `listEnd` says where to look? */
@inline
function differ<K, V>(table: Table, page: usize, listEnd: usize, random: u32): bool {
  let looks: u32 = 0;
  for (let at = LISTED; at < listEnd; at += 1 << LISTED_LOG) {
    const bucket = <usize>load<u32>(at);
    if (load<u32>(at, 8) && hasTwins<K>(bucket)) return false;
    for (let left = load<u32>(at, 4); left; left &= left - 1) {
      const hash = load<K>(keyAt<K>(bucket, ctz<u32>(left)));
      const needle = splatKey<K>(hash);
      for (
        let passed = homeIn<K, V>(table, page, hash);
        passed != bucket;
        passed = nextBucket<K, V>(table, page, passed)
      ) {
        if (matchKeys<K>(passed, needle)) return false;
        if (++looks > MOST_LOOKS) return differInSet<K, V>(table, page, random);
      }
    }
  }
  return true;
}

/** Are two of the hashes of a bucket equal? */
function hasTwins<K>(bucket: usize): bool {
  for (let number: usize = 1; number < SLOTS; number++) {
    const hash = load<K>(keyAt<K>(bucket, number));
    if (!hash) break;
    if (firstSlot(matchKeys<K>(bucket, splatKey<K>(hash))) != number) return true;
  }
  return false;
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

/** Do all hashes of a page differ? In time that depends on nothing. */
function differInSet<K, V>(table: Table, page: usize, random: u32): bool {
  memory.fill(SET, 0, PLACES * sizeof<K>());
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
