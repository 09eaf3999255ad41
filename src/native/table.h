// A table as kernels see it: where a hash lives, as assembly/table/address.ts says.
//
// Of the header a kernel reads the fields of the form once and checks them once: a form that is sound and ends inside
// the memory has no hash whose home lies outside. So the addresses of single rows need no check.

#ifndef TOPHASH_TABLE_H
#define TOPHASH_TABLE_H

#include "layout.h"
#include "memory.h"

#define SLOTS 8u
#define BUCKET_BITS 6u
#define BUCKETS (1u << BUCKET_BITS)

#define POSITION_BITS 8u
#define FINE_BITS (POSITION_BITS - 2)
#define TOP_SHIFT 31u
#define FINE_SHIFT (TOP_SHIFT - BUCKET_BITS - FINE_BITS)
/** A group has less than this many pages twice. */
#define GROUP_PAGES 2u

/** Counters of the spill: one for each top byte of a hash. */
#define COUNTERS 256u

typedef struct {
  uint32_t seed;
  uint32_t base;
  uint32_t groupMask;
  uint32_t groupLog;
  uint32_t pagesPerGroup;
  uint32_t splitNext;
  uint32_t bucketShift;
  uint32_t bucketMask;
  /** Gaps between the pages (assembly/table/gaps.ts): gap i comes before page gapAt[i]. */
  uint32_t gaps;
  uint32_t gapAt[MOST_GAPS_OF_TABLE];
  /** Are the pages more than a second-level cache holds? */
  int isFar;
} Form;

/** Bytes of pages that no second-level cache holds. */
#define FAR_BYTES ((uint64_t)1 << 22)

INLINE uint32_t pagesOfForm(const Form *form) {
  return (form->pagesPerGroup << form->groupLog) + form->splitNext;
}

/**
 * Reads the form of the table at `table`, in a memory whose fixed part is at `origin`; 0 where that is no table, or no
 * fixed part. Nothing is said of where its pages lie.
 */
INLINE int readShape(const uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, Form *form) {
  if (!holds(bytes, table, HEADER_BYTES, 1) || !holds(bytes, origin, COUNTERS_AT + COUNTERS * 4, 1)) return 0;
  const uint8_t *header = memory + table;
  form->seed = load32(header + SEED);
  form->base = load32(header + BASE);
  form->groupMask = load32(header + GROUP_MASK);
  form->groupLog = load32(header + GROUP_LOG);
  form->pagesPerGroup = load32(header + PAGES_PER_GROUP);
  form->splitNext = load32(header + SPLIT_NEXT);
  form->bucketShift = load32(header + BUCKET_SHIFT);
  form->bucketMask = load32(header + BUCKET_MASK);
  form->gaps = 0;
  form->isFar = 0;
  if (form->groupLog > 24 || form->groupMask != (1u << form->groupLog) - 1) return 0;
  if (form->pagesPerGroup == 0 || form->pagesPerGroup >= 2 * GROUP_PAGES || form->splitNext > form->groupMask) return 0;
  const uint32_t buckets = form->bucketMask + 1;
  if (buckets == 0 || buckets > BUCKETS || (buckets & form->bucketMask)) return 0;
  if (form->bucketShift > TOP_SHIFT || buckets << form->bucketShift != 1u << TOP_SHIFT) return 0;
  return pagesOfForm(form) == 1 || buckets == BUCKETS;
}

/** Pages of gap `index`. */
INLINE uint32_t gapSize(uint32_t index) {
  return FIRST_GAP_PAGES << (index >> 1);
}

/** Do the pages, of `pageBytes` each, lie in the memory, one behind the other but for gaps? */
INLINE int holdsPages(size_t bytes, const Form *form, uint32_t pageBytes) {
  const uint32_t pages = pagesOfForm(form);
  uint64_t all = pages;
  for (uint32_t i = 0; i < form->gaps; i++) all += form->gapAt[i] < pages ? gapSize(i) : 0;
  return holds(bytes, form->base, all * (form->bucketMask + 1), pageBytes / BUCKETS);
}

/** {@link readShape}; 0 also where the pages, of `pageBytes` each, do not lie in the memory. */
INLINE int readForm(const uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, uint32_t pageBytes, Form *form) {
  if (!readShape(memory, bytes, table, origin, form)) return 0;
  const uint8_t *gaps = memory + origin + GAPS_AT;
  form->gaps = load32(gaps);
  if (form->gaps > MOST_GAPS_OF_TABLE) return 0;
  for (uint32_t i = 0; i < form->gaps; i++) form->gapAt[i] = load32(gaps + 4 + i * 4);
  form->isFar = (uint64_t)pagesOfForm(form) * pageBytes > FAR_BYTES;
  return holdsPages(bytes, form, pageBytes);
}

/** Pages of 16 hashes. */
INLINE __m512i pagesOf(const Form *form, __m512i low, __m512i high) {
  const __m512i doubling = _mm512_and_si512(_mm512_srl_epi32(low, _mm_cvtsi32_si128((int)form->groupLog)), _mm512_set1_epi32(1));
  const __m512i fine = _mm512_and_si512(_mm512_srli_epi32(high, FINE_SHIFT), _mm512_set1_epi32((1 << FINE_BITS) - 1));
  const __m512i top = _mm512_slli_epi32(_mm512_srli_epi32(high, TOP_SHIFT), POSITION_BITS - 1);
  const __m512i position = _mm512_or_si512(_mm512_or_si512(top, fine), _mm512_slli_epi32(doubling, FINE_BITS));
  const __m512i group = _mm512_and_si512(low, _mm512_set1_epi32((int)form->groupMask));
  const __mmask16 grown = _mm512_cmplt_epu32_mask(group, _mm512_set1_epi32((int)form->splitNext));
  const __m512i k = _mm512_set1_epi32((int)form->pagesPerGroup);
  const __m512i pages = _mm512_mask_add_epi32(k, grown, k, _mm512_set1_epi32(1));
  // Both factors fit 16 bits, where a product takes one instruction.
  const __m512i inGroup = _mm512_srli_epi32(_mm512_madd_epi16(position, pages), POSITION_BITS);
  return _mm512_add_epi32(_mm512_sll_epi32(inGroup, _mm_cvtsi32_si128((int)form->groupLog)), group);
}

/** Numbers of 16 pages, each plus the pages of the gaps before it. */
INLINE __m512i skipGaps(const Form *form, __m512i pages) {
  __m512i skipped = pages;
  for (uint32_t i = 0; i < form->gaps; i++) {
    const __mmask16 behind = _mm512_cmpge_epu32_mask(pages, _mm512_set1_epi32((int)form->gapAt[i]));
    skipped = _mm512_mask_add_epi32(skipped, behind, skipped, _mm512_set1_epi32((int)gapSize(i)));
  }
  return skipped;
}

/** Numbers of the buckets of 16 hashes in their pages. */
INLINE __m512i bucketsOf(const Form *form, __m512i high) {
  const __m512i number = _mm512_srl_epi32(high, _mm_cvtsi32_si128((int)form->bucketShift));
  return _mm512_and_si512(number, _mm512_set1_epi32((int)form->bucketMask));
}

/** x * bucketBytes, which is a power of two or 96. */
INLINE __m512i scale(__m512i x, uint32_t bucketBytes) {
  if (bucketBytes == 96) return _mm512_add_epi32(_mm512_slli_epi32(x, 6), _mm512_slli_epi32(x, 5));
  return _mm512_slli_epi32(x, (unsigned)__builtin_ctz(bucketBytes));
}

/** Addresses of the home buckets of 16 hashes. */
INLINE __m512i homesOf(const Form *form, __m512i low, __m512i high, uint32_t bucketBytes) {
  const __m512i page = skipGaps(form, pagesOf(form, low, high));
  const __m512i bucket = _mm512_add_epi32(_mm512_slli_epi32(page, BUCKET_BITS), bucketsOf(form, high));
  return _mm512_add_epi32(_mm512_set1_epi32((int)form->base), scale(bucket, bucketBytes));
}

/** Number of the bucket of one hash in its page. */
INLINE uint32_t bucketOf(const Form *form, uint32_t high) {
  return (high >> form->bucketShift) & form->bucketMask;
}

/** May the spill hold a hash with this high word? `counters` are the spill's. */
INLINE int mayBeSpilled(const uint8_t *counters, uint32_t high) {
  return load32(counters + (high >> 24) * 4) != 0;
}

#endif
