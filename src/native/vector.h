// The vectors that the kernels work with: 16 lanes of 32 bits, or 8 of 64.
//
// Every file of kernels is compiled for AVX-512 F, CD, BW, DQ and VL (scripts/native-flags.js), and only called where
// the processor has them. With TOPHASH_EMULATE, SIMDe stands in for the instructions, so that tests run anywhere.

#ifndef TOPHASH_VECTOR_H
#define TOPHASH_VECTOR_H

#include <stddef.h>
#include <stdint.h>

#ifdef TOPHASH_EMULATE
#include "emulate.h"
#else
#include <immintrin.h>
#endif

/** 16 lanes of 32 bits in 512. */
#define LANES 16u

#define INLINE static inline __attribute__((always_inline))
/** What is called for many rows at once: copies of it would make the file large, and compilers slow. */
#define OUTLINE static __attribute__((noinline, unused))

// Loads and stores of one number, wherever it stands.

INLINE uint32_t load32(const uint8_t *at) {
  uint32_t value;
  __builtin_memcpy(&value, at, sizeof value);
  return value;
}

INLINE uint64_t load64(const uint8_t *at) {
  uint64_t value;
  __builtin_memcpy(&value, at, sizeof value);
  return value;
}

INLINE void store32(uint8_t *at, uint32_t value) {
  __builtin_memcpy(at, &value, sizeof value);
}

INLINE void store64(uint8_t *at, uint64_t value) {
  __builtin_memcpy(at, &value, sizeof value);
}

/**
 * Asks for the line of an address. One from far away to the second cache: of lines on their way to the first a processor
 * keeps few (24 on Zen 4), and look-ups in a table beyond the caches wait for those alone.
 */
INLINE void prefetch(const uint8_t *at, int isFar) {
  if (isFar) _mm_prefetch((const char *)at, _MM_HINT_T1);
  else _mm_prefetch((const char *)at, _MM_HINT_T0);
}

/** Rows from one that is worked on to those of its columns that are asked for meanwhile. */
#define LEAD 128u

/**
 * Asks for rows of a column that come LEAD behind row `row`, as many as fill a line, or sixteen: beside random accesses
 * processors do not see that columns are read, or written, from one end to the other. (Asking for what is not there does
 * no harm.)
 */
INLINE void prefetchRows(const uint8_t *column, size_t row, uint32_t width) {
  const uintptr_t at = (uintptr_t)column + (row + LEAD) * width;
  if (width) prefetch((const uint8_t *)at, 0);
  if (width == 8) prefetch((const uint8_t *)(at + 64), 0);
}

/**
 * A mask as a number that may be widened to 64 bits: GCC 12 put such a one on the stack by writing one byte of its eight,
 * unless the mask had been in a register for numbers.
 */
INLINE uint32_t numberOf(uint32_t mask) {
  __asm__("" : "+r"(mask));
  return mask;
}

/** A number whose `count` lowest bits are set, 64 at most. */
INLINE uint64_t lowBits(uint32_t count) {
#ifdef TOPHASH_EMULATE
  return count < 64 ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
#else
  return _bzhi_u64(UINT64_MAX, count);
#endif
}

/** The first `count` of 16 lanes; all where there are more. */
INLINE __mmask16 first16(uint32_t count) {
  return (__mmask16)(count < 16 ? (1u << count) - 1 : 0xffff);
}

/** The first `count` of 8 lanes. */
INLINE __mmask8 first8(uint32_t count) {
  return (__mmask8)(count < 8 ? (1u << count) - 1 : 0xff);
}

/** The low words of 16 lanes of 64 bits. */
INLINE __m512i lowWords(__m512i first, __m512i second) {
  const __m512i even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  return _mm512_permutex2var_epi32(first, even, second);
}

/** Their high words. */
INLINE __m512i highWords(__m512i first, __m512i second) {
  const __m512i odd = _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
  return _mm512_permutex2var_epi32(first, odd, second);
}

#endif
