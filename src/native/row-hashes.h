// Hashes of many rows of bytes: hashRows of assembly/hash/bytes.ts.
//
// Eight short rows or eight long ones at a time, without a branch on their lengths: of rows that are short and long by
// turns, each sort waits until there are eight.

#ifndef TOPHASH_ROW_HASHES_H
#define TOPHASH_ROW_HASHES_H

#include "rows.h"

/** Rows that are hashed at once. */
#define GROUP 8u

/** Rows that wait for others of their sort. */
typedef struct {
  uint32_t count;
  uint32_t rows[GROUP + LANES];
  uint32_t starts[GROUP + LANES];
  uint32_t lengths[GROUP + LANES];
} Waiting;

/**
 * Rows that are hashed: where their bytes are, where their hashes go, and which wait, short ones of at most one stripe
 * and long ones.
 */
typedef struct {
  const uint8_t *keys;
  uint8_t *out;
  Words secrets;
  Waiting shorts;
  Waiting longs;
} Hashing;

INLINE void openHashing(Hashing *call, const uint8_t *keys, uint32_t seed, uint8_t *out) {
  call->keys = keys;
  call->out = out;
  call->secrets = secretsOf(seed);
  call->shorts.count = 0;
  call->longs.count = 0;
}

/** Hashes the last rows that wait, 8 at most, and writes their hashes. */
OUTLINE void hashWaiting(Hashing *call, Waiting *rows, int areLong, uint32_t width) {
  const uint32_t count = rows->count < GROUP ? rows->count : GROUP;
  // The last row stands in for those that are missing.
  for (uint32_t i = rows->count; i < GROUP; i++) {
    rows->rows[i] = rows->rows[i - 1];
    rows->starts[i] = rows->starts[i - 1];
    rows->lengths[i] = rows->lengths[i - 1];
  }
  rows->count -= count;
  const uint32_t *starts = rows->starts + rows->count;
  const uint32_t *lengths = rows->lengths + rows->count;
  _Alignas(64) uint64_t hashes[GROUP];
  _mm512_store_si512(
      hashes, areLong ? hashLong(call->keys, starts, lengths, call->secrets) : hashShort(call->keys, starts, lengths, call->secrets));
  const uint32_t *places = rows->rows + rows->count;
  for (uint32_t i = 0; i < GROUP; i++) {
    if (width == 4) store32(call->out + (size_t)places[i] * 4, (uint32_t)hashes[i]);
    else store64(call->out + (size_t)places[i] * 8, hashes[i]);
  }
}

/** Hashes the rows that wait. */
INLINE void endHashing(Hashing *call, uint32_t width) {
  if (call->shorts.count) hashWaiting(call, &call->shorts, 0, width);
  if (call->longs.count) hashWaiting(call, &call->longs, 1, width);
}

/** Writes the hashes of `count` rows, 8 at most. */
INLINE void storeHashes(uint8_t *to, __m512i hashes, uint32_t count, uint32_t width) {
  if (width == 4) _mm256_mask_storeu_epi32(to, first8(count), _mm512_cvtepi64_epi32(hashes));
  else _mm512_mask_storeu_epi64(to, first8(count), hashes);
}

/** Bytes from rows that are read to those that are asked for meanwhile. */
#define AHEAD 2048u
/** Lines that 16 rows ask for at most: all that short ones need. */
#define MOST_LINES 16u

/**
 * Asks for as many bytes as the next rows have, from AHEAD behind them on: the processor does not guess from loads
 * under masks what comes next. (Asking for what is not there does no harm.)
 */
INLINE void askBehind(const uint8_t *rows, uint32_t length) {
  const uintptr_t from = (uintptr_t)rows + AHEAD;
  for (uint32_t line = 0; line < MOST_LINES && line * 64 < length; line++) prefetch((const uint8_t *)(from + line * 64), 0);
}

/** Where 16 rows begin in the bytes of their column, and how long they are. */
typedef struct {
  __m512i starts;
  __m512i lengths;
} Extents;

/**
 * Reads the offsets of `count` rows, 16 at most, which count from `origin` in their bytes, modulo 2^32 as in wasm;
 * there are `end` bytes. Rows behind `count` are empty. 0 where a row ends before it begins, or outside.
 */
INLINE int readExtents(const uint8_t *offsets, uint32_t count, uint32_t origin, uint32_t end, Extents *rows) {
  const __mmask16 lanes = first16(count);
  const __m512i from = _mm512_set1_epi32((int)origin);
  const __m512i starts = _mm512_add_epi32(_mm512_maskz_loadu_epi32(lanes, offsets), from);
  const __m512i ends = _mm512_add_epi32(_mm512_maskz_loadu_epi32(lanes, offsets + 4), from);
  rows->starts = starts;
  rows->lengths = _mm512_sub_epi32(ends, starts);
  const __mmask16 wrong = _mm512_cmpgt_epu32_mask(starts, ends) | _mm512_cmpgt_epu32_mask(ends, _mm512_set1_epi32((int)end));
  return !(wrong & lanes);
}

/** Has some of 16 rows wait, the first of which is `row`; hashes those that have waited long enough. */
INLINE void wait(Hashing *call, Waiting *list, uint32_t row, __mmask16 some, Extents rows, int areLong, uint32_t width) {
  const __m512i numbers = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512i all = _mm512_add_epi32(numbers, _mm512_set1_epi32((int)row));
  // To a register first: packing straight to memory is many times slower on some processors.
  _mm512_storeu_si512(list->rows + list->count, _mm512_maskz_compress_epi32(some, all));
  _mm512_storeu_si512(list->starts + list->count, _mm512_maskz_compress_epi32(some, rows.starts));
  _mm512_storeu_si512(list->lengths + list->count, _mm512_maskz_compress_epi32(some, rows.lengths));
  list->count += (uint32_t)__builtin_popcount(some);
  while (list->count >= GROUP) hashWaiting(call, list, areLong, width);
}

/** Hashes `count` rows, 16 at most, to places `row` and so on of the output: some wait for {@link endHashing}. */
INLINE void hashExtents(Hashing *call, uint32_t row, uint32_t count, Extents rows, uint32_t width) {
  _Alignas(64) uint32_t start[LANES], length[LANES];
  _mm512_store_si512(start, rows.starts);
  _mm512_store_si512(length, rows.lengths);
  askBehind(call->keys + start[0], start[count - 1] - start[0]);
  const __mmask16 isLong = _mm512_cmpgt_epu32_mask(rows.lengths, _mm512_set1_epi32(STRIPE));
  if (isLong) {
    wait(call, &call->shorts, row, (__mmask16)(first16(count) & ~isLong), rows, 0, width);
    wait(call, &call->longs, row, isLong, rows, 1, width);
    return;
  }
  const __m512i first = hashShort(call->keys, start, length, call->secrets);
  const __m512i second = hashShort(call->keys, start + 8, length + 8, call->secrets);
  uint8_t *to = call->out + (size_t)row * width;
  storeHashes(to, first, count, width);
  storeHashes(to + (size_t)8 * width, second, count > 8 ? count - 8 : 0, width);
}

/** Bytes as a number that the end of a row can be. */
INLINE uint32_t reach(size_t bytes) {
  return bytes < UINT32_MAX ? (uint32_t)bytes : UINT32_MAX;
}

#endif
