// Terms and layout. Everything else in this folder builds on them.
//
//   slot      place of one entry: a key (stored as its hash) and a value
//   bucket    8 slots: the eight keys side by side, then the eight values, so that a few vector compares search a bucket
//   page      64 buckets. An entry whose home bucket is full goes to the next bucket of the same page, wrapping around
//   group     the 2..4 pages that share the low hash bits; a group grows by one page at a time (evacuate.ts)
//   home      the bucket that the hash names (address.ts)
//   spill     a side page for the few entries whose home page is full (spill.ts)
//
//   bucket of u32 keys and u32 values, one 64-byte cache line:
//     +0                              +32                             +64
//     | k0 k1 k2 k3 k4 k5 k6 k7       | v0 v1 v2 v3 v4 v5 v6 v7       |
//   u32 keys and 8-byte values: 96 bytes; u32 keys alone (a set): 32 bytes. 8-byte keys take 32 bytes more: 96, 128, 64.
//
// A key of 0 is an empty slot: fresh memory is an empty table. The one key whose hash is 0 lives in the header
// (table.ts). The slots of a bucket are filled from the front without gaps, so a bucket is full exactly when its last
// slot is taken.
//
// A slot is named by its bucket's address plus its number 0..7: buckets are 32-byte aligned, so the low bits are free.

export const SLOTS: u32 = 8;
export const SLOT_MASK: usize = 7;
export const BUCKET_BITS: u32 = 6;
export const BUCKETS: u32 = 1 << BUCKET_BITS;

/** Stands for "no value" as a type argument. */
export type None = bool;


@inline
export function valueWidth<V>(): usize {
  return isBoolean<V>() ? 0 : sizeof<V>();
}


@inline
export function keysBytes<K>(): usize {
  return <usize>SLOTS * sizeof<K>();
}


@inline
export function bucketBytes<K, V>(): usize {
  return <usize>SLOTS * (sizeof<K>() + valueWidth<V>());
}


@inline
export function pageBytes<K, V>(): usize {
  return bucketBytes<K, V>() << BUCKET_BITS;
}

/** Address of key `number` of a bucket. */
@inline
export function keyAt<K>(bucket: usize, number: usize): usize {
  return bucket + number * sizeof<K>();
}

/** Address of value `number` of a bucket. */
@inline
export function valueAt<K, V>(bucket: usize, number: usize): usize {
  return bucket + keysBytes<K>() + number * valueWidth<V>();
}


@inline
export function keyAddress<K>(slot: usize): usize {
  return keyAt<K>(slot & ~SLOT_MASK, slot & SLOT_MASK);
}


@inline
export function valueAddress<K, V>(slot: usize): usize {
  return valueAt<K, V>(slot & ~SLOT_MASK, slot & SLOT_MASK);
}


@inline
export function copyValue<V>(from: usize, to: usize): void {
  if (!isBoolean<V>()) store<V>(to, load<V>(from));
}


@inline
export function splatKey<K>(key: K): v128 {
  if (sizeof<K>() == 4) return i32x4.splat(<i32>key);
  return i64x2.splat(<i64>key);
}

/** {@link splatKey} of the key at an address. */
@inline
export function splatKeyAt<K>(address: usize): v128 {
  return sizeof<K>() == 4 ? v128.load32_splat(address) : v128.load64_splat(address);
}

/** One bit for each 32-bit lane of two vectors. */
@inline
export function mask8(low: v128, high: v128): u32 {
  return <u32>i16x8.bitmask(i16x8.narrow_i32x4_s(low, high));
}

/** The slots of a bucket that hold `needle` (a splat), as a mask of two bits each for {@link firstSlot}. */
@inline
export function matchKeys<K>(bucket: usize, needle: v128): u32 {
  if (sizeof<K>() == 4) {
    return <u32>(
      i8x16.bitmask(i16x8.narrow_i32x4_s(i32x4.eq(v128.load(bucket), needle), i32x4.eq(v128.load(bucket, 16), needle)))
    );
  }
  return <u32>(
    i8x16.bitmask(
      i8x16.narrow_i16x8_s(
        i16x8.narrow_i32x4_s(i64x2.eq(v128.load(bucket), needle), i64x2.eq(v128.load(bucket, 16), needle)),
        i16x8.narrow_i32x4_s(i64x2.eq(v128.load(bucket, 32), needle), i64x2.eq(v128.load(bucket, 48), needle)),
      ),
    )
  );
}

/** Number of the first slot in a mask of {@link matchKeys}; 0 for an empty mask. */
@inline
export function firstSlot(mask: u32): usize {
  return (<usize>(ctz<u32>(mask) >>> 1)) & SLOT_MASK; // two bits a slot
}

/** Address of the value beside the first slot in a mask of {@link matchKeys}; of the first value for an empty mask. */
@inline
export function firstValueAt<K, V>(bucket: usize, mask: u32): usize {
  const twice = <usize>(ctz<u32>(mask) & (2 * <u32>SLOT_MASK)); // two bits a slot
  return bucket + keysBytes<K>() + twice * (valueWidth<V>() >>> 1);
}


@inline
export function isFull<K>(bucket: usize): bool {
  return load<K>(bucket + keysBytes<K>() - sizeof<K>()) != <K>0;
}

/** Entries of a bucket. */
@inline
export function bucketCount<K>(bucket: usize): u32 {
  const empty = matchKeys<K>(bucket, i32x4.splat(0));
  return empty ? <u32>firstSlot(empty) : SLOTS;
}

/** Mask of the taken slots of a bucket among those that two vectors name, one bit each whatever the key's width. */
@inline
export function occupiedAmong<K>(bucket: usize, low: v128, high: v128): u32 {
  const zero = i32x4.splat(0);
  if (sizeof<K>() == 4) {
    return mask8(
      v128.andnot(low, i32x4.eq(v128.load(bucket), zero)),
      v128.andnot(high, i32x4.eq(v128.load(bucket, 16), zero)),
    );
  }
  return mask8(
    v128.andnot(
      low,
      i32x4.shuffle(i64x2.eq(v128.load(bucket), zero), i64x2.eq(v128.load(bucket, 16), zero), 0, 2, 4, 6),
    ),
    v128.andnot(
      high,
      i32x4.shuffle(i64x2.eq(v128.load(bucket, 32), zero), i64x2.eq(v128.load(bucket, 48), zero), 0, 2, 4, 6),
    ),
  );
}

/** Mask of the taken slots of a bucket, likewise. */
@inline
export function occupiedSlots<K>(bucket: usize): u32 {
  const all = i32x4.splat(-1);
  return occupiedAmong<K>(bucket, all, all);
}
