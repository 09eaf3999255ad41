// What look-ups and writes of columns of byte keys have in common: rows in flight.
//
// Rows go through in steps. A step is hashed, and its home buckets are asked for; the step before it looks into the
// buckets that have arrived, and asks for the records they refer to, or for the buckets behind; the one before that
// looks behind; and the last one compares keys. So no step waits for what it has just asked for.

#ifndef TOPHASH_BYTE_ROWS_H
#define TOPHASH_BYTE_ROWS_H

#include "byte-table.h"
#include "row-hashes.h"

/** Rows of a step. */
#define STEP 32u
/** Steps between the hash of a row and the comparison of its key. */
#define STAGES 3u
/** Rows that are kept. */
#define RING (STEP * (STAGES + 1))

/** A column of byte keys. */
typedef struct {
  const uint8_t *bytes;
  /** Where offsets count from, modulo 2^32, and where the bytes end. */
  uint32_t origin;
  uint32_t end;
  const uint8_t *offsets;
} ByteColumn;

/** Rows in flight: row i stands at i % RING. */
typedef struct {
  const ByteTable *table;
  ByteColumn column;
  Hashing hashing;
  _Alignas(64) uint32_t starts[RING];
  _Alignas(64) uint32_t lengths[RING];
  _Alignas(64) uint32_t hashes[RING];
  _Alignas(64) uint32_t homes[RING];
  /** The records that rows may have; 0 for none. */
  _Alignas(64) uint32_t records[RING];
  /**
   * Rows of a step that the bucket behind their home may have, places in the ring, and those buckets: of two steps, by
   * turns.
   */
  struct {
    uint32_t count;
    uint32_t places[STEP + LANES];
    uint32_t buckets[STEP + LANES];
  } behind[2];
} Flight;

INLINE void openFlight(Flight *flight, const ByteTable *table, ByteColumn column) {
  flight->table = table;
  flight->column = column;
  openHashing(&flight->hashing, column.bytes, table->form.seed, (uint8_t *)flight->hashes);
}

INLINE const uint8_t *keyOfRow(const Flight *flight, uint32_t place) {
  return flight->column.bytes + flight->starts[place];
}

/**
 * Hashes rows `row` to `row + count - 1`, a step, and asks for their homes; 0 where an offset or a page lies outside.
 */
OUTLINE int hashStep(Flight *flight, uint32_t row, uint32_t count) {
  const uint32_t place = row % RING;
  for (uint32_t i = 0; i < count; i += LANES) {
    const uint32_t some = count - i < LANES ? count - i : LANES;
    const ByteColumn *column = &flight->column;
    Extents rows;
    prefetchRows(column->offsets, row + i, 4);
    if (!readExtents(column->offsets + (size_t)(row + i) * 4, some, column->origin, column->end, &rows)) return 0;
    _mm512_storeu_si512(flight->starts + place + i, rows.starts);
    _mm512_storeu_si512(flight->lengths + place + i, rows.lengths);
    hashExtents(&flight->hashing, place + i, some, rows, 4);
  }
  endHashing(&flight->hashing, 4);
  for (uint32_t i = 0; i < count; i += LANES) {
    uint32_t *hashes = flight->hashes + place + i;
    uint32_t *homes = flight->homes + place + i;
    // Behind `count` stand hashes of other rows: some hashes.
    const __m512i low = _mm512_loadu_si512(hashes);
    const __m512i one = _mm512_maskz_set1_epi32(_mm512_testn_epi32_mask(low, low), 1);
    const __m512i all = _mm512_add_epi32(low, one); // 0 is no hash of a slot
    _mm512_storeu_si512(hashes, all);
    if (!findHomes(flight->table, all, homes)) return 0;
    prefetchHomes(flight->table->memory, homes, 1, bucketBytes(4, 4), 4, 4);
  }
  return 1;
}

/** Asks for the record of a row: where it begins, and where its key should end. */
INLINE void askRecord(const Flight *flight, uint32_t place, uint32_t record) {
  const ByteTable *table = flight->table;
  prefetch(table->memory + record, 1);
  prefetch(table->memory + (size_t)record + RECORD_VALUE + table->valueBytes + flight->lengths[place], 1);
}

/** Lists those of 16 rows of a step that the bucket behind their home may have. */
INLINE void listBehind(Flight *flight, uint32_t row, uint32_t place, __mmask16 some) {
  const Form *form = &flight->table->form;
  const __m512i numbers = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512i home = _mm512_loadu_si512(flight->homes + place);
  const __m512i last = _mm512_set1_epi32((int)form->bucketMask);
  const __mmask16 isLast = _mm512_cmpeq_epi32_mask(bucketsOf(form, _mm512_loadu_si512(flight->hashes + place)), last);
  const __m512i next = _mm512_add_epi32(home, _mm512_set1_epi32(BYTE_BUCKET));
  const __m512i around = _mm512_sub_epi32(home, scale(last, BYTE_BUCKET));
  const __m512i behind = _mm512_mask_mov_epi32(next, isLast, around);
  uint32_t *count = &flight->behind[row / STEP % 2].count;
  uint32_t *places = flight->behind[row / STEP % 2].places + *count;
  uint32_t *buckets = flight->behind[row / STEP % 2].buckets + *count;
  // To a register first: packing straight to memory is many times slower on some processors.
  _mm512_storeu_si512(places, _mm512_maskz_compress_epi32(some, _mm512_add_epi32(numbers, _mm512_set1_epi32((int)place))));
  _mm512_storeu_si512(buckets, _mm512_maskz_compress_epi32(some, behind));
  const uint32_t added = (uint32_t)__builtin_popcount(some);
  for (uint32_t i = 0; i < added; i++) prefetch(flight->table->memory + buckets[i], 1);
  *count += added;
}

/** Looks into the homes of a step, and asks for what they lead to. */
OUTLINE void findStep(Flight *flight, uint32_t row, uint32_t count) {
  const ByteTable *table = flight->table;
  flight->behind[row / STEP % 2].count = 0;
  for (uint32_t first = 0; first < count; first += LANES) {
    const uint32_t place = row % RING + first;
    const uint32_t some = count - first < LANES ? count - first : LANES;
    uint32_t behind = 0;
    for (uint32_t i = 0; i < some; i++) {
      const uint32_t home = flight->homes[place + i];
      const uint8_t *bucket = table->memory + home;
      const uint32_t match = matchKeys(bucket, flight->hashes[place + i], 4);
      // Some reference either way, so that there is no branch.
      const uint32_t reference = recordOfSlot(table, (Slot){home, firstSlot(match)});
      const uint32_t record = match ? reference : 0;
      flight->records[place + i] = record;
      askRecord(flight, place + i, record);
      behind |= (uint32_t)((match == 0) & isFull(bucket, 4)) << i;
    }
    if (behind) listBehind(flight, row, place, (__mmask16)behind);
  }
}

/** Looks behind the homes of a step, where they are full, and asks for what is there. */
OUTLINE void findBehindStep(Flight *flight, uint32_t row) {
  const ByteTable *table = flight->table;
  const uint32_t count = flight->behind[row / STEP % 2].count;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t place = flight->behind[row / STEP % 2].places[i];
    const uint32_t second = flight->behind[row / STEP % 2].buckets[i];
    const uint32_t hash = flight->hashes[place];
    const uint8_t *bucket = table->memory + second;
    const uint32_t match = matchKeys(bucket, hash, 4);
    Slot slot = {second, firstSlot(match)};
    // Most are here, or nowhere.
    if ((match == 0) & isPassed(&table->form, bucket, hash, 4)) slot = findBehind(&table->form, table->memory, hash, flight->homes[place], 4, 4);
    else if (!match) continue;
    if (!isSlot(slot)) continue;
    flight->records[place] = recordOfSlot(table, slot);
    askRecord(flight, place, flight->records[place]);
  }
}

/** Rows of the step at `row` of `rows` rows. */
INLINE uint32_t countOfStep(uint32_t row, uint32_t rows) {
  return rows - row < STEP ? rows - row : STEP;
}

#endif
