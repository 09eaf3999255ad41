// Buckets, and the search in one page: assembly/table/bucket.ts and page.ts. `K` and `V` are the widths of keys and
// values, constants wherever these functions are inlined.
//
// Loops around a page end whatever stands in it: at the bucket where they began.

#ifndef TOPHASH_BUCKET_H
#define TOPHASH_BUCKET_H

#include "integer.h"
#include "table.h"

/** A slot: its bucket's address, and its number there. NO_SLOT for none. */
typedef struct {
  uint32_t bucket;
  uint32_t number;
} Slot;

#define NO_SLOT ((Slot){0, SLOTS})

INLINE int isSlot(Slot slot) {
  return slot.number < SLOTS;
}

INLINE uint32_t bucketBytes(uint32_t K, uint32_t V) {
  return SLOTS * (K + V);
}

INLINE uint64_t loadKey(const uint8_t *at, uint32_t K) {
  return K == 4 ? load32(at) : load64(at);
}

INLINE void storeKey(uint8_t *at, uint64_t hash, uint32_t K) {
  if (K == 4) store32(at, (uint32_t)hash);
  else store64(at, hash);
}

INLINE void copyValue(const uint8_t *from, uint8_t *to, uint32_t V) {
  if (V == 4) store32(to, load32(from));
  else if (V == 8) store64(to, load64(from));
}

INLINE uint8_t *keyAt(uint8_t *memory, Slot slot, uint32_t K) {
  return memory + slot.bucket + slot.number * K;
}

INLINE uint8_t *valueAt(uint8_t *memory, Slot slot, uint32_t K, uint32_t V) {
  return memory + slot.bucket + SLOTS * K + slot.number * V;
}

/** The word of a hash that names its bucket. */
INLINE uint32_t highWord(uint64_t hash, uint32_t K) {
  return (uint32_t)(K == 4 ? hash : hash >> 32);
}

/** A bit for each slot of a bucket that holds a hash. */
INLINE uint32_t matchKeys(const uint8_t *bucket, uint64_t hash, uint32_t K) {
  if (K == 4) return _mm256_cmpeq_epi32_mask(_mm256_loadu_si256((const void *)bucket), _mm256_set1_epi32((int)hash));
  return _mm512_cmpeq_epi64_mask(_mm512_loadu_si512(bucket), _mm512_set1_epi64((long long)hash));
}

/** A bit for each empty slot. */
INLINE uint32_t emptySlots(const uint8_t *bucket, uint32_t K) {
  return matchKeys(bucket, 0, K);
}

/** Number of the first slot in a mask; the last one's for an empty mask. */
INLINE uint32_t firstSlot(uint32_t mask) {
  return (uint32_t)__builtin_ctz(mask | 1u << (SLOTS - 1));
}

INLINE int isFull(const uint8_t *bucket, uint32_t K) {
  return loadKey(bucket + (SLOTS - 1) * K, K) != 0;
}

/** Address of the page of a hash whose home bucket is known. */
INLINE uint32_t pageOfHome(const Form *form, uint64_t hash, uint32_t home, uint32_t K, uint32_t V) {
  return home - bucketOf(form, highWord(hash, K)) * bucketBytes(K, V);
}

/** The bucket behind `bucket` in its page, wrapping around. */
INLINE uint32_t nextBucket(const Form *form, uint32_t page, uint32_t bucket, uint32_t K, uint32_t V) {
  const uint32_t last = page + form->bucketMask * bucketBytes(K, V);
  return bucket == last ? page : bucket + bucketBytes(K, V);
}

/**
 * May an entry have gone past the bucket behind the home of a hash? Not if that has room, nor if it has an entry that is
 * at home there: holdsLocals of assembly/table/page.ts.
 */
INLINE int isPassed(const Form *form, const uint8_t *second, uint64_t hash, uint32_t K) {
  const uint32_t field = form->bucketMask << form->bucketShift;
  const uint32_t home = (bucketOf(form, highWord(hash, K)) + 1) << form->bucketShift;
  uint32_t locals;
  if (K == 4) {
    const __m256i others = _mm256_xor_si256(_mm256_loadu_si256((const void *)second), _mm256_set1_epi32((int)home));
    locals = _mm256_testn_epi32_mask(others, _mm256_set1_epi32((int)field));
  } else {
    const __m512i others = _mm512_xor_si512(_mm512_loadu_si512(second), _mm512_set1_epi64((long long)((uint64_t)home << 32)));
    locals = _mm512_testn_epi64_mask(others, _mm512_set1_epi64((long long)((uint64_t)field << 32)));
  }
  return isFull(second, K) & (numberOf(locals) == 0);
}

/** The slot of a hash in the buckets behind its home, which is full and does not hold it. */
INLINE Slot findBehind(const Form *form, const uint8_t *memory, uint64_t hash, uint32_t home, uint32_t K, uint32_t V) {
  const uint32_t page = pageOfHome(form, hash, home, K, V);
  for (uint32_t bucket = nextBucket(form, page, home, K, V); bucket != home; bucket = nextBucket(form, page, bucket, K, V)) {
    const uint32_t match = matchKeys(memory + bucket, hash, K);
    if (match) return (Slot){bucket, firstSlot(match)};
    if (!isFull(memory + bucket, K)) break;
  }
  return NO_SLOT;
}

/**
 * Asks for the lines with the first `part` bytes of a bucket, which begins with its keys: there are two at most, wherever
 * it begins.
 */
INLINE void prefetchBucket(const uint8_t *memory, uint32_t bucket, int isFar, uint32_t part, uint32_t K, uint32_t V) {
  const uint32_t aligned = bucketBytes(K, V) % 64 ? 32 : 64;
  prefetch(memory + bucket, isFar);
  if (part > aligned) prefetch(memory + bucket + part - 1, isFar);
}

/** Asks for those of 16 buckets. */
INLINE void prefetchHomes(const uint8_t *memory, const uint32_t *homes, int isFar, uint32_t part, uint32_t K, uint32_t V) {
  if (isFar) {
#pragma GCC unroll 16
    for (uint32_t i = 0; i < LANES; i++) prefetchBucket(memory, homes[i], 1, part, K, V);
  } else {
#pragma GCC unroll 16
    for (uint32_t i = 0; i < LANES; i++) prefetchBucket(memory, homes[i], 0, part, K, V);
  }
}

/**
 * Hashes `count` keys, 16 at most, and finds their home buckets. Writes 16 hashes and addresses whatever `count` is:
 * behind it they are those of some keys. Returns the rows whose hash is 0. (Who asks for the buckets at once has the
 * processor wait: it does not know them yet.)
 */
INLINE __mmask16 prepare(
    const Form *form, const uint8_t *keys, uint32_t count, uint8_t *hashes, uint32_t *homes, uint32_t K, uint32_t V) {
  __m512i addresses;
  __mmask16 zeros;
  if (K == 4) {
    const __m512i some = hash32(_mm512_maskz_loadu_epi32(first16(count), keys), form->seed);
    _mm512_storeu_si512(hashes, some);
    zeros = _mm512_testn_epi32_mask(some, some);
    addresses = homesOf(form, some, some, bucketBytes(K, V));
  } else {
    const __m512i a = hash64(_mm512_maskz_loadu_epi64(first8(count), keys), form->seed);
    const __m512i b = hash64(_mm512_maskz_loadu_epi64(first8(count > 8 ? count - 8 : 0), keys + 64), form->seed);
    _mm512_storeu_si512(hashes, a);
    _mm512_storeu_si512(hashes + 64, b);
    zeros = (__mmask16)(_mm512_testn_epi64_mask(a, a) | _mm512_testn_epi64_mask(b, b) << 8);
    addresses = homesOf(form, lowWords(a, b), highWords(a, b), bucketBytes(K, V));
  }
  _mm512_storeu_si512(homes, addresses);
  return zeros & first16(count);
}

#endif
