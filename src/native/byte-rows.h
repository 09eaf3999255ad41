// What look-ups and writes of columns of byte keys have in common: rows in flight.
//
// Rows go through in steps. A step is hashed, and its home buckets are asked for; the step before it looks into the buckets that have arrived, and
// asks for the records they refer to, or for the buckets behind; the one before that looks behind; and the last one compares keys. So no
// step waits for what it has just asked for.

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
  /** A bit for each row of a step that the bucket behind its home may have. */
  uint32_t behind[STAGES + 1];
} Flight;

INLINE void openFlight(Flight *flight, const ByteTable *table, ByteColumn column) {
  flight->table = table;
  flight->column = column;
  flight->hashing.keys = column.bytes;
  flight->hashing.out = (uint8_t *)flight->hashes;
  flight->hashing.secrets = secretsOf(table->form.seed);
  flight->hashing.listed = 0;
}

INLINE const uint8_t *keyOfRow(const Flight *flight, uint32_t place) {
  return flight->column.bytes + flight->starts[place];
}

INLINE void ask(const uint8_t *at) {
  _mm_prefetch((const char *)at, _MM_HINT_T0);
}

/** Hashes rows `row` to `row + count - 1`, a step, and asks for their homes; 0 where an offset or a page lies outside. */
INLINE int hashStep(Flight *flight, uint32_t row, uint32_t count) {
  const uint32_t place = row % RING;
  for (uint32_t i = 0; i < count; i += LANES) {
    const uint32_t some = count - i < LANES ? count - i : LANES;
    const ByteColumn *column = &flight->column;
    Extents rows;
    if (!readExtents(column->offsets + (size_t)(row + i) * 4, some, column->origin, column->end, &rows)) return 0;
    _mm512_storeu_si512(flight->starts + place + i, rows.starts);
    _mm512_storeu_si512(flight->lengths + place + i, rows.lengths);
    hashExtents(&flight->hashing, place + i, some, rows, 4);
  }
  hashListed(&flight->hashing, 4);
  for (uint32_t i = 0; i < count; i += LANES) {
    uint32_t *hashes = flight->hashes + place + i;
    uint32_t *homes = flight->homes + place + i;
    // Behind `count` stand hashes of other rows: some hashes.
    const __m512i low = _mm512_loadu_si512(hashes);
    const __m512i one = _mm512_maskz_set1_epi32(_mm512_testn_epi32_mask(low, low), 1);
    const __m512i all = _mm512_add_epi32(low, one); // 0 is no hash of a slot
    _mm512_storeu_si512(hashes, all);
    if (!findHomes(flight->table, all, homes)) return 0;
    prefetchHomes(flight->table->memory, homes, 4, 4);
  }
  return 1;
}

/** Asks for the record of a row: where it begins, and where its key should end. */
INLINE void askRecord(const Flight *flight, uint32_t place, uint32_t record) {
  const ByteTable *table = flight->table;
  ask(table->memory + record);
  ask(table->memory + (size_t)record + RECORD_VALUE + table->valueBytes + flight->lengths[place]);
}

/** Looks into the homes of a step, and asks for what they lead to. */
INLINE void findStep(Flight *flight, uint32_t row, uint32_t count) {
  const ByteTable *table = flight->table;
  const uint32_t place = row % RING;
  uint32_t behind = 0;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t home = flight->homes[place + i];
    const uint8_t *bucket = table->memory + home;
    const uint32_t hash = flight->hashes[place + i];
    const uint32_t match = matchKeys(bucket, hash, 4);
    // Some reference either way, so that there is no branch.
    const uint32_t record = recordOfSlot(table, (Slot){home, firstSlot(match)});
    flight->records[place + i] = match ? record : 0;
    askRecord(flight, place + i, record);
    behind |= (uint32_t)((match == 0) & isFull(bucket, 4)) << i;
  }
  flight->behind[place / STEP] = behind;
  for (uint32_t left = behind; left; left &= left - 1) {
    const uint32_t i = place + (uint32_t)__builtin_ctz(left);
    const uint32_t page = pageOfHome(&table->form, flight->hashes[i], flight->homes[i], 4, 4);
    ask(table->memory + nextBucket(&table->form, page, flight->homes[i], 4, 4));
  }
}

/** Looks behind the homes of a step, where they are full, and asks for what is there. */
INLINE void findBehindStep(Flight *flight, uint32_t row) {
  const ByteTable *table = flight->table;
  const uint32_t place = row % RING;
  for (uint32_t left = flight->behind[place / STEP]; left; left &= left - 1) {
    const uint32_t i = place + (uint32_t)__builtin_ctz(left);
    const Slot slot = findBehind(&table->form, table->memory, flight->hashes[i], flight->homes[i], 4, 4);
    if (!isSlot(slot)) continue;
    flight->records[i] = recordOfSlot(table, slot);
    askRecord(flight, i, flight->records[i]);
  }
}

/** Rows of the step at `row` of `rows` rows. */
INLINE uint32_t countOfStep(uint32_t row, uint32_t rows) {
  return rows - row < STEP ? rows - row : STEP;
}

#endif
