// Rows of a batch that a look-up found, or those that it did not find: selectRows of assembly/batch/select.ts.

#include "memory.h"

/** The flags of `count` rows, 16 at most, that are `wanted`. */
INLINE __mmask16 flagged(const uint8_t *found, uint32_t count, __m128i wanted) {
  return _mm_mask_cmpeq_epi8_mask(first16(count), _mm_maskz_loadu_epi8(first16(count), found), wanted);
}

uint32_t tophash_selectRows4(uint8_t *memory, size_t bytes, uint32_t keys, uint32_t rows, uint32_t found, uint32_t wanted) {
  if (!holds(bytes, keys, rows, 4) || !holds(bytes, found, rows, 1)) return TOPHASH_REFUSED;
  const __m128i flag = _mm_set1_epi8((char)wanted);
  uint8_t *to = memory + keys;
  for (uint32_t row = 0; row < rows; row += LANES) {
    const uint32_t count = rows - row;
    const __mmask16 chosen = flagged(memory + found + row, count, flag);
    const __m512i some = _mm512_maskz_loadu_epi32(first16(count), memory + keys + (size_t)row * 4);
    const uint32_t length = (uint32_t)__builtin_popcount(chosen);
    // To a register first: packing straight to memory is many times slower on some processors.
    _mm512_mask_storeu_epi32(to, first16(length), _mm512_maskz_compress_epi32(chosen, some));
    to += (size_t)length * 4;
  }
  return (uint32_t)((size_t)(to - (memory + keys)) / 4);
}

uint32_t tophash_selectRows8(uint8_t *memory, size_t bytes, uint32_t keys, uint32_t rows, uint32_t found, uint32_t wanted) {
  if (!holds(bytes, keys, rows, 8) || !holds(bytes, found, rows, 1)) return TOPHASH_REFUSED;
  const __m128i flag = _mm_set1_epi8((char)wanted);
  uint8_t *to = memory + keys;
  for (uint32_t row = 0; row < rows; row += 8) {
    const uint32_t count = rows - row < 8 ? rows - row : 8;
    const __mmask8 chosen = (__mmask8)flagged(memory + found + row, count, flag);
    const __m512i some = _mm512_maskz_loadu_epi64(first8(count), memory + keys + (size_t)row * 8);
    const uint32_t length = (uint32_t)__builtin_popcount(chosen);
    _mm512_mask_storeu_epi64(to, first8(length), _mm512_maskz_compress_epi64(chosen, some));
    to += (size_t)length * 8;
  }
  return (uint32_t)((size_t)(to - (memory + keys)) / 8);
}
