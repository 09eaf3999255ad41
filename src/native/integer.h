// The hash of integer keys, in lanes: assembly/hash/integer.ts.

#ifndef TOPHASH_INTEGER_H
#define TOPHASH_INTEGER_H

#include "vector.h"

/** fmix32. */
INLINE __m512i mix32(__m512i x) {
  __m512i h = _mm512_xor_si512(x, _mm512_srli_epi32(x, 16));
  h = _mm512_mullo_epi32(h, _mm512_set1_epi32((int)0x85ebca6bu));
  h = _mm512_xor_si512(h, _mm512_srli_epi32(h, 13));
  h = _mm512_mullo_epi32(h, _mm512_set1_epi32((int)0xc2b2ae35u));
  return _mm512_xor_si512(h, _mm512_srli_epi32(h, 16));
}

/** fmix64. */
INLINE __m512i mix64(__m512i x) {
  __m512i h = _mm512_xor_si512(x, _mm512_srli_epi64(x, 33));
  h = _mm512_mullo_epi64(h, _mm512_set1_epi64((long long)0xff51afd7ed558ccdull));
  h = _mm512_xor_si512(h, _mm512_srli_epi64(h, 33));
  h = _mm512_mullo_epi64(h, _mm512_set1_epi64((long long)0xc4ceb9fe1a85ec53ull));
  return _mm512_xor_si512(h, _mm512_srli_epi64(h, 33));
}

/** The seed in every lane of keys of 8 bytes. */
INLINE __m512i wideSeed(uint32_t seed) {
  return _mm512_set1_epi64((long long)(seed * 0x9e3779b97f4a7c15ull));
}

INLINE __m512i hash32(__m512i keys, uint32_t seed) {
  return mix32(_mm512_xor_si512(keys, _mm512_set1_epi32((int)seed)));
}

INLINE __m512i hash64(__m512i keys, uint32_t seed) {
  return mix64(_mm512_xor_si512(keys, wideSeed(seed)));
}

#endif
