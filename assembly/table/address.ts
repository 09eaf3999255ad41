// Where a hash lives.
//
//   hash     31 | 30 .. 25 | 24 .. 19 |  ...  | low bits
//            top   bucket     fine               group
//
// The low bits name the group, bits 30..25 the bucket inside the page. Within its group an entry has a position y of 8
// bits, made of the top bit, the hash bit that will name the group after the next doubling, and six fine bits. A group
// of k pages gives entry y to page y * k / 256. So a group grows 2 -> 3 -> 4 pages, each step moving every entry at
// most one page up, and a group of 4 pages *is* two groups of 2 pages with one more group bit: page numbers stay,
// nothing moves. (P.-A. Larson, "Linear hashing with partial expansions", VLDB 1980.)
//
// Page number = page within group * 2^groupLog + group, so each new page is the last one, and a bucket keeps its number
// when its page splits.
//
// 64-bit hashes take group and doubling bit from the low word, the others from the high word.

import { BUCKETS, BUCKET_BITS, bucketBytes, pageBytes } from "./bucket";
import { Gapped, gapPages, skipGaps } from "./gaps";
import { segmentedPage } from "./segmented";
import { Table } from "./table";

/** Pages of a group at the start of a round: a round ends at twice as many. */
export const GROUP_PAGES: u32 = 2;

const POSITION_BITS: u32 = 8;
const FINE_BITS: u32 = POSITION_BITS - 2;
const TOP_SHIFT: u32 = 31;
const BUCKET_SHIFT: u32 = TOP_SHIFT - BUCKET_BITS;
const FINE_SHIFT: u32 = BUCKET_SHIFT - FINE_BITS;

/** Bits of a hash that placement sees: all, but in test builds for bad hashes (`PLACEMENT`). */
const SEEN: u32 = PLACEMENT;
export const ALL_SEEN: bool = SEEN == 0xffffffff;
export const NONE_SEEN: bool = SEEN == 0;


@inline
export function lowWord<K>(hash: K): u32 {
  return (<u32>hash) & SEEN;
}


@inline
export function highWord<K>(hash: K): u32 {
  if (sizeof<K>() == 4) return (<u32>hash) & SEEN;
  return (<u32>((<u64>hash) >>> 32)) & SEEN;
}

/** What placement sees of four words. */
@inline
export function seen(words: v128): v128 {
  return ALL_SEEN ? words : v128.and(words, i32x4.splat(SEEN));
}

/** Low words of four hashes: those in two vectors, or of 32-bit hashes in one. */
@inline
export function lowWordsOf<K>(first: v128, second: v128): v128 {
  return seen(sizeof<K>() == 4 ? first : i32x4.shuffle(first, second, 0, 2, 4, 6));
}


@inline
export function highWordsOf<K>(first: v128, second: v128): v128 {
  return seen(sizeof<K>() == 4 ? first : i32x4.shuffle(first, second, 1, 3, 5, 7));
}

/** Low words of the four hashes at an address. */
@inline
export function lowWords<K>(hashes: usize): v128 {
  const first = v128.load(hashes);
  return lowWordsOf<K>(first, sizeof<K>() == 4 ? first : v128.load(hashes, 16));
}


@inline
export function highWords<K>(hashes: usize): v128 {
  const first = v128.load(hashes);
  return highWordsOf<K>(first, sizeof<K>() == 4 ? first : v128.load(hashes, 16));
}


@inline
export function bucketOf<K>(table: Table, hash: K): u32 {
  return (highWord<K>(hash) >>> table.bucketShift) & table.bucketMask;
}

/** The group of a hash, with as many bits as `mask` has. */
@inline
export function groupOf<K>(hash: K, mask: u32): u32 {
  return lowWord<K>(hash) & mask;
}


@inline
function position(low: u32, high: u32, groupLog: u32): u32 {
  return (
    ((high >>> TOP_SHIFT) << (POSITION_BITS - 1)) |
    (((low >>> groupLog) & 1) << FINE_BITS) |
    ((high >>> FINE_SHIFT) & ((1 << FINE_BITS) - 1))
  );
}

/** Page within its group, for a group of `k` pages. */
@inline
export function pageInGroup<K>(hash: K, groupLog: u32, k: u32): u32 {
  return (position(lowWord<K>(hash), highWord<K>(hash), groupLog) * k) >>> POSITION_BITS;
}


@inline
export function pageOf<K>(table: Table, hash: K): u32 {
  const group = groupOf<K>(hash, table.groupMask);
  const k = table.pagesPerGroup + <u32>(group < table.splitNext);
  return (pageInGroup<K>(hash, table.groupLog, k) << table.groupLog) + group;
}


@inline
export function pageAddress<K, V>(table: Table, page: u32): usize {
  if (BYTES && !table.block) return segmentedPage(page);
  return <usize>table.base + <usize>(page + gapPages(page)) * pageBytes<K, V>();
}

/** Address of a hash's bucket in a page. */
@inline
export function homeIn<K, V>(table: Table, page: usize, hash: K): usize {
  return page + <usize>bucketOf<K>(table, hash) * bucketBytes<K, V>();
}

/** Address of a hash's home bucket. */
@inline
export function homeOf<K, V>(table: Table, hash: K): usize {
  return homeIn<K, V>(table, pageAddress<K, V>(table, pageOf<K>(table, hash)), hash);
}

/** Address of the page of a hash whose home bucket is known. */
@inline
export function pageOfHome<K, V>(table: Table, hash: K, home: usize): usize {
  return home - <usize>bucketOf<K>(table, hash) * bucketBytes<K, V>();
}

/** The bucket behind `bucket` in its page, wrapping around. `page` is the page's address. */
@inline
export function nextBucket<K, V>(table: Table, page: usize, bucket: usize): usize {
  const next = bucket + bucketBytes<K, V>();
  return next < page + (<usize>table.bucketMask + 1) * bucketBytes<K, V>() ? next : page;
}

// --- four at a time ---

@inline
function positions(low: v128, high: v128, doubling: v128): v128 {
  return v128.or(
    i32x4.shl(i32x4.shr_u(high, TOP_SHIFT), POSITION_BITS - 1),
    v128.or(
      v128.and(i32x4.eq(v128.and(low, doubling), doubling), i32x4.splat(1 << FINE_BITS)),
      v128.and(i32x4.shr_u(high, FINE_SHIFT), i32x4.splat((1 << FINE_BITS) - 1)),
    ),
  );
}

/**
 * {@link pageInGroup} of four. `doubling` is the bit that will name the group after the next doubling, 1 << groupLog.
 * (Both factors fit 16 bits, and products of such take x86-64 half the time.)
 */
@inline
export function pagesInGroup(low: v128, high: v128, doubling: v128, k: v128): v128 {
  return i32x4.shr_u(i32x4.dot_i16x8_s(positions(low, high, doubling), k), POSITION_BITS);
}

// The position of an entry, spread: its bits in the same order, but far apart, as two shifts spare the others. It
// compares as positions do.
const SPREAD_TOP: u32 = 1 << TOP_SHIFT;
const SPREAD_FINE: u32 = ((1 << FINE_BITS) - 1) << FINE_SHIFT;
const SPREAD_DOUBLING_SHIFT: u32 = FINE_SHIFT + FINE_BITS;

/** A position, spread. */
@inline
function spread(position: u32): u32 {
  return (
    ((position >>> (POSITION_BITS - 1)) << TOP_SHIFT) | ((position & ((1 << (POSITION_BITS - 1)) - 1)) << FINE_SHIFT)
  );
}

/** The first spread position that a group of `k` pages gives to page `j` or a later one. At most 256 k. */
@inline
export function firstSpread(j: u32, k: u32): u32 {
  return spread(((j << POSITION_BITS) + k - 1) / k);
}

/** The last one that it gives to page `j`. */
@inline
export function lastSpread(j: u32, k: u32): u32 {
  return spread((((j + 1) << POSITION_BITS) + k - 1) / k - 1);
}

/** The spread positions of four hashes. */
@inline
export function spreadPositions(low: v128, high: v128, groupLog: u32): v128 {
  return v128.or(
    v128.and(high, i32x4.splat(SPREAD_TOP | SPREAD_FINE)),
    v128.and(i32x4.shl(low, SPREAD_DOUBLING_SHIFT - groupLog), i32x4.splat(1 << SPREAD_DOUBLING_SHIFT)),
  );
}

/** Bucket numbers in whole pages. */
@inline
export function bucketsOf(high: v128): v128 {
  return v128.and(i32x4.shr_u(high, BUCKET_SHIFT), i32x4.splat(BUCKETS - 1));
}

/** x * factor; a shift where the factor is a power of two. */
@inline
function scale(x: v128, factor: u32): v128 {
  return (factor & (factor - 1)) == 0 ? i32x4.shl(x, ctz<u32>(factor)) : i32x4.mul(x, i32x4.splat(factor));
}

/** Pages that the groups of four hashes have. */
@inline
function pagesOfGroups(groups: v128, splitNext: v128, pagesPerGroup: v128): v128 {
  return i32x4.sub(pagesPerGroup, i32x4.lt_s(groups, splitNext)); // a true lane is -1; both are far below 2^31
}

/** {@link pageOf} of four. */
@inline
export function pagesOf(
  low: v128,
  high: v128,
  groupMask: v128,
  doubling: v128,
  splitNext: v128,
  pagesPerGroup: v128,
): v128 {
  const groups = v128.and(low, groupMask);
  const k = pagesOfGroups(groups, splitNext, pagesPerGroup);
  return i32x4.add(i32x4.mul(pagesInGroup(low, high, doubling, k), doubling), groups);
}

/** The bits of a high word that name the bucket. */
@inline
export function bucketField(table: Table): u32 {
  return table.bucketMask << table.bucketShift;
}

/** Bytes from one bucket to the next, as a factor of the bucket's bits where they stand in whole pages. */
@inline
export function bucketStep<K, V>(table: Table): u32 {
  return (<u32>bucketBytes<K, V>()) >>> (table.bucketShift - BUCKET_SHIFT);
}

/**
 * {@link homeOf} of four. The other arguments are splats, see the table: `pageStep` is what lies between the pages of a
 * group, in bytes. No shift by a variable: to some engines that is four instructions, and a product one; of 16 bits where both factors
 * fit.
 */
@inline
export function homesOf<K, V, G>(
  low: v128,
  high: v128,
  base: v128,
  groupMask: v128,
  doubling: v128,
  splitNext: v128,
  pagesPerGroup: v128,
  pageStep: v128,
  field: v128,
  step: v128,
): v128 {
  const bytes = <u32>pageBytes<K, V>();
  let pages: v128;
  if (sizeof<G>() == sizeof<Gapped>()) {
    pages = scale(skipGaps(pagesOf(low, high, groupMask, doubling, splitNext, pagesPerGroup)), bytes);
  } else {
    const groups = v128.and(low, groupMask);
    const k = pagesOfGroups(groups, splitNext, pagesPerGroup);
    pages = i32x4.add(i32x4.mul(pagesInGroup(low, high, doubling, k), pageStep), scale(groups, bytes));
  }
  const buckets = i32x4.dot_i16x8_s(i32x4.shr_u(v128.and(high, field), BUCKET_SHIFT), step);
  return i32x4.add(i32x4.add(base, pages), buckets);
}
