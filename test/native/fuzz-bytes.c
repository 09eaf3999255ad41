// Kernels of byte keys called with anything: arenas and directories that are damaged, records that lead anywhere.

#include "fuzz.h"

/** Bytes of a bucket of a table of byte keys. */
#define BYTE_BUCKET 64u

/** What a table of byte keys has besides: an arena, and the segments of its memory. */
static void writeArena(uint8_t *memory, size_t bytes, uint64_t table, uint64_t origin) {
  const uint32_t at = below((uint32_t)bytes);
  const uint32_t segments = (uint32_t)(bytes >> LOG_OF_SEGMENT);
  const uint32_t room = 8 + below(8);
  const uint32_t marks = below((uint32_t)bytes);
  const struct {
    uint64_t at;
    uint32_t value;
  } fields[] = {
      {table + ARENA_BASE, below(4) ? 0 : draw()},
      {table + ARENA_AT, hostile(at, bytes)},
      {table + ARENA_END, hostile(at + below((uint32_t)bytes - at), bytes)},
      {table + ARENA_LIVE, below(4) ? below((uint32_t)bytes) : draw()},
      {table + ARENA_SEGMENTS, below(8)},
      {table + ARENA_VALUE_BYTES, below(16) ? 4 * below(3) : draw()},
      {table + ARENA_VICTIM, below(8) ? 0 : draw()},
      {origin + MARKS_AT, hostile(marks, bytes)},
      {origin + MARKS_ROOM_AT, hostile(room, bytes)},
      {origin + SEGMENTS_END_AT, below(8) ? segments : draw()},
  };
  for (uint32_t i = 0; i < sizeof fields / sizeof fields[0]; i++) put(memory, bytes, fields[i].at, fields[i].value);
  // The numbers of the segments that have the pages: of which there are few here.
  for (uint32_t i = 0; i < 8; i++) {
    const uint64_t entry = (uint64_t)marks + room * 4 + i * 2;
    const uint16_t number = (uint16_t)(below(40) && segments ? below(segments) : draw());
    if (entry + 2 <= bytes) __builtin_memcpy(memory + entry, &number, 2);
  }
}

/**
 * References to records that are sound mostly, in buckets and in records: their lengths and links are what stands
 * there.
 */
static void writeRecords(uint8_t *memory, size_t bytes, uint32_t key, uint32_t length) {
  for (uint32_t i = 0; i < 64; i++) {
    const uint32_t at = below((uint32_t)bytes) & ~3u;
    const uint32_t word = (below(3) ? length : below(100)) | (below(3) ? 0 : RECORD_LINKED);
    put(memory, bytes, (uint64_t)at + 4, word);
    if (word & RECORD_LINKED) put(memory, bytes, (uint64_t)at + RECORD_VALUE + 4 * below(3), below(3) ? at : hostile(at, bytes));
    if ((uint64_t)at + 20 + length <= bytes && (uint64_t)key + length <= bytes)
      __builtin_memmove(memory + at + RECORD_VALUE + 4 * below(3), memory + key, length);
    for (uint32_t reference = 0; reference < 8; reference++) put(memory, bytes, below((uint32_t)bytes) & ~3u, at);
  }
}

/** Changes some words: to anything, or by a little. */
static void damage(uint8_t *memory, size_t bytes) {
  for (uint32_t left = below(3) ? 0 : below(60); left && bytes > 4; left--) {
    const uint32_t at = below((uint32_t)bytes - 4) & ~3u;
    uint32_t value;
    __builtin_memcpy(&value, memory + at, 4);
    put(memory, bytes, at, below(3) ? value + (1u << below(32)) : hostile(draw(), bytes));
  }
}

/** A call of a kernel of tables of byte keys. */
int callByteTable(uint8_t *memory, size_t bytes) {
  const uint32_t table = hostile(below((uint32_t)bytes), bytes);
  const uint32_t origin = hostile(0, bytes);
  const uint32_t rows = hostile(below(300), bytes);
  const uint32_t first = below(3) ? 0 : hostile(below(300), bytes);
  const uint32_t keys = hostile(below((uint32_t)bytes), bytes);
  const uint32_t a = hostile(below((uint32_t)bytes), bytes);
  const uint32_t b = hostile(below((uint32_t)bytes), bytes);
  writeHeader(memory, bytes, table, BYTE_BUCKET);
  writeArena(memory, bytes, table, origin);
  writeRecords(memory, bytes, keys, below(40));
  if (rows < MOST_BYTES) writeOffsets(memory, bytes, (uint64_t)origin + OFFSETS_AT, rows);
  // Else hardly a key would be there.
  if (below(3)) tophash_putByteRows(memory, bytes, table, origin, keys, a, 0, rows, 0);
  damage(memory, bytes);
  switch (below(3)) {
    case 0:
      return tophash_putByteRows(memory, bytes, table, origin, keys, a, first, rows, below(2) ? 0 : below(40)) != TOPHASH_REFUSED;
    case 1:
      return tophash_getByteRows(memory, bytes, table, origin, keys, rows, a, b) != TOPHASH_REFUSED;
    default:
      return tophash_hasByteRows(memory, bytes, table, origin, keys, rows, a) != TOPHASH_REFUSED;
  }
}

/** The same with a column of byte keys of the caller's. */
int callByteCaller(uint8_t *memory, size_t bytes) {
  const uint32_t rows = below(300);
  const uint32_t first = below(3) ? 0 : below(100);
  const uint32_t asked = hostile(rows, bytes);
  const uint32_t from = hostile(first, bytes);
  const Column all = {memory, bytes};
  const Column keys = columnOf(1 + below(60000));
  const Column offsets = columnOf((first + rows + 1) * 4);
  const Column values = columnOf((first + rows) * 8);
  const Column found = columnOf(first + rows);
  const uint32_t table = hostile(below((uint32_t)bytes), bytes);
  const uint32_t origin = hostile(0, bytes);
  uint32_t answer = TOPHASH_REFUSED;
  writeOffsets(offsets.data, offsets.bytes, 0, first + rows);
  writeHeader(memory, bytes, table, BYTE_BUCKET);
  writeArena(memory, bytes, table, origin);
  writeRecords(memory, bytes, 0, below(40));
  if (below(3)) tophash_putByteColumn(all, keys, offsets, values, table, origin, first, rows, 0);
  damage(memory, bytes);
  switch (below(3)) {
    case 0:
      answer = tophash_putByteColumn(all, keys, offsets, values, table, origin, from, asked, below(2) ? 0 : below(40));
      break;
    case 1:
      answer = tophash_getByteColumn(all, keys, offsets, values, found, table, origin, from, asked);
      break;
    default:
      answer = tophash_hasByteColumn(all, keys, offsets, found, table, origin, from, asked);
  }
  free(keys.data);
  free(offsets.data);
  free(values.data);
  free(found.data);
  return answer != TOPHASH_REFUSED;
}
