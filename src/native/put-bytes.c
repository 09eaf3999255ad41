// Writes of columns of byte keys to a table and an arena that have room for them: putRows of assembly/bytes/rows.ts.
//
// A kernel never grows a table, never spills, opens no segment and compacts nothing: it writes rows in their order, up
// to the first that needs any of that, or whose hash another key has. The wasm writes that row, and the kernel goes on
// behind it. So the bytes of table and arena come out the same.

#include "byte-rows.h"
#include "combine.h"
#include "place.h"

#define MOST_ROWS ((1u << TOPHASH_ROWS_BITS) - 1)

/** A call. */
typedef struct {
  ByteTable table;
  const uint8_t *values;
  uint32_t how;
  uint32_t count;
  uint32_t growAt;
  uint64_t moved;
  uint32_t maxMoved;
  /** Where the next record goes, and the end of the room for it. */
  uint32_t at;
  uint32_t end;
  uint32_t live;
  uint32_t keyBytes;
  /** Bytes of the arena's segments but for one, without their tails; UINT64_MAX where compaction is under way. */
  uint64_t held;
  /** Where the mark of the segment stands that is being filled; NULL in a pool. */
  uint8_t *mark;
} Call;

/** Reads what a call needs of header and arena; 0 where that is not sound. */
INLINE int openCall(Call *call, uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, uint32_t how) {
  if (!readByteTable(memory, bytes, table, origin, &call->table)) return 0;
  const uint8_t *header = call->table.header;
  if (load32(header + KNOWS_EMPTY)) return 0; // each new key would have to be noted there
  call->how = how;
  call->count = load32(header + COUNT);
  call->growAt = load32(header + GROW_AT);
  call->moved = load64(header + MOVED);
  call->maxMoved = load32(header + MAX_MOVED);
  call->at = load32(header + ARENA_AT);
  call->end = load32(header + ARENA_END);
  call->live = load32(header + ARENA_LIVE);
  call->keyBytes = load32(header + ARENA_KEY_BYTES);
  call->held = 0;
  call->mark = NULL;
  if (call->at > call->end || call->end > bytes) return 0;
  if (!call->table.directory) return 1;
  const uint32_t segments = load32(header + ARENA_SEGMENTS);
  const uint64_t full = (uint64_t)(segments - (segments > 0)) << LOG_OF_SEGMENT;
  const uint32_t tails = load32(header + ARENA_TAILS);
  call->held = load32(header + ARENA_VICTIM) ? UINT64_MAX : full - (tails < full ? tails : full);
  if (!call->end) return 1; // no segment yet: no row has room
  const uint32_t segment = (call->end - 1 - origin) >> LOG_OF_SEGMENT;
  const uint64_t mark = load32(memory + origin + MARKS_AT) + (uint64_t)segment * 4;
  if (mark + 4 > bytes) return 0;
  call->mark = memory + mark;
  return 1;
}

/**
 * Has the arena so many holes that a record that is added closes some (assembly/bytes/compact.ts), or is it about it?
 */
INLINE int isDue(const Call *call) {
  return call->held > (uint64_t)call->live + call->live / LIVE_BYTES_A_HOLE;
}

/** Can `rows` new keys be written without growth coming due? */
INLINE int hasRoom(const Call *call, uint32_t rows) {
  return (uint64_t)call->count + rows <= call->growAt && (uint64_t)call->table.spilled + rows <= MOST_SPILLED;
}

/** Writes a value to a record; 0 where that is the wasm's: then nothing has changed. */
INLINE int writeValue(const Call *call, uint32_t row, uint32_t record, int isNew) {
  const uint32_t valueBytes = call->table.valueBytes;
  const uint8_t *value = call->values + (size_t)row * valueBytes;
  uint8_t *to = call->table.memory + record + RECORD_VALUE;
  if (isNew || call->how == REPLACE) {
    if (valueBytes == 4) copyValue(value, to, 4);
    else if (valueBytes == 8) copyValue(value, to, 8);
    return 1;
  }
  if (valueBytes == 4) return combine(value, to, call->how, 4);
  return valueBytes == 8 ? combine(value, to, call->how, 8) : 1;
}

/** Makes the record of a new key, in a slot of its home or near it; 0 where the wasm must. */
INLINE int insert(Call *call, const Flight *flight, uint32_t row, uint32_t place) {
  ByteTable *table = &call->table;
  uint8_t *memory = table->memory;
  const uint32_t hash = flight->hashes[place];
  const uint32_t home = flight->homes[place];
  const uint32_t length = flight->lengths[place];
  const uint32_t bytes = recordBytes(length, table->valueBytes);
  if (bytes > call->end - call->at) return 0;
  // Where a slot of the home is free the wasm compacts nothing either.
  if ((isFull(memory + home, 4) || table->spilled) && isDue(call)) return 0;
  const uint64_t before = call->moved;
  const Slot slot = placeNear(&table->form, memory, hash, home, &call->moved, 4, 4);
  if (!isSlot(slot)) return 0;
  const uint32_t moved = (uint32_t)(call->moved - before);
  if (moved > call->maxMoved) call->maxMoved = moved;
  const uint32_t record = call->at;
  store32(valueAt(memory, slot, 4, 4), record - table->arena);
  store32(memory + record, hash);
  store32(memory + record + 4, length);
  writeValue(call, row, record, 1);
  copyBytes(keyOfRow(flight, place), memory + record + headBytes(0, table->valueBytes), length);
  call->at += bytes;
  call->live += bytes;
  call->keyBytes += length;
  call->count++;
  return 1;
}

/** Writes a row; 0 where the wasm must: then nothing has changed. */
INLINE int writeRow(Call *call, const Flight *flight, uint32_t row) {
  const ByteTable *table = &call->table;
  const uint32_t place = row % RING;
  if (flight->lengths[place] > MOST_STAGED) return 0; // the wasm may take memory for it
  const uint32_t hash = flight->hashes[place];
  const uint32_t home = flight->homes[place];
  const uint8_t *bucket = table->memory + home;
  const uint32_t match = matchKeys(bucket, hash, 4);
  Slot slot = match ? (Slot){home, firstSlot(match)} : NO_SLOT;
  if (!match) {
    if (table->spilled && mayBeSpilled(table->counters, hash)) return 0;
    if (isFull(bucket, 4)) slot = findBehind(&table->form, table->memory, hash, home, 4, 4);
  }
  if (!isSlot(slot)) return insert(call, flight, row, place);
  const uint32_t record = findRecord(table, recordOfSlot(table, slot), keyOfRow(flight, place), flight->lengths[place]);
  return record > UNCLEAR && writeValue(call, row, record, 0);
}

INLINE void noteTable(const Call *call) {
  uint8_t *header = call->table.header;
  const uint32_t added = call->at - load32(header + ARENA_AT);
  store32(header + COUNT, call->count);
  store64(header + MOVED, call->moved);
  store32(header + MAX_MOVED, call->maxMoved);
  store32(header + CARRIED, 0);
  store32(header + ARENA_AT, call->at);
  store32(header + ARENA_LIVE, call->live);
  store32(header + ARENA_KEY_BYTES, call->keyBytes);
  if (call->mark) store32(call->mark, load32(call->mark) + added);
}

/**
 * Writes rows `first` to `end - 1` of a column: in blocks that begin where the number of a row is a multiple of
 * ROWS_OF_BLOCK, up to a block that growth may come due in, or a row that is the wasm's. Returns how many, and
 * TOPHASH_OPEN with the latter.
 */
OUTLINE uint32_t write(Call *call, ByteColumn column, uint32_t first, uint32_t end) {
  if (end < first || end - first > MOST_ROWS) return TOPHASH_REFUSED;
  const uint32_t rows = end - first;
  column.offsets += (size_t)first * 4;
  call->values += (size_t)first * call->table.valueBytes;
  Flight flight;
  openFlight(&flight, &call->table, column);
  uint32_t known = rows; // but for rows whose offsets or pages are not sound: those are the wasm's
  uint32_t blockEnd = 0;
  uint32_t done = 0;
  uint32_t left = 0;
  for (uint32_t row = 0; done < known && !left; row += STEP) {
    if (row < known && !hashStep(&flight, row, countOfStep(row, rows))) known = row;
    const uint32_t second = row - STEP;
    if (row >= STEP && second < known) findStep(&flight, second, countOfStep(second, known));
    const uint32_t third = row - 2 * STEP;
    if (row >= 2 * STEP && third < known) findBehindStep(&flight, third);
    if (row < STAGES * STEP) continue;
    const uint32_t stepEnd = done + countOfStep(done, known);
    for (; done < stepEnd; done++) {
      if (done == blockEnd) {
        const uint32_t block = ROWS_OF_BLOCK - (first + done) % ROWS_OF_BLOCK;
        blockEnd = done + (block < rows - done ? block : rows - done);
        if (!hasRoom(call, blockEnd - done)) {
          noteTable(call);
          return done;
        }
      }
      if (writeRow(call, &flight, done)) continue;
      left = TOPHASH_OPEN;
      break;
    }
  }
  noteTable(call);
  return done < rows ? done | TOPHASH_OPEN : done;
}

uint32_t tophash_putByteRows(
    uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, uint32_t keys, uint32_t values, uint32_t first, uint32_t end,
    uint32_t how) {
  Call call;
  if (!openCall(&call, memory, bytes, table, origin, how)) return TOPHASH_REFUSED;
  const uint64_t offsets = (uint64_t)origin + OFFSETS_AT;
  if (offsets + ((uint64_t)end + 1) * 4 > bytes || !holds(bytes, values, end, call.table.valueBytes)) return TOPHASH_REFUSED;
  call.values = memory + values;
  const ByteColumn column = {memory, keys, reach(bytes), memory + offsets};
  return write(&call, column, first, end);
}

uint32_t tophash_putByteColumn(
    Column memory, Column bytes, Column offsets, Column values, uint32_t table, uint32_t origin, uint32_t first, uint32_t rows,
    uint32_t how) {
  Call call;
  if (!openCall(&call, memory.data, memory.bytes, table, origin, how) || rows > MOST_ROWS) return TOPHASH_REFUSED;
  if (!has(offsets, first, (uint64_t)rows + 1, 4) || !has(values, first, rows, call.table.valueBytes)) return TOPHASH_REFUSED;
  if ((uint64_t)first + rows > UINT32_MAX) return TOPHASH_REFUSED;
  call.values = values.data;
  const ByteColumn column = {bytes.data, 0, reach(bytes.bytes), offsets.data};
  return write(&call, column, first, first + rows);
}
