// Records of the arena, and keys in them: assembly/bytes/record.ts.

#ifndef TOPHASH_RECORD_H
#define TOPHASH_RECORD_H

#include "layout.h"
#include "memory.h"

/** Bytes that a vector compares or copies under a mask. */
#define VECTOR 64u

INLINE __mmask64 firstBytes(uint32_t count) {
  return lowBits(count < VECTOR ? count : VECTOR);
}

/** Are `length` bytes the same? Reads no others. */
INLINE int equalBytes(const uint8_t *a, const uint8_t *b, uint32_t length) {
  for (uint32_t at = 0;; at += VECTOR) {
    const __mmask64 lanes = firstBytes(length - at);
    const __m512i x = _mm512_maskz_loadu_epi8(lanes, a + at);
    const __m512i y = _mm512_maskz_loadu_epi8(lanes, b + at);
    if (_mm512_cmpneq_epi64_mask(x, y)) return 0;
    if (length - at <= VECTOR) return 1;
  }
}

/** Copies `length` bytes, and none beyond. */
INLINE void copyBytes(const uint8_t *from, uint8_t *to, uint32_t length) {
  for (uint32_t at = 0;; at += VECTOR) {
    const __mmask64 lanes = firstBytes(length - at);
    _mm512_mask_storeu_epi8(to + at, lanes, _mm512_maskz_loadu_epi8(lanes, from + at));
    if (length - at <= VECTOR) return;
  }
}

INLINE uint32_t lengthOfWord(uint32_t word) {
  return word & RECORD_LENGTH;
}

/** Bytes of a record, but for those of its key. */
INLINE uint32_t headBytes(uint32_t word, uint32_t valueBytes) {
  return RECORD_VALUE + valueBytes + (word & RECORD_LINKED ? 4 : 0);
}

/** Bytes of a record for a key of `length` bytes, MOST_STAGED at most, with no other one behind it. */
INLINE uint32_t recordBytes(uint32_t length, uint32_t valueBytes) {
  const uint32_t align = (valueBytes > 4 ? valueBytes : 4) - 1;
  return (headBytes(0, valueBytes) + length + align) & ~align;
}

/** Is a record in the memory, up to its key? */
INLINE int holdsHead(size_t bytes, uint32_t record, uint32_t valueBytes) {
  return (uint64_t)record + RECORD_VALUE + valueBytes + 4 <= bytes;
}

#endif
