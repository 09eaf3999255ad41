// Look-ups of columns of byte keys: getRows of assembly/bytes/rows.ts.

#include "byte-rows.h"

/** Most rows of a call: their number must fit the answer. */
#define MOST_ROWS (1u << TOPHASH_ROWS_BITS)

/** A call. */
typedef struct {
  ByteTable table;
  uint64_t missing;
  uint8_t *values;
  uint8_t *found;
  uint32_t hits;
  /** TOPHASH_OPEN or 0. */
  uint32_t open;
} Call;

/** Copies a value of the table's width. */
INLINE void writeValue(const uint8_t *from, uint8_t *to, uint32_t valueBytes) {
  if (valueBytes == 4) store32(to, load32(from));
  else if (valueBytes == 8) store64(to, load64(from));
}

/** Answers the rows of a step, whose records are known. */
INLINE void answerStep(Call *call, const Flight *flight, uint32_t row, uint32_t count, int hasValues) {
  const ByteTable *table = &call->table;
  const uint32_t valueBytes = table->valueBytes;
  for (uint32_t i = 0; i < STEP && hasValues; i += LANES) prefetchRows(call->values, row + i, valueBytes);
  prefetchRows(call->found, row, 1);
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t place = (row + i) % RING;
    const uint32_t first = flight->records[place];
    uint32_t record = 0;
    if (first) record = findRecord(table, first, keyOfRow(flight, place), flight->lengths[place]);
    else if (table->spilled && mayBeSpilled(table->counters, flight->hashes[place])) record = UNCLEAR;
    const int isHit = record > UNCLEAR;
    if (hasValues) {
      const uint8_t *value = isHit ? table->memory + record + RECORD_VALUE : (const uint8_t *)&call->missing;
      writeValue(value, call->values + (size_t)(row + i) * valueBytes, valueBytes);
    }
    call->found[row + i] = record == UNCLEAR ? TOPHASH_UNKNOWN : (uint8_t)isHit;
    call->hits += (uint32_t)isHit;
    if (record == UNCLEAR) call->open = TOPHASH_OPEN;
  }
}

/** Looks up rows `first` to `end - 1` of a column; values and flags are those of row 0. */
OUTLINE uint32_t lookUp(Call *call, ByteColumn column, uint32_t first, uint32_t rows, int hasValues) {
  Flight flight;
  if (rows > MOST_ROWS) return TOPHASH_REFUSED;
  column.offsets += (size_t)first * 4;
  call->found += first;
  call->values += (size_t)first * call->table.valueBytes;
  call->hits = 0;
  call->open = 0;
  openFlight(&flight, &call->table, column);
  for (uint32_t row = 0; row < rows + STAGES * STEP; row += STEP) {
    if (row < rows && !hashStep(&flight, row, countOfStep(row, rows))) return TOPHASH_REFUSED;
    const uint32_t second = row - STEP;
    if (row >= STEP && second < rows) findStep(&flight, second, countOfStep(second, rows));
    const uint32_t third = row - 2 * STEP;
    if (row >= 2 * STEP && third < rows) findBehindStep(&flight, third);
    const uint32_t last = row - STAGES * STEP;
    if (row >= STAGES * STEP && last < rows) answerStep(call, &flight, last, countOfStep(last, rows), hasValues);
  }
  return call->hits | call->open;
}

/** Opens a call on a table. */
INLINE int openCall(Call *call, uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin) {
  if (!readByteTable(memory, bytes, table, origin, &call->table)) return 0;
  call->missing = load64(memory + origin + MISSING_AT);
  return 1;
}

INLINE uint32_t rowsInMemory(
    uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, uint32_t keys, uint32_t rows, uint32_t values, uint32_t found,
    int hasValues) {
  Call call;
  if (!openCall(&call, memory, bytes, table, origin)) return TOPHASH_REFUSED;
  const uint32_t width = hasValues ? call.table.valueBytes : 0;
  const uint64_t offsets = (uint64_t)origin + OFFSETS_AT;
  if (offsets + ((uint64_t)rows + 1) * 4 > bytes) return TOPHASH_REFUSED;
  if (!holds(bytes, values, rows, width) || !holds(bytes, found, rows, 1)) return TOPHASH_REFUSED;
  call.values = memory + values;
  call.found = memory + found;
  const ByteColumn column = {memory, keys, reach(bytes), memory + offsets};
  return hasValues ? lookUp(&call, column, 0, rows, 1) : lookUp(&call, column, 0, rows, 0);
}

uint32_t tophash_getByteRows(
    uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, uint32_t keys, uint32_t rows, uint32_t values, uint32_t found) {
  return rowsInMemory(memory, bytes, table, origin, keys, rows, values, found, 1);
}

uint32_t tophash_hasByteRows(
    uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, uint32_t keys, uint32_t rows, uint32_t found) {
  return rowsInMemory(memory, bytes, table, origin, keys, rows, 0, found, 0);
}

INLINE uint32_t rowsOfColumn(
    Column memory, Column bytes, Column offsets, Column values, Column found, uint32_t table, uint32_t origin, uint32_t first,
    uint32_t rows, int hasValues) {
  Call call;
  if (!openCall(&call, memory.data, memory.bytes, table, origin)) return TOPHASH_REFUSED;
  const uint32_t width = hasValues ? call.table.valueBytes : 0;
  if (!has(offsets, first, (uint64_t)rows + 1, 4) || !has(values, first, rows, width) || !has(found, first, rows, 1)) {
    return TOPHASH_REFUSED;
  }
  call.values = values.data;
  call.found = found.data;
  const ByteColumn column = {bytes.data, 0, reach(bytes.bytes), offsets.data};
  return hasValues ? lookUp(&call, column, first, rows, 1) : lookUp(&call, column, first, rows, 0);
}

uint32_t tophash_getByteColumn(
    Column memory, Column bytes, Column offsets, Column values, Column found, uint32_t table, uint32_t origin, uint32_t first,
    uint32_t rows) {
  return rowsOfColumn(memory, bytes, offsets, values, found, table, origin, first, rows, 1);
}

uint32_t tophash_hasByteColumn(
    Column memory, Column bytes, Column offsets, Column found, uint32_t table, uint32_t origin, uint32_t first, uint32_t rows) {
  return rowsOfColumn(memory, bytes, offsets, found, found, table, origin, first, rows, 0);
}
