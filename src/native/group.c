// Rows in the order of the top bits of their hashes, stable: assembly/hash/partition.ts.
//
// A counting sort, row by row: with VPCONFLICTD, and the counters gathered and scattered, 16 rows took longer
// (bench/DEAD-ENDS.md).

#include "memory.h"

/** Most bits of a group's number. */
#define MOST_BITS 30u

/**
 * Writes the numbers of the rows to `order`, group by group, and where each group begins to `offsets`, with the number
 * of rows behind them. Where another thread writes to the hashes meanwhile, the order is any, or it refuses.
 */
uint32_t tophash_groupColumn(Column hashes, Column offsets, Column order, uint32_t rows, uint32_t bits) {
  if (bits > MOST_BITS || !has(hashes, 0, rows, 4) || !has(order, 0, rows, 4)) return TOPHASH_REFUSED;
  const uint32_t groups = 1u << bits;
  if (!has(offsets, 0, (uint64_t)groups + 1, 4)) return TOPHASH_REFUSED;
  const uint32_t shift = 31 - bits;
  // The start of a group stands one behind its place, and becomes its end as its rows are placed: that is the start of
  // the next one.
  uint8_t *starts = offsets.data + 4;
  for (uint32_t group = 0; group < groups; group++) store32(starts + (size_t)group * 4, 0);
  for (uint32_t row = 0; row < rows; row++) {
    uint8_t *counter = starts + (size_t)(load32(hashes.data + (size_t)row * 4) >> 1 >> shift) * 4;
    store32(counter, load32(counter) + 1);
  }
  store32(offsets.data, 0);
  uint32_t sum = 0;
  for (uint32_t group = 0; group < groups; group++) {
    const uint32_t count = load32(starts + (size_t)group * 4);
    store32(starts + (size_t)group * 4, sum);
    sum += count;
  }
  for (uint32_t row = 0; row < rows; row++) {
    uint8_t *counter = starts + (size_t)(load32(hashes.data + (size_t)row * 4) >> 1 >> shift) * 4;
    const uint32_t place = load32(counter);
    if (place >= rows) return TOPHASH_REFUSED;
    store32(counter, place + 1);
    store32(order.data + (size_t)place * 4, row);
  }
  return 0;
}
