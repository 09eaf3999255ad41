// Taking a slot for a new hash in its page: placeNear of assembly/table/page.ts, which says why it is so.

#ifndef TOPHASH_PLACE_H
#define TOPHASH_PLACE_H

#include "bucket.h"

/** An entry of a full bucket, and how far it stands from its home. */
typedef struct {
  Slot slot;
  uint32_t distance;
} Standing;

/** The entry of a full bucket, number `number` of its page, that is nearest to its home. */
INLINE Standing nearest(const Form *form, const uint8_t *memory, uint32_t bucket, uint32_t number, uint32_t K, uint32_t V) {
  (void)V;
  Standing best = {{bucket, 0}, UINT32_MAX};
  for (uint32_t i = 0; i < SLOTS; i++) {
    const uint32_t home = bucketOf(form, highWord(loadKey(memory + bucket + i * K, K), K));
    const uint32_t distance = (number - home) & form->bucketMask;
    if (distance < best.distance) best = (Standing){{bucket, i}, distance};
  }
  return best;
}

/** Takes the first free slot of a bucket whose last one is free. */
INLINE Slot placeInBucket(uint8_t *memory, uint64_t hash, uint32_t bucket, uint32_t K) {
  const Slot slot = {bucket, firstSlot(emptySlots(memory + bucket, K))};
  storeKey(keyAt(memory, slot, K), hash, K);
  return slot;
}

INLINE void moveEntry(uint8_t *memory, Slot from, Slot to, uint32_t K, uint32_t V) {
  storeKey(keyAt(memory, to, K), loadKey(keyAt(memory, from, K), K), K);
  copyValue(valueAt(memory, from, K, V), valueAt(memory, to, K, V), V);
}

/**
 * Does an entry that goes past its home go past MOST_BUCKETS_BEHIND buckets, as none of them has one that came later?
 */
INLINE int isFar(const Form *form, const uint8_t *memory, uint32_t page, uint32_t home, uint32_t K, uint32_t V) {
  for (uint32_t distance = 1; distance < MOST_BUCKETS_BEHIND; distance++) {
    const uint32_t number = (home + distance) & form->bucketMask;
    if (nearest(form, memory, page + number * bucketBytes(K, V), number, K, V).distance < distance) return 0;
  }
  return 1;
}

/**
 * Takes a slot near its home for a hash that is not in its page, and counts the entries that it moves; NO_SLOT where
 * there is none: then nothing has changed.
 */
INLINE Slot placeNear(
    const Form *form, uint8_t *memory, uint64_t hash, uint32_t home, uint64_t *moved, uint32_t K, uint32_t V) {
  if (!isFull(memory + home, K)) return placeInBucket(memory, hash, home, K);
  const uint32_t page = pageOfHome(form, hash, home, K, V);
  const uint32_t homeNumber = bucketOf(form, highWord(hash, K));
  uint32_t distance = 0; // between home and the bucket before the free slot
  uint32_t bucket = nextBucket(form, page, home, K, V);
  while (isFull(memory + bucket, K)) {
    bucket = nextBucket(form, page, bucket, K, V);
    if (bucket == home) return NO_SLOT;
    distance++;
  }
  if (distance >= MOST_BUCKETS_BEHIND && isFar(form, memory, page, homeNumber, K, V)) return NO_SLOT;
  Slot free = placeInBucket(memory, hash, bucket, K);
  for (; distance; distance--) {
    const uint32_t number = (homeNumber + distance) & form->bucketMask;
    const Standing last = nearest(form, memory, page + number * bucketBytes(K, V), number, K, V);
    if (last.distance >= distance) break;
    moveEntry(memory, last.slot, free, K, V);
    storeKey(keyAt(memory, last.slot, K), hash, K);
    ++*moved;
    free = last.slot;
  }
  return free;
}

#endif
