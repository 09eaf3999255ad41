// Search, insertion and deletion inside one page.
//
// Entries that overflow keep the order of a queue: whoever has the earlier home stands in the earlier bucket. No bucket
// holds an entry that is nearer to its home than one that passes by is to its own. Deletion closes the hole and leaves
// no tombstone.

import {
  BUCKETS,
  SLOT_MASK,
  bucketBytes,
  bucketCount,
  copyValue,
  firstSlot,
  isFull,
  keyAddress,
  matchKeys,
  pageBytes,
  splatKey,
  valueAddress,
  valueWidth,
} from "./bucket";
import { bucketField, bucketOf, highWords, homeIn, nextBucket, pageOfHome } from "./address";
import { Table } from "./table";

/**
 * A new entry that would stand so many buckets behind its home is better off in the spill. Random keys come to a third
 * of it; where keys were made to crowd a bucket, a look-up ends behind so many.
 */
export const NEAR: u32 = 16;

/** The slot of a hash (not 0) in a page, or 0. */
export function findInPage<K, V>(table: Table, hash: K, page: usize): usize {
  return findFromHome<K, V>(table, hash, homeIn<K, V>(table, page, hash));
}

/** {@link findInPage} of a hash whose home bucket is known. */
@inline
export function findFromHome<K, V>(table: Table, hash: K, home: usize): usize {
  const match = matchKeys<K>(home, splatKey<K>(hash));
  if (match) return home + firstSlot(match);
  return isFull<K>(home) ? findPast<K, V>(table, hash, home) : 0;
}

/**
 * The slot of a hash behind its home bucket, which is full and does not hold it, or 0. Keys that are not there end at
 * the second bucket mostly, full as it may be: see {@link holdsLocals}.
 */
export function findPast<K, V>(table: Table, hash: K, home: usize): usize {
  const page = pageOfHome<K, V>(table, hash, home);
  const second = nextBucket<K, V>(table, page, home);
  const match = matchKeys<K>(second, splatKey<K>(hash));
  if (match) return second + firstSlot(match);
  if (!isFull<K>(second) || holdsLocals<K, V>(table, page, second)) return 0;
  return findBehind<K, V>(table, hash, second, home);
}

/**
 * Has a bucket an entry that is at home there? Then none of an earlier home went past it: that entry would have gone on
 * in its stead. (Further behind there are few keys to be looked for, but those of a crowd, which would pay for the
 * question at every bucket.)
 */
@inline
export function holdsLocals<K, V>(table: Table, page: usize, bucket: usize): bool {
  const field = i32x4.splat(bucketField(table));
  const home = i32x4.splat(numberOf<K, V>(page, bucket) << table.bucketShift);
  const first = i32x4.eq(v128.and(highWords<K>(bucket), field), home);
  const second = i32x4.eq(v128.and(highWords<K>(bucket + 4 * sizeof<K>()), field), home);
  return v128.any_true(v128.or(first, second));
}

/**
 * Set by {@link findBehind} where it finds nothing: the first bucket with room behind the home, 0 where the page is
 * full.
 */
export let roomBehind: usize = 0;
/** Instead of such a bucket: nobody has looked. */
export const UNKNOWN: usize = 1;

/**
 * The slot of a hash in the buckets behind `from`, or 0. The buckets from `home` to `from` are full and do not hold it.
 * Ends at the first bucket with room, or once around the page.
 */
export function findBehind<K, V>(table: Table, hash: K, from: usize, home: usize): usize {
  const needle = splatKey<K>(hash);
  const page = pageOfHome<K, V>(table, hash, home);
  let bucket = nextBucket<K, V>(table, page, from);
  while (bucket != home) {
    const match = matchKeys<K>(bucket, needle);
    if (match) return bucket + firstSlot(match);
    if (!isFull<K>(bucket)) break;
    bucket = nextBucket<K, V>(table, page, bucket);
  }
  roomBehind = bucket == home ? 0 : bucket;
  return 0;
}

/** The first bucket with room behind a home that is full, or 0. */
function findRoom<K, V>(table: Table, hash: K, home: usize): usize {
  const page = pageOfHome<K, V>(table, hash, home);
  let bucket = nextBucket<K, V>(table, page, home);
  while (bucket != home) {
    if (!isFull<K>(bucket)) return bucket;
    bucket = nextBucket<K, V>(table, page, bucket);
  }
  return 0;
}

/**
 * Takes a slot of its page for a hash that is not in it; 0 where the page is full. The caller stores the value. Walking
 * on from a full bucket, the hash takes the place of an entry that is nearer to its home, which goes on in its stead
 * (P. Celis, "Robin Hood hashing", 1986): so the longest probe stays short, and the same keys stand in the same buckets
 * however they came.
 */
@inline
export function placeInPage<K, V>(table: Table, hash: K, home: usize): usize {
  return isFull<K>(home) ? placeBehind<K, V>(table, hash, home, UNKNOWN, BUCKETS) : placeInBucket<K>(hash, home);
}

/**
 * {@link placeInPage} if that is near the home; 0 where it is not.
 * @param room the first bucket with room behind the home, if that is full: 0 where there is none, UNKNOWN
 */
@inline
export function placeNear<K, V>(table: Table, hash: K, home: usize, room: usize): usize {
  return isFull<K>(home) ? placeBehind<K, V>(table, hash, home, room, NEAR) : placeInBucket<K>(hash, home);
}

/** {@link placeInPage} behind a home bucket that is full, if less than `most` buckets behind. */
function placeBehind<K, V>(table: Table, hash: K, home: usize, room: usize, most: u32): usize {
  let bucket = room == UNKNOWN ? findRoom<K, V>(table, hash, home) : room;
  if (!bucket) return 0;
  const page = pageOfHome<K, V>(table, hash, home);
  let number = numberOf<K, V>(page, bucket);
  let distance = (number - numberOf<K, V>(page, home) - 1) & table.bucketMask; // between home and the bucket before the free slot
  if (distance >= most && isFar<K, V>(table, page, home, most)) return 0;
  // The walk back from the free slot: each bucket on the way gives its last comer to the one behind it, up to the first
  // that has none who came later than the hash.
  let free = placeInBucket<K>(hash, bucket);
  for (; distance; distance--) {
    number = (number - 1) & table.bucketMask;
    bucket = page + <usize>number * bucketBytes<K, V>();
    const last = nearest<K>(table, bucket, number);
    if (fromHome<K>(table, last, number) >= distance) return free;
    moveEntry<K, V>(last, free);
    store<K>(keyAddress<K>(last), hash);
    table.moved++;
    free = last;
  }
  return free;
}

/**
 * Does an entry that goes past its home go past `most` buckets, as none of them has one that came later? The last of
 * them tells, for they stand in the order of their homes.
 */
function isFar<K, V>(table: Table, page: usize, home: usize, most: u32): bool {
  const distance = most - 1;
  const number = (numberOf<K, V>(page, home) + distance) & table.bucketMask;
  const last = nearest<K>(table, page + <usize>number * bucketBytes<K, V>(), number);
  return fromHome<K>(table, last, number) >= distance;
}

/** Takes the first free slot of a bucket that has one. */
@inline
function placeInBucket<K>(hash: K, bucket: usize): usize {
  const number = firstSlot(matchKeys<K>(bucket, i32x4.splat(0)));
  store<K>(bucket + number * sizeof<K>(), hash);
  return bucket + number;
}

/** Number of a bucket in its page. */
@inline
function numberOf<K, V>(page: usize, bucket: usize): u32 {
  return <u32>((bucket - page) / bucketBytes<K, V>());
}

/** Buckets between the entry in `slot` of bucket `number` and its home. */
@inline
export function fromHome<K>(table: Table, slot: usize, number: u32): u32 {
  return (number - bucketOf<K>(table, load<K>(keyAddress<K>(slot)))) & table.bucketMask;
}

/** The slot of a full bucket whose entry is nearest to its home. */
@inline
function nearest<K>(table: Table, bucket: usize, number: u32): usize {
  const first = v128.or(distances<K>(table, bucket, number), i32x4(0, 1, 2, 3));
  const second = v128.or(distances<K>(table, bucket + 4 * sizeof<K>(), number), i32x4(4, 5, 6, 7));
  let least = i32x4.min_u(first, second);
  least = i32x4.min_u(least, i32x4.shuffle(least, least, 2, 3, 0, 1));
  least = i32x4.min_u(least, i32x4.shuffle(least, least, 1, 0, 3, 2));
  return bucket + ((<usize>i32x4.extract_lane(least, 0)) & SLOT_MASK);
}

/** The first of the slots whose entries are farthest from their home, but not at home; 0 where all are. */
function farthest<K>(table: Table, bucket: usize, number: u32): usize {
  const taken = i32x4.splat(<i32>bucketCount<K>(bucket));
  const first = v128.or(distances<K>(table, bucket, number), i32x4(7, 6, 5, 4));
  const second = v128.or(distances<K>(table, bucket + 4 * sizeof<K>(), number), i32x4(3, 2, 1, 0));
  let most = i32x4.max_u(
    v128.and(first, i32x4.lt_s(i32x4(0, 1, 2, 3), taken)),
    v128.and(second, i32x4.lt_s(i32x4(4, 5, 6, 7), taken)),
  );
  most = i32x4.max_u(most, i32x4.shuffle(most, most, 2, 3, 0, 1));
  most = i32x4.max_u(most, i32x4.shuffle(most, most, 1, 0, 3, 2));
  const best = <usize>i32x4.extract_lane(most, 0);
  return best > SLOT_MASK ? bucket + (~best & SLOT_MASK) : 0;
}

/** How far four entries are from home, times 8. */
@inline
function distances<K>(table: Table, hashes: usize, number: u32): v128 {
  const homes = i32x4.shr_u(highWords<K>(hashes), table.bucketShift);
  return i32x4.shl(v128.and(i32x4.sub(i32x4.splat(number), homes), i32x4.splat(table.bucketMask)), 3);
}


@inline
function moveEntry<K, V>(from: usize, to: usize): void {
  store<K>(keyAddress<K>(to), load<K>(keyAddress<K>(from)));
  copyValue<V>(valueAddress<K, V>(from), valueAddress<K, V>(to));
}

/**
 * Empties `slot` of a page and closes the hole: as long as the bucket was full, the entry of the next one that is
 * farthest from its home moves up. Returns through how many buckets the hole went: many in a page that is full or
 * nearly so.
 */
export function removeFromPage<K, V>(table: Table, page: usize, slot: usize): u32 {
  let hole = slot;
  let bucket = slot & ~SLOT_MASK;
  let number = numberOf<K, V>(page, bucket);
  let steps: u32 = 0;
  while (isFull<K>(bucket)) {
    const next = nextBucket<K, V>(table, page, bucket);
    number = (number + 1) & table.bucketMask;
    const from = farthest<K>(table, next, number);
    if (!from) break;
    moveEntry<K, V>(from, hole);
    table.moved++;
    hole = from;
    bucket = next;
    steps++;
  }
  // Slots are filled without gaps: the last entry of the hole's bucket takes its place. It may be the hole itself: to
  // ask would be a branch that nobody can guess, on memory that is still on its way.
  const last = bucket + bucketCount<K>(bucket) - 1;
  moveEntry<K, V>(last, hole);
  store<K>(keyAddress<K>(last), <K>0);
  return steps;
}

/** Bytes of an entry that {@link takeOut} lists: its hash and its value, side by side. */
@inline
export function listedBytes<K, V>(): usize {
  return sizeof<K>() + valueWidth<V>();
}

/** Lists the entries of a page of 64 buckets at `to`, and empties the page; returns the end of the list. */
export function takeOut<K, V>(page: usize, to: usize): usize {
  let end = to;
  for (let bucket = page; bucket < page + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
    const taken = bucket + bucketCount<K>(bucket);
    for (let slot = bucket; slot < taken; slot++) {
      store<K>(end, load<K>(keyAddress<K>(slot)));
      copyValue<V>(valueAddress<K, V>(slot), end + sizeof<K>());
      end += listedBytes<K, V>();
    }
  }
  memory.fill(page, 0, pageBytes<K, V>());
  return end;
}

/** Buckets of a page that a look-up of the entry in `slot` reads: 1 at least. */
export function probeLength<K, V>(table: Table, page: usize, slot: usize): u32 {
  return fromHome<K>(table, slot, numberOf<K, V>(page, slot & ~SLOT_MASK)) + 1;
}
