// Columns of integer keys to columns of hashes: assembly/hash/batch.ts.

#include "integer.h"
#include "layout.h"
#include "memory.h"

uint32_t tophash_layout(uint8_t *memory, size_t bytes) {
  (void)memory;
  (void)bytes;
  return TOPHASH_LAYOUT;
}

/** Hashes `count` keys of 4 bytes; `to` may be `from`. */
INLINE void hashKeys4(const uint8_t *from, uint32_t count, uint32_t seed, uint8_t *to) {
  uint32_t left = count;
  // Four at a time: the multiplications of one wait for each other.
  for (; left >= 4 * LANES; left -= 4 * LANES) {
    const __m512i a = hash32(_mm512_loadu_si512(from), seed);
    const __m512i b = hash32(_mm512_loadu_si512(from + 64), seed);
    const __m512i c = hash32(_mm512_loadu_si512(from + 128), seed);
    const __m512i d = hash32(_mm512_loadu_si512(from + 192), seed);
    _mm512_storeu_si512(to, a);
    _mm512_storeu_si512(to + 64, b);
    _mm512_storeu_si512(to + 128, c);
    _mm512_storeu_si512(to + 192, d);
    from += 256;
    to += 256;
  }
  for (uint32_t done = 0; done < left; done += LANES) {
    const __mmask16 lanes = first16(left - done);
    _mm512_mask_storeu_epi32(to, lanes, hash32(_mm512_maskz_loadu_epi32(lanes, from), seed));
    from += 64;
    to += 64;
  }
}

/** Doubles as keys: -0 is 0, and every NaN is one NaN (assembly/hash/float.ts). */
INLINE __m512i canonical(__m512i keys) {
  const __m512i magnitude = _mm512_and_si512(keys, _mm512_set1_epi64(INT64_MAX));
  const __mmask8 isNaN = _mm512_cmpgt_epi64_mask(magnitude, _mm512_set1_epi64(0x7ff0000000000000));
  const __m512i numbers = _mm512_maskz_mov_epi64(_mm512_test_epi64_mask(magnitude, magnitude), keys);
  return _mm512_mask_mov_epi64(numbers, isNaN, _mm512_set1_epi64(0x7ff8000000000000));
}

INLINE __m512i hashWide(__m512i keys, uint32_t seed, uint32_t how) {
  return hash64(how & TOPHASH_CANONICAL ? canonical(keys) : keys, seed);
}

/** Hashes `count` keys of 8 bytes; `to` may be `from`, as what is written never is ahead of what is read. */
INLINE void hashKeys8(const uint8_t *from, uint32_t count, uint32_t seed, uint8_t *to, uint32_t how) {
  const uint32_t width = how & TOPHASH_NARROW ? 4 : 8;
  uint32_t left = count;
  for (; left >= 4 * 8; left -= 4 * 8) {
    const __m512i a = hashWide(_mm512_loadu_si512(from), seed, how);
    const __m512i b = hashWide(_mm512_loadu_si512(from + 64), seed, how);
    const __m512i c = hashWide(_mm512_loadu_si512(from + 128), seed, how);
    const __m512i d = hashWide(_mm512_loadu_si512(from + 192), seed, how);
    if (width == 4) {
      _mm512_storeu_si512(to, lowWords(a, b));
      _mm512_storeu_si512(to + 64, lowWords(c, d));
    } else {
      _mm512_storeu_si512(to, a);
      _mm512_storeu_si512(to + 64, b);
      _mm512_storeu_si512(to + 128, c);
      _mm512_storeu_si512(to + 192, d);
    }
    from += 256;
    to += 32 * width;
  }
  for (uint32_t done = 0; done < left; done += 8) {
    const __mmask8 lanes = first8(left - done);
    const __m512i hashes = hashWide(_mm512_maskz_loadu_epi64(lanes, from), seed, how);
    if (width == 4) _mm256_mask_storeu_epi32(to, lanes, _mm512_cvtepi64_epi32(hashes));
    else _mm512_mask_storeu_epi64(to, lanes, hashes);
    from += 64;
    to += 8 * width;
  }
}

uint32_t tophash_hashU32(uint8_t *memory, size_t bytes, uint32_t keys, uint32_t count, uint32_t seed, uint32_t out) {
  if (!holds(bytes, keys, count, 4) || !holds(bytes, out, count, 4)) return TOPHASH_REFUSED;
  hashKeys4(memory + keys, count, seed, memory + out);
  return 0;
}

uint32_t tophash_hashU64(uint8_t *memory, size_t bytes, uint32_t keys, uint32_t count, uint32_t seed, uint32_t out) {
  if (!holds(bytes, keys, count, 8) || !holds(bytes, out, count, 8)) return TOPHASH_REFUSED;
  hashKeys8(memory + keys, count, seed, memory + out, 0);
  return 0;
}

uint32_t tophash_hashColumn4(Column keys, Column out, uint32_t rows, uint32_t seed) {
  if (!has(keys, 0, rows, 4) || !has(out, 0, rows, 4)) return TOPHASH_REFUSED;
  hashKeys4(keys.data, rows, seed, out.data);
  return 0;
}

uint32_t tophash_hashColumn8(Column keys, Column out, uint32_t rows, uint32_t seed, uint32_t how) {
  if (!has(keys, 0, rows, 8) || !has(out, 0, rows, how & TOPHASH_NARROW ? 4 : 8)) return TOPHASH_REFUSED;
  // Each a loop of its own, without a branch.
  if (how == 0) hashKeys8(keys.data, rows, seed, out.data, 0);
  else if (how == TOPHASH_CANONICAL) hashKeys8(keys.data, rows, seed, out.data, TOPHASH_CANONICAL);
  else if (how == TOPHASH_NARROW) hashKeys8(keys.data, rows, seed, out.data, TOPHASH_NARROW);
  else if (how == (TOPHASH_NARROW | TOPHASH_CANONICAL)) hashKeys8(keys.data, rows, seed, out.data, TOPHASH_NARROW | TOPHASH_CANONICAL);
  else return TOPHASH_REFUSED;
  return 0;
}
