// Where a full leaf of the spill is divided. Positions are looked at two at a time, less 2^63: vectors compare with a
// sign.

import { BUCKETS, SLOTS, bucketBytes, keyAt, pageBytes } from "./bucket";
import { positionsOf } from "./order";
import { unscrambleVector } from "./scramble";
import { ROWS } from "../memory/layout";

/** Most entries of a leaf: with its last slots taken, probes would go all around it. */
export const LEAF_FULL: u32 = SLOTS * BUCKETS - (SLOTS * BUCKETS) / 8;
/** Least entries of either half of a leaf that is split. */
export const LEAST_HALF: u32 = (SLOTS * BUCKETS) / 4;
/** Those of the first half where all that comes is behind it, as in ordered columns: more than half. */
const LEAST_OF_LAST: u32 = LEAF_FULL / 2 + LEAST_HALF / 4;

const SIGN: u64 = 1 << 63;

/** Slots whose positions are in a vector. */
const PAIR: usize = 2;

/** Slots `slot` and the next one of a bucket as they are, a lane of 8 bytes each. */
@inline
function pairAt<K>(bucket: usize, slot: usize): v128 {
  if (sizeof<K>() == 8) return v128.load(keyAt<K>(bucket, slot));
  const pair = v128.load64_zero(keyAt<K>(bucket, slot));
  return i32x4.shuffle(pair, i32x4.splat(0), 0, 4, 1, 4);
}

/** The positions of a pair, less 2^63. */
@inline
function signedPositions<K>(pair: v128): v128 {
  return v128.xor(positionsOf<K>(unscrambleVector<K>(pair)), i64x2.splat(SIGN));
}

/** Which slots of a pair are empty. */
@inline
function emptyIn(pair: v128): v128 {
  return i64x2.eq(pair, i64x2.splat(0));
}

/** The taken slots of a bucket of a leaf whose entries are not before `position`, a bit each. */
export function behind<K>(bucket: usize, position: u64): u32 {
  const limit = i64x2.splat(position ^ SIGN);
  let mask: u32 = 0;
  for (let slot: usize = 0; slot < SLOTS; slot += PAIR) {
    const pair = pairAt<K>(bucket, slot);
    const outside = v128.or(i64x2.gt_s(limit, signedPositions<K>(pair)), emptyIn(pair));
    mask |= ((<u32>i64x2.bitmask(outside)) ^ 3) << (<u32>slot);
  }
  return mask;
}

/**
 * A position of a full leaf, to which an entry at `next` is to come, with LEAST_HALF entries before it at least and as
 * many from there on; 0 where there is none. Looks at 16 bits of each position, in a list, and at all where these do
 * not tell.
 */
export function middleOf<K, V>(leaf: usize, next: u64): u64 {
  let lows = i64x2.splat(~SIGN);
  let highs = i64x2.splat(SIGN);
  for (let bucket = leaf; bucket < leaf + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
    for (let slot: usize = 0; slot < SLOTS; slot += PAIR) {
      const pair = pairAt<K>(bucket, slot);
      const empty = emptyIn(pair);
      const positions = signedPositions<K>(pair);
      lows = v128.bitselect(positions, lows, v128.andnot(i64x2.gt_s(lows, positions), empty));
      highs = v128.bitselect(positions, highs, v128.andnot(i64x2.gt_s(positions, highs), empty));
    }
  }
  lows = v128.xor(lows, i64x2.splat(SIGN));
  highs = v128.xor(highs, i64x2.splat(SIGN));
  const low = min<u64>(i64x2.extract_lane(lows, 0), i64x2.extract_lane(lows, 1));
  const high = max<u64>(i64x2.extract_lane(highs, 0), i64x2.extract_lane(highs, 1));
  const least = high < next ? LEAST_OF_LAST : LEAST_HALF;
  const shift = <u32>max<i64>(64 - RANK_BITS - clz<u64>(high - low), 0);
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
const RANKS_END: usize = ROWS + BUCKETS * SLOTS * 2;

/** Lists the ranks of a leaf; empty slots have the last one. */
function listRanks<K, V>(leaf: usize, low: u64, shift: u32): void {
  const lowest = i64x2.splat(low ^ SIGN);
  let to = ROWS;
  for (let bucket = leaf; bucket < leaf + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
    for (let slot: usize = 0; slot < SLOTS; slot += 2 * PAIR) {
      const first = rankPair<K>(bucket, slot, lowest, shift);
      const second = rankPair<K>(bucket, slot + PAIR, lowest, shift);
      const ranks = i32x4.shuffle(first, second, 0, 2, 4, 6);
      v128.store64_lane(to, i16x8.narrow_i32x4_u(ranks, ranks), 0);
      to += 8;
    }
  }
}


@inline
function rankPair<K>(bucket: usize, slot: usize, lowest: v128, shift: u32): v128 {
  const pair = pairAt<K>(bucket, slot);
  const ranks = i64x2.shr_u(i64x2.sub(signedPositions<K>(pair), lowest), shift);
  return v128.bitselect(i64x2.splat((1 << RANK_BITS) - 1), ranks, emptyIn(pair));
}

/** How many of the listed ranks are less? */
function ranksBefore(rank: u32): u32 {
  const limit = i16x8.splat(<i16>rank);
  let sums = i16x8.splat(0);
  for (let at = ROWS; at < RANKS_END; at += 16) {
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
  let before = LEAF_FULL;
  for (let bucket = leaf; bucket < leaf + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
    before -= popcnt<u32>(behind<K>(bucket, position));
  }
  return before;
}
