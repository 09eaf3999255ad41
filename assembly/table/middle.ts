// Where a full leaf of the spill is divided.

import { BUCKETS, SLOTS, bucketBytes, bucketCount, pageBytes } from "./bucket";
import { positionOf } from "./order";
import { spilledHash } from "./scramble";
import { ROWS } from "../memory/layout";

/** Most entries of a leaf: with its last slots taken, probes would go all around it. */
export const LEAF_FULL: u32 = SLOTS * BUCKETS - (SLOTS * BUCKETS) / 8;
/** Least entries of either half of a leaf that is split. */
export const LEAST_HALF: u32 = (SLOTS * BUCKETS) / 4;
/** Those of the first half where all that comes is behind it, as in ordered columns: more than half. */
const LEAST_OF_LAST: u32 = LEAF_FULL / 2 + LEAST_HALF / 4;

/**
 * A position of a full leaf, to which an entry at `next` is to come, with LEAST_HALF entries before it at least and as many from there on; 0 where there is none. Looks at 16 bits of each
 * position, in a list, and at all where these do not tell.
 */
export function middleOf<K, V>(leaf: usize, next: u64): u64 {
  let low = u64.MAX_VALUE;
  let high: u64 = 0;
  for (let bucket = leaf; bucket < leaf + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
    const end = bucket + bucketCount<K>(bucket);
    for (let slot = bucket; slot < end; slot++) {
      const position = positionOf<K>(spilledHash<K>(slot));
      low = min<u64>(low, position);
      high = max<u64>(high, position);
    }
  }
  const least = high < next ? LEAST_OF_LAST : LEAST_HALF;
  const shift = <u64>max<i64>(64 - RANK_BITS - clz<u64>(high - low), 0);
  listRanks<K, V>(leaf, low, shift);
  let first: u32 = 0;
  let last = <u32>((high - low) >>> shift);
  while (first < last) {
    const rank = first + ((last - first) >>> 1) + 1;
    const before = ranksBefore(rank);
    if (before < least) first = rank;
    else if (before > LEAF_FULL - LEAST_HALF) last = rank - 1;
    else return low + ((<u64>rank) << shift);
  }
  return shift ? exactMiddle<K, V>(leaf, low, high, least) : 0;
}

/** Bits of a rank: a position less the lowest one, without its last bits. */
const RANK_BITS: i64 = 16;
const RANK_LANES: u32 = 8;

/** Lists the ranks of a full leaf. */
function listRanks<K, V>(leaf: usize, low: u64, shift: u64): void {
  let to = ROWS;
  for (let bucket = leaf; bucket < leaf + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
    const end = bucket + bucketCount<K>(bucket);
    for (let slot = bucket; slot < end; slot++) {
      store<u16>(to, <u16>((positionOf<K>(spilledHash<K>(slot)) - low) >>> shift));
      to += 2;
    }
  }
}

/** How many of the listed ranks are less? */
function ranksBefore(rank: u32): u32 {
  const limit = i16x8.splat(<i16>rank);
  let sums = i16x8.splat(0);
  for (let at = ROWS; at < ROWS + LEAF_FULL * 2; at += RANK_LANES * 2) {
    sums = i16x8.sub(sums, i16x8.lt_u(v128.load(at), limit)); // a true lane is -1
  }
  const pairs = i32x4.extadd_pairwise_i16x8_s(sums);
  return (
    i32x4.extract_lane(pairs, 0) +
    i32x4.extract_lane(pairs, 1) +
    i32x4.extract_lane(pairs, 2) +
    i32x4.extract_lane(pairs, 3)
  );
}

/** {@link middleOf} by whole positions, which are from `low` to `high`. */
function exactMiddle<K, V>(leaf: usize, low: u64, high: u64, least: u32): u64 {
  while (low < high) {
    const middle = low + ((high - low) >>> 1) + 1;
    const before = entriesBefore<K, V>(leaf, middle);
    if (before < least) low = middle;
    else if (before > LEAF_FULL - LEAST_HALF) high = middle - 1;
    else return middle;
  }
  return 0;
}

function entriesBefore<K, V>(leaf: usize, position: u64): u32 {
  let before: u32 = 0;
  for (let bucket = leaf; bucket < leaf + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
    const end = bucket + bucketCount<K>(bucket);
    for (let slot = bucket; slot < end; slot++) before += <u32>(positionOf<K>(spilledHash<K>(slot)) < position);
  }
  return before;
}
