// The hash of byte keys, many rows at once: assembly/hash/bytes.ts, defined in assembly/hash/BYTES.md.
//
// Eight chains stand side by side, one a lane, and each of their four words in a vector of its own: 8 rows of one
// stripe, or the two chains of 4 longer rows. Loads are masked to the row's bytes, so none touches a byte behind it.

#ifndef TOPHASH_ROWS_H
#define TOPHASH_ROWS_H

#include "memory.h"

/** Bytes that a chain takes at a time, and those of the two chains of a row. */
#define STRIPE 32u
#define PAIR 64u

#define WEIGHT_0 0x243f6a8885a308d3
#define WEIGHT_1 0x13198a2e03707345
#define WEIGHT_2 0xa4093822299f31d1
#define WEIGHT_3 0x082efa98ec4e6c89
#define WEIGHT_OF_LENGTH 0x452821e638d01377
#define SECRET_0 0xc0ac29b7c97c50dd
#define SECRET_1 0x3f84d5b5b5470917
#define SECRET_2 0x9216d5d98979fb1b
#define SECRET_3 0xd1310ba698dfb5ac
#define START_LOW 0x2ffd72dbd01adfb7
#define START_HIGH 0xb8e1afed6a267e96
#define SEED_STEP 0x9e3779b97f4a7c15
#define MIX_1 0xbf58476d1ce4e5b9
#define MIX_2 0x94d049bb133111eb

/** A word of each of 8 chains: of their stripes, states or secrets. Words 0 and 1 are the even ones. */
typedef struct {
  __m512i word[4];
} Words;

INLINE __m512i splat64(uint64_t value) {
  return _mm512_set1_epi64((long long)value);
}

/** mix64 of bytes.ts. */
INLINE uint64_t mixWord(uint64_t x) {
  uint64_t h = (x ^ (x >> 30)) * MIX_1;
  h = (h ^ (h >> 27)) * MIX_2;
  return h ^ (h >> 31);
}

INLINE __m512i mixWords(__m512i x) {
  __m512i h = _mm512_mullo_epi64(_mm512_xor_si512(x, _mm512_srli_epi64(x, 30)), splat64(MIX_1));
  h = _mm512_mullo_epi64(_mm512_xor_si512(h, _mm512_srli_epi64(h, 27)), splat64(MIX_2));
  return _mm512_xor_si512(h, _mm512_srli_epi64(h, 31));
}

/** What every stripe is xored with. */
INLINE Words secretsOf(uint32_t seed) {
  const uint64_t even = mixWord(seed + SEED_STEP);
  const uint64_t odd = mixWord(seed + 2 * SEED_STEP);
  return (Words){{splat64(even ^ SECRET_0), splat64(even ^ SECRET_1), splat64(odd ^ SECRET_2), splat64(odd ^ SECRET_3)}};
}

/** The states in which 8 chains begin: those of lanes 2, 3, 6 and 7 are second chains. */
INLINE Words startOfPairs(void) {
  const __m512i low = _mm512_maskz_mov_epi64(0xcc, splat64(START_LOW));
  const __m512i high = _mm512_maskz_mov_epi64(0xcc, splat64(START_HIGH));
  return (Words){{low, low, high, high}};
}

/**
 * The stripes of 8 chains, of which 0 and 2 stand in `a`, 1 and 3 in `b`, 4 and 6 in `c`, 5 and 7 in `d`, word by word.
 */
INLINE Words turn(__m512i a, __m512i b, __m512i c, __m512i d) {
  const __m512i evenAB = _mm512_unpacklo_epi64(a, b);
  const __m512i oddAB = _mm512_unpackhi_epi64(a, b);
  const __m512i evenCD = _mm512_unpacklo_epi64(c, d);
  const __m512i oddCD = _mm512_unpackhi_epi64(c, d);
  return (Words){{
      _mm512_shuffle_i64x2(evenAB, evenCD, 0x88),
      _mm512_shuffle_i64x2(oddAB, oddCD, 0x88),
      _mm512_shuffle_i64x2(evenAB, evenCD, 0xdd),
      _mm512_shuffle_i64x2(oddAB, oddCD, 0xdd),
  }};
}

INLINE __m512i lowProduct(__m512i x, __m512i y) {
  return _mm512_mul_epu32(x, y);
}

INLINE __m512i highProduct(__m512i x, __m512i y) {
  return _mm512_mul_epu32(_mm512_srli_epi64(x, 32), _mm512_srli_epi64(y, 32));
}

/** The states of 8 chains behind a stripe. */
INLINE Words step(Words state, Words stripe, Words secrets) {
  Words keyed;
#pragma GCC unroll 8
  for (int i = 0; i < 4; i++) {
    keyed.word[i] = _mm512_xor_si512(_mm512_xor_si512(stripe.word[i], secrets.word[i]), state.word[i]);
  }
  const __m512i products[4] = {
      lowProduct(keyed.word[0], keyed.word[2]),
      highProduct(keyed.word[0], keyed.word[2]),
      lowProduct(keyed.word[1], keyed.word[3]),
      highProduct(keyed.word[1], keyed.word[3]),
  };
  Words next;
#pragma GCC unroll 8
  for (int i = 0; i < 4; i++) {
    next.word[i] = _mm512_add_epi64(state.word[i], _mm512_add_epi64(products[i], stripe.word[i ^ 2]));
  }
  return next;
}

/** The hashes of 8 chains from their states, and the lengths of their rows. */
INLINE __m512i finish(Words state, __m512i lengths) {
  const uint64_t weights[4] = {WEIGHT_0, WEIGHT_1, WEIGHT_2, WEIGHT_3};
  __m512i sum = _mm512_mullo_epi64(lengths, splat64(WEIGHT_OF_LENGTH));
#pragma GCC unroll 8
  for (int i = 0; i < 4; i++) {
    const __m512i folded = _mm512_xor_si512(state.word[i], _mm512_srli_epi64(state.word[i], 32));
    sum = _mm512_add_epi64(sum, _mm512_mullo_epi64(folded, splat64(weights[i])));
  }
  return mixWords(sum);
}

/** The first stripe of a row of `length` bytes, with zeros behind the row. */
INLINE __m256i firstStripe(const uint8_t *row, uint32_t length) {
  return _mm256_maskz_loadu_epi8((uint32_t)lowBits(length < STRIPE ? length : STRIPE), row);
}

INLINE __m512i sideBySide(__m256i low, __m256i high) {
  return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}

/** The hashes of 8 rows, right for those of at most one stripe. */
INLINE __m512i hashShort(const uint8_t *keys, const uint32_t *starts, const uint32_t *lengths, Words secrets) {
  __m256i stripes[8];
#pragma GCC unroll 8
  for (int i = 0; i < 8; i++) stripes[i] = firstStripe(keys + starts[i], lengths[i]);
  const Words all = turn(
      sideBySide(stripes[0], stripes[2]), sideBySide(stripes[1], stripes[3]), sideBySide(stripes[4], stripes[6]),
      sideBySide(stripes[5], stripes[7]));
  const __m512i zero = _mm512_setzero_si512();
  const Words none = {{zero, zero, zero, zero}};
  return finish(step(none, all, secrets), _mm512_cvtepu32_epi64(_mm256_loadu_si256((const void *)lengths)));
}

/** Pair number `pair` of a row of `length` bytes, with zeros behind the row. */
INLINE __m512i pairOf(const uint8_t *row, uint32_t length, uint32_t pair) {
  const uint32_t from = pair * PAIR;
  if (length < from) return _mm512_setzero_si512();
  const uint32_t left = length - from;
  return _mm512_maskz_loadu_epi8(lowBits(left < PAIR ? left : PAIR), row + from);
}

INLINE uint32_t pairsOf(uint32_t length) {
  return (length - 1) / PAIR + 1;
}

/** The states of 4 rows behind all pairs but the first, in which each of them has `least` and one `most`. */
INLINE Words stepOn(
    Words state, const uint8_t *keys, const uint32_t *starts, const uint32_t *lengths, uint32_t least, uint32_t most, Words secrets) {
  const uint8_t *a = keys + starts[0];
  const uint8_t *b = keys + starts[1];
  const uint8_t *c = keys + starts[2];
  const uint8_t *d = keys + starts[3];
  uint32_t pair = 1;
  for (; pair + 1 < least; pair++) {
    const size_t from = (size_t)pair * PAIR;
    const Words stripes = turn(
        _mm512_loadu_si512(a + from), _mm512_loadu_si512(b + from), _mm512_loadu_si512(c + from), _mm512_loadu_si512(d + from));
    state = step(state, stripes, secrets);
  }
  for (; pair < most; pair++) {
    const Words stripes =
        turn(pairOf(a, lengths[0], pair), pairOf(b, lengths[1], pair), pairOf(c, lengths[2], pair), pairOf(d, lengths[3], pair));
    __mmask8 active = 0;
#pragma GCC unroll 8
    for (uint32_t i = 0; i < 4; i++) active |= pair < pairsOf(lengths[i]) ? (__mmask8)(5u << ((i & 1) + (i & 2) * 2)) : 0;
    const Words next = step(state, stripes, secrets);
#pragma GCC unroll 8
    for (int i = 0; i < 4; i++) state.word[i] = _mm512_mask_mov_epi64(state.word[i], active, next.word[i]);
  }
  return state;
}

/**
 * The states of 4 rows of more than one stripe: their first chains in lanes 0, 1, 4 and 5, and the second ones in the
 * others.
 */
INLINE Words chainsOf(
    const uint8_t *keys, const uint32_t *starts, const uint32_t *lengths, uint32_t least, uint32_t most, Words secrets) {
  __m512i first[4];
#pragma GCC unroll 8
  for (int i = 0; i < 4; i++) first[i] = pairOf(keys + starts[i], lengths[i], 0);
  const Words state = step(startOfPairs(), turn(first[0], first[1], first[2], first[3]), secrets);
  return most == 1 ? state : stepOn(state, keys, starts, lengths, least, most, secrets);
}

/** The hashes of 8 rows of more than one stripe. */
INLINE __m512i hashLong(const uint8_t *keys, const uint32_t *starts, const uint32_t *lengths, Words secrets) {
  uint32_t least = UINT32_MAX;
  uint32_t most = 0;
#pragma GCC unroll 8
  for (int i = 0; i < 8; i++) {
    const uint32_t pairs = pairsOf(lengths[i]);
    least = pairs < least ? pairs : least;
    most = pairs > most ? pairs : most;
  }
  const Words a = chainsOf(keys, starts, lengths, least, most, secrets);
  const Words b = chainsOf(keys, starts + 4, lengths + 4, least, most, secrets);
  // The first chains take the second ones as their last stripes.
  Words first, second;
#pragma GCC unroll 8
  for (int i = 0; i < 4; i++) {
    first.word[i] = _mm512_shuffle_i64x2(a.word[i], b.word[i], 0x88);
    second.word[i] = _mm512_shuffle_i64x2(a.word[i], b.word[i], 0xdd);
  }
  return finish(step(first, second, secrets), _mm512_cvtepu32_epi64(_mm256_loadu_si256((const void *)lengths)));
}

#endif
