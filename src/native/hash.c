// Columns of integer keys to columns of hashes: assembly/hash/batch.ts.

#include "integer.h"
#include "layout.h"
#include "memory.h"

uint32_t tophash_layout(uint8_t *memory, size_t bytes) {
  (void)memory;
  (void)bytes;
  return TOPHASH_LAYOUT;
}

uint32_t tophash_hashU32(uint8_t *memory, size_t bytes, uint32_t keys, uint32_t count, uint32_t seed, uint32_t out) {
  if (!holds(bytes, keys, count, 4) || !holds(bytes, out, count, 4)) return TOPHASH_REFUSED;
  const uint8_t *from = memory + keys;
  uint8_t *to = memory + out;
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
  return 0;
}

uint32_t tophash_hashU64(uint8_t *memory, size_t bytes, uint32_t keys, uint32_t count, uint32_t seed, uint32_t out) {
  if (!holds(bytes, keys, count, 8) || !holds(bytes, out, count, 8)) return TOPHASH_REFUSED;
  const uint8_t *from = memory + keys;
  uint8_t *to = memory + out;
  uint32_t left = count;
  for (; left >= 4 * 8; left -= 4 * 8) {
    const __m512i a = hash64(_mm512_loadu_si512(from), seed);
    const __m512i b = hash64(_mm512_loadu_si512(from + 64), seed);
    const __m512i c = hash64(_mm512_loadu_si512(from + 128), seed);
    const __m512i d = hash64(_mm512_loadu_si512(from + 192), seed);
    _mm512_storeu_si512(to, a);
    _mm512_storeu_si512(to + 64, b);
    _mm512_storeu_si512(to + 128, c);
    _mm512_storeu_si512(to + 192, d);
    from += 256;
    to += 256;
  }
  for (uint32_t done = 0; done < left; done += 8) {
    const __mmask8 lanes = first8(left - done);
    _mm512_mask_storeu_epi64(to, lanes, hash64(_mm512_maskz_loadu_epi64(lanes, from), seed));
    from += 64;
    to += 64;
  }
  return 0;
}
