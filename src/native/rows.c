// Columns of byte keys to columns of hashes.

#include "row-hashes.h"

/** Hashes `rows` rows of the `end` bytes at `keys` to `out`; their offsets count from `origin` there. */
INLINE uint32_t hashBytes(
    const uint8_t *keys, uint32_t origin, uint32_t end, const uint8_t *offsets, uint32_t rows, uint32_t seed, uint8_t *out,
    uint32_t width) {
  Hashing call;
  openHashing(&call, keys, seed, out);
  for (uint32_t row = 0; row < rows; row += LANES) {
    const uint32_t count = rows - row < LANES ? rows - row : LANES;
    Extents some;
    if (!readExtents(offsets + (size_t)row * 4, count, origin, end, &some)) return TOPHASH_REFUSED;
    hashExtents(&call, row, count, some, width);
  }
  endHashing(&call, width);
  return 0;
}

INLINE uint32_t hashRowsTo(
    uint8_t *memory, size_t bytes, uint32_t keys, uint32_t offsets, uint32_t rows, uint32_t seed, uint32_t out, uint32_t width) {
  if (!holds(bytes, offsets, (uint64_t)rows + 1, 4) || !holds(bytes, out, rows, width)) return TOPHASH_REFUSED;
  return hashBytes(memory, keys, reach(bytes), memory + offsets, rows, seed, memory + out, width);
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
  return width == 4 ? hashBytes(bytes.data, 0, end, offsets.data, rows, seed, out.data, 4)
                    : hashBytes(bytes.data, 0, end, offsets.data, rows, seed, out.data, 8);
}
