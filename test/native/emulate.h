// The instructions of the kernels, where the processor lacks them: SIMDe's, and here what its release in Debian (0.7.4)
// lacks. Loads and stores under a mask touch the lanes of the mask alone, as the processor does, so that
// AddressSanitizer sees what would be touched.

#ifndef TOPHASH_EMULATE_H
#define TOPHASH_EMULATE_H

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>

#define MASKED_LOAD(name, vector, mask, type)                              \
  static inline vector emulated_##name(mask lanes, const void *from) {     \
    type values[sizeof(vector) / sizeof(type)] = {0};                      \
    for (unsigned i = 0; i < sizeof(vector) / sizeof(type); i++)           \
      if ((lanes >> i) & 1) __builtin_memcpy(&values[i], (const char *)from + i * sizeof(type), sizeof(type)); \
    vector result;                                                         \
    __builtin_memcpy(&result, values, sizeof result);                      \
    return result;                                                         \
  }

#define MASKED_STORE(name, vector, mask, type)                             \
  static inline void emulated_##name(void *to, mask lanes, vector from) {  \
    type values[sizeof(vector) / sizeof(type)];                            \
    __builtin_memcpy(values, &from, sizeof from);                          \
    for (unsigned i = 0; i < sizeof(vector) / sizeof(type); i++)           \
      if ((lanes >> i) & 1) __builtin_memcpy((char *)to + i * sizeof(type), &values[i], sizeof(type)); \
  }

#define COMPRESS(name, vector, mask, type)                                 \
  static inline vector emulated_##name(mask lanes, vector from) {          \
    type values[sizeof(vector) / sizeof(type)];                            \
    type packed[sizeof(vector) / sizeof(type)] = {0};                      \
    __builtin_memcpy(values, &from, sizeof from);                          \
    unsigned count = 0;                                                    \
    for (unsigned i = 0; i < sizeof(vector) / sizeof(type); i++)           \
      if ((lanes >> i) & 1) packed[count++] = values[i];                   \
    __builtin_memcpy(&from, packed, sizeof from);                          \
    return from;                                                           \
  }

#define NARROW(name, to_vector, vector, to_type, type)                     \
  static inline to_vector emulated_##name(vector from) {                   \
    type values[sizeof(vector) / sizeof(type)];                            \
    to_type narrow[sizeof(vector) / sizeof(type)];                         \
    __builtin_memcpy(values, &from, sizeof from);                          \
    for (unsigned i = 0; i < sizeof(vector) / sizeof(type); i++) narrow[i] = (to_type)values[i]; \
    to_vector result;                                                      \
    __builtin_memcpy(&result, narrow, sizeof result);                      \
    return result;                                                         \
  }

MASKED_LOAD(load16x32, __m512i, uint32_t, uint32_t)
MASKED_LOAD(load8x64, __m512i, uint32_t, uint64_t)
MASKED_LOAD(load64x8, __m512i, uint64_t, uint8_t)
MASKED_LOAD(load32x8, __m256i, uint32_t, uint8_t)
MASKED_LOAD(load16x8, __m128i, uint32_t, uint8_t)
MASKED_STORE(store16x32, __m512i, uint32_t, uint32_t)
MASKED_STORE(store8x64, __m512i, uint32_t, uint64_t)
MASKED_STORE(store8x32, __m256i, uint32_t, uint32_t)
MASKED_STORE(store16x8, __m128i, uint32_t, uint8_t)
MASKED_STORE(store64x8, __m512i, uint64_t, uint8_t)
COMPRESS(compress16x32, __m512i, uint32_t, uint32_t)
COMPRESS(compress8x64, __m512i, uint32_t, uint64_t)
NARROW(narrow64, __m256i, __m512i, uint32_t, uint64_t)

/** Lanes of 128 bits: two of `a`, then two of `b`. */
static inline __m512i emulated_shuffle(__m512i a, __m512i b, unsigned places) {
  uint64_t from[16], to[8];
  __builtin_memcpy(from, &a, sizeof a);
  __builtin_memcpy(from + 8, &b, sizeof b);
  for (unsigned i = 0; i < 4; i++) {
    const unsigned place = ((places >> (2 * i)) & 3) + (i < 2 ? 0 : 4);
    to[2 * i] = from[2 * place];
    to[2 * i + 1] = from[2 * place + 1];
  }
  __builtin_memcpy(&a, to, sizeof a);
  return a;
}

static inline uint32_t emulated_flags(uint32_t lanes, __m128i a, __m128i b) {
  return lanes & (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b));
}

/** Lanes of `a` that are less than those of `b`, unsigned. */
static inline uint32_t emulated_less(__m512i a, __m512i b) {
  uint32_t left[16], right[16], lanes = 0;
  __builtin_memcpy(left, &a, sizeof a);
  __builtin_memcpy(right, &b, sizeof b);
  for (unsigned i = 0; i < 16; i++) lanes |= (uint32_t)(left[i] < right[i]) << i;
  return lanes;
}

static inline uint32_t emulated_unequal(__m512i a, __m512i b) {
  uint64_t left[8], right[8];
  uint32_t lanes = 0;
  __builtin_memcpy(left, &a, sizeof a);
  __builtin_memcpy(right, &b, sizeof b);
  for (unsigned i = 0; i < 8; i++) lanes |= (uint32_t)(left[i] != right[i]) << i;
  return lanes;
}

static inline __m512i emulated_widen(__m256i from) {
  uint32_t narrow[8];
  uint64_t wide[8];
  __builtin_memcpy(narrow, &from, sizeof from);
  for (unsigned i = 0; i < 8; i++) wide[i] = narrow[i];
  __m512i result;
  __builtin_memcpy(&result, wide, sizeof result);
  return result;
}

static inline __m512i emulated_madd(__m512i a, __m512i b) {
  int16_t left[32], right[32];
  int32_t sums[16];
  __builtin_memcpy(left, &a, sizeof a);
  __builtin_memcpy(right, &b, sizeof b);
  for (unsigned i = 0; i < 16; i++) sums[i] = left[2 * i] * right[2 * i] + left[2 * i + 1] * right[2 * i + 1];
  __builtin_memcpy(&a, sums, sizeof a);
  return a;
}

static inline uint32_t emulated_equal(__m256i a, __m256i b) {
  return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(a, b)));
}

static inline __m128i emulated_flagBytes(uint32_t lanes, char value) {
  char bytes[16];
  for (unsigned i = 0; i < 16; i++) bytes[i] = (lanes >> i) & 1 ? value : 0;
  __m128i result;
  __builtin_memcpy(&result, bytes, sizeof result);
  return result;
}

#undef _mm_maskz_set1_epi8
#define _mm_maskz_set1_epi8(lanes, value) emulated_flagBytes(lanes, value)
#undef _mm512_testn_epi32_mask
#undef _mm512_testn_epi64_mask
#define _mm512_testn_epi32_mask(a, b) _mm512_cmpeq_epi32_mask(_mm512_and_si512(a, b), _mm512_setzero_si512())
#define _mm512_testn_epi64_mask(a, b) _mm512_cmpeq_epi64_mask(_mm512_and_si512(a, b), _mm512_setzero_si512())
#undef _mm256_testn_epi32_mask
#define _mm256_testn_epi32_mask(a, b) emulated_equal(_mm256_and_si256(a, b), _mm256_setzero_si256())
#undef _mm512_cmpneq_epi64_mask
#define _mm512_cmpneq_epi64_mask(a, b) emulated_unequal(a, b)
#undef _mm256_cmpeq_epi32_mask
#define _mm256_cmpeq_epi32_mask(a, b) emulated_equal(a, b)
#undef _mm512_cmplt_epu32_mask
#undef _mm512_cmpgt_epu32_mask
#undef _mm512_cvtepu32_epi64
#define _mm512_cmplt_epu32_mask(a, b) emulated_less(a, b)
#define _mm512_cmpgt_epu32_mask(a, b) emulated_less(b, a)
#define _mm512_cvtepu32_epi64(from) emulated_widen(from)
#undef _mm512_madd_epi16
#undef _mm512_shuffle_i64x2
#undef _mm_mask_cmpeq_epi8_mask
#define _mm512_madd_epi16(a, b) emulated_madd(a, b)
#define _mm512_shuffle_i64x2(a, b, places) emulated_shuffle(a, b, places)
#define _mm_mask_cmpeq_epi8_mask(lanes, a, b) emulated_flags(lanes, a, b)
#undef _mm_mask_testn_epi8_mask
#define _mm_mask_testn_epi8_mask(lanes, a, b) emulated_flags(lanes, _mm_and_si128(a, b), _mm_setzero_si128())

#undef _mm512_maskz_loadu_epi32
#undef _mm512_maskz_loadu_epi64
#undef _mm512_maskz_loadu_epi8
#undef _mm256_maskz_loadu_epi8
#undef _mm_maskz_loadu_epi8
#undef _mm512_mask_storeu_epi32
#undef _mm512_mask_storeu_epi64
#undef _mm256_mask_storeu_epi32
#undef _mm_mask_storeu_epi8
#undef _mm512_mask_storeu_epi8
#undef _mm512_maskz_compress_epi32
#undef _mm512_maskz_compress_epi64
#undef _mm512_cvtepi64_epi32
#define _mm512_maskz_loadu_epi32(lanes, from) emulated_load16x32(lanes, from)
#define _mm512_maskz_loadu_epi64(lanes, from) emulated_load8x64(lanes, from)
#define _mm512_maskz_loadu_epi8(lanes, from) emulated_load64x8(lanes, from)
#define _mm256_maskz_loadu_epi8(lanes, from) emulated_load32x8(lanes, from)
#define _mm_maskz_loadu_epi8(lanes, from) emulated_load16x8(lanes, from)
#define _mm512_mask_storeu_epi32(to, lanes, from) emulated_store16x32(to, lanes, from)
#define _mm512_mask_storeu_epi64(to, lanes, from) emulated_store8x64(to, lanes, from)
#define _mm256_mask_storeu_epi32(to, lanes, from) emulated_store8x32(to, lanes, from)
#define _mm_mask_storeu_epi8(to, lanes, from) emulated_store16x8(to, lanes, from)
#define _mm512_mask_storeu_epi8(to, lanes, from) emulated_store64x8(to, lanes, from)
#define _mm512_maskz_compress_epi32(lanes, from) emulated_compress16x32(lanes, from)
#define _mm512_maskz_compress_epi64(lanes, from) emulated_compress8x64(lanes, from)
#define _mm512_cvtepi64_epi32(from) emulated_narrow64(from)

#endif
