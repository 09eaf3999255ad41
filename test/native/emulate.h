// The instructions of the kernels, where the processor lacks them: SIMDe's, and here what its release in Debian (0.7.4) lacks.
// Loads and stores under a mask touch the lanes of the mask alone, as the processor does, so that AddressSanitizer sees what would be touched.

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
COMPRESS(compress16x32, __m512i, uint32_t, uint32_t)
COMPRESS(compress8x64, __m512i, uint32_t, uint64_t)
NARROW(narrow64, __m256i, __m512i, uint32_t, uint64_t)

#undef _mm512_maskz_loadu_epi32
#undef _mm512_maskz_loadu_epi64
#undef _mm512_maskz_loadu_epi8
#undef _mm256_maskz_loadu_epi8
#undef _mm_maskz_loadu_epi8
#undef _mm512_mask_storeu_epi32
#undef _mm512_mask_storeu_epi64
#undef _mm256_mask_storeu_epi32
#undef _mm_mask_storeu_epi8
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
#define _mm512_maskz_compress_epi32(lanes, from) emulated_compress16x32(lanes, from)
#define _mm512_maskz_compress_epi64(lanes, from) emulated_compress8x64(lanes, from)
#define _mm512_cvtepi64_epi32(from) emulated_narrow64(from)

#endif
