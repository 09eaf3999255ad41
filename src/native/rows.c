// Columns of byte keys to columns of hashes: hashRows of assembly/hash/bytes.ts.
//
// All rows are hashed as if they were short, sixteen at a time and without a branch on their lengths; the long ones among them are listed, hashed four
// at a time, and overwrite what was wrong.

#include "rows.h"

/** Long rows that wait. */
#define LISTED 128u

/** A call. */
typedef struct {
  const uint8_t *keys;
  uint8_t *out;
  uint32_t listed;
  uint32_t rows[LISTED];
  uint32_t starts[LISTED];
  uint32_t lengths[LISTED];
} Call;

INLINE void storeHash(uint8_t *out, uint32_t row, uint64_t hash, uint32_t width) {
  if (width == 4) store32(out + (size_t)row * 4, (uint32_t)hash);
  else store64(out + (size_t)row * 8, hash);
}

/** Hashes the rows of the list, four at a time: the last one stands in for those that are missing. */
INLINE void hashListed(Call *call, Words secrets, uint32_t width) {
  for (uint32_t first = 0; first < call->listed; first += 4) {
    uint32_t rows[4], starts[4], lengths[4];
#pragma GCC unroll 8
    for (uint32_t i = 0; i < 4; i++) {
      const uint32_t at = first + i < call->listed ? first + i : call->listed - 1;
      rows[i] = call->rows[at];
      starts[i] = call->starts[at];
      lengths[i] = call->lengths[at];
    }
    _Alignas(64) uint64_t hashes[8];
    _mm512_store_si512(hashes, hashLong(call->keys, starts, lengths, secrets));
#pragma GCC unroll 8
    for (uint32_t i = 0; i < 4; i++) storeHash(call->out, rows[i], hashes[(i & 1) + (i & 2) * 2], width);
  }
  call->listed = 0;
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
 * Asks for as many bytes as the next rows have, from AHEAD behind them on: the processor does not guess from loads under masks what comes next. (Asking for what is not
 * there does no harm.)
 */
INLINE void askBehind(const uint8_t *rows, uint32_t length) {
  const uintptr_t from = (uintptr_t)rows + AHEAD;
  for (uint32_t line = 0; line < MOST_LINES && line * 64 < length; line++) _mm_prefetch((const char *)(from + line * 64), _MM_HINT_T0);
}

/** Hashes `rows` rows of `keys`, of which there are `end` bytes, to `out`. */
INLINE uint32_t hashBytes(const uint8_t *keys, uint32_t end, const uint8_t *offsets, uint32_t rows, uint32_t seed, uint8_t *out, uint32_t width) {
  Call call;
  call.keys = keys;
  call.out = out;
  call.listed = 0;
  const Words secrets = secretsOf(seed);
  const __m512i most = _mm512_set1_epi32((int)end);
  const __m512i numbers = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  for (uint32_t row = 0; row < rows; row += LANES) {
    const uint32_t count = rows - row < LANES ? rows - row : LANES;
    const uint8_t *from = offsets + (size_t)row * 4;
    const __m512i starts = _mm512_maskz_loadu_epi32(first16(count), from);
    const __m512i ends = _mm512_maskz_loadu_epi32(first16(count), from + 4);
    if (_mm512_cmpgt_epu32_mask(starts, ends) | _mm512_cmpgt_epu32_mask(ends, most)) return TOPHASH_REFUSED;
    const __m512i lengths = _mm512_sub_epi32(ends, starts);
    _Alignas(64) uint32_t start[LANES], length[LANES];
    _mm512_store_si512(start, starts);
    _mm512_store_si512(length, lengths);
    askBehind(call.keys + start[0], start[count - 1] - start[0]);
    const __m512i first = hashShort(call.keys, start, length, secrets);
    const __m512i second = hashShort(call.keys, start + 8, length + 8, secrets);
    uint8_t *to = call.out + (size_t)row * width;
    storeHashes(to, first, count, width);
    storeHashes(to + (size_t)8 * width, second, count > 8 ? count - 8 : 0, width);
    const __mmask16 isLong = _mm512_cmpgt_epu32_mask(lengths, _mm512_set1_epi32(STRIPE));
    if (!isLong) continue;
    if (call.listed > LISTED - LANES) hashListed(&call, secrets, width);
    const __m512i all = _mm512_add_epi32(numbers, _mm512_set1_epi32((int)row));
    // To a register first: packing straight to memory is many times slower on some processors.
    _mm512_storeu_si512(call.rows + call.listed, _mm512_maskz_compress_epi32(isLong, all));
    _mm512_storeu_si512(call.starts + call.listed, _mm512_maskz_compress_epi32(isLong, starts));
    _mm512_storeu_si512(call.lengths + call.listed, _mm512_maskz_compress_epi32(isLong, lengths));
    call.listed += (uint32_t)__builtin_popcount(isLong);
  }
  hashListed(&call, secrets, width);
  return 0;
}

/** Bytes as a number that offsets can be. */
INLINE uint32_t reach(size_t bytes) {
  return bytes < UINT32_MAX ? (uint32_t)bytes : UINT32_MAX;
}

INLINE uint32_t hashRowsTo(
    uint8_t *memory, size_t bytes, uint32_t keys, uint32_t offsets, uint32_t rows, uint32_t seed, uint32_t out, uint32_t width) {
  if (!holds(bytes, keys, 0, 1) || !holds(bytes, offsets, (uint64_t)rows + 1, 4) || !holds(bytes, out, rows, width)) {
    return TOPHASH_REFUSED;
  }
  return hashBytes(memory + keys, reach(bytes - keys), memory + offsets, rows, seed, memory + out, width);
}

uint32_t tophash_hashRows(
    uint8_t *memory, size_t bytes, uint32_t keys, uint32_t offsets, uint32_t rows, uint32_t seed, uint32_t out) {
  return hashRowsTo(memory, bytes, keys, offsets, rows, seed, out, 8);
}

uint32_t tophash_hashRowsLow(
    uint8_t *memory, size_t bytes, uint32_t keys, uint32_t offsets, uint32_t rows, uint32_t seed, uint32_t out) {
  return hashRowsTo(memory, bytes, keys, offsets, rows, seed, out, 4);
}

uint32_t tophash_hashStrings(Column bytes, Column offsets, Column out, uint32_t rows, uint32_t seed, uint32_t width) {
  if (!has(offsets, 0, (uint64_t)rows + 1, 4) || (width != 4 && width != 8) || !has(out, 0, rows, width)) return TOPHASH_REFUSED;
  const uint32_t end = reach(bytes.bytes);
  return width == 4 ? hashBytes(bytes.data, end, offsets.data, rows, seed, out.data, 4)
                    : hashBytes(bytes.data, end, offsets.data, rows, seed, out.data, 8);
}
