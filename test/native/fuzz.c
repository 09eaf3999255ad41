// Kernels called with anything: offsets and lengths all over, headers that are damaged, pages full of noise. Built with AddressSanitizer and
// UndefinedBehaviorSanitizer; the memory is a block of the heap, so that a byte read or written outside ends the program.
//
//   fuzz [calls] [seed]

#include <stdio.h>
#include <stdlib.h>

#include "kernels.h"
#include "layout.h"

#define MOST_BYTES (1u << 18)
/** Bytes of a bucket of a table of byte keys. */
#define BYTE_BUCKET 64u

static uint64_t state;

static uint32_t draw(void) {
  state += 0x9e3779b97f4a7c15;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return (uint32_t)((z ^ (z >> 31)) >> 16);
}

static uint32_t below(uint32_t end) {
  return (uint32_t)(((uint64_t)draw() * end) >> 32);
}

static void put(uint8_t *memory, size_t bytes, uint64_t at, uint32_t value) {
  if (at + 4 <= bytes) __builtin_memcpy(memory + at, &value, 4);
}

/** A number that is hostile now and then: about a border, or anything. */
static uint32_t hostile(uint32_t usual, size_t bytes) {
  switch (below(16)) {
    case 0:
      return draw();
    case 1:
      return (uint32_t)bytes - below(300);
    case 2:
      return UINT32_MAX - below(300);
    default:
      return usual;
  }
}

/** Writes a header, sound mostly, of a table whose pages have `bucketBytes` a bucket. */
static void writeHeader(uint8_t *memory, size_t bytes, uint64_t table, uint32_t bucketBytes) {
  const uint32_t bits = below(3) ? 6 : below(7);
  const uint32_t groupLog = bits < 6 ? 0 : below(4);
  const uint32_t pagesPerGroup = bits < 6 ? 1 : 1 + below(3);
  const uint32_t splitNext = below(1u << groupLog);
  const uint32_t pages = (pagesPerGroup << groupLog) + splitNext;
  const uint32_t size = pages * bucketBytes << bits;
  const uint32_t damaged = below(3) ? UINT32_MAX : below(14);
  const struct {
    uint32_t field, value;
  } fields[] = {
      {SEED, draw()},
      {COUNT, below(1000)},
      {GROW_AT, draw()},
      {BASE, size < bytes ? below((uint32_t)bytes - size + 1) : 0},
      {GROUP_MASK, (1u << groupLog) - 1},
      {GROUP_LOG, groupLog},
      {PAGES_PER_GROUP, pagesPerGroup},
      {SPLIT_NEXT, splitNext},
      {BUCKET_SHIFT, 31 - bits},
      {BUCKET_MASK, (1u << bits) - 1},
      {ZERO_PRESENT, below(2)},
      {SPILLED, below(4) ? 0 : below(300)},
      {BLOCK, below(2)},
      {KNOWS_EMPTY, 0},
  };
  for (uint32_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
    const uint32_t value = i == damaged ? (below(2) ? draw() : fields[i].value + below(5) - 2) : fields[i].value;
    put(memory, bytes, table + fields[i].field, value);
  }
}

/** Random words, some of them zero: buckets that are full, or have room. */
static void writeNoise(uint8_t *memory, size_t bytes, uint32_t zeros) {
  for (size_t at = 0; at < bytes; at++) memory[at] = below(8) < zeros ? 0 : (uint8_t)draw();
}

/** Offsets of rows that do not fall, mostly, and end inside the memory, mostly. */
static void writeOffsets(uint8_t *memory, size_t bytes, uint64_t at, uint32_t rows) {
  uint32_t offset = below(100);
  for (uint32_t row = 0; row <= rows; row++) {
    put(memory, bytes, at + (uint64_t)row * 4, below(2000) ? offset : draw());
    offset += below(8) ? below(40) : below(400);
  }
}

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

/** References to records that are sound mostly, in buckets and in records: their lengths and links are what stands there. */
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

typedef uint32_t Write(uint8_t *, size_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t);
typedef uint32_t Look(uint8_t *, size_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t);

static const struct {
  Write *write;
  Write *get;
  Look *has;
  uint32_t bucketBytes;
} TABLES[] = {
    {tophash_putRows4x0, NULL, tophash_hasRows4x0, 32},
    {tophash_putRows4x4, tophash_getRows4x4, tophash_hasRows4x4, 64},
    {tophash_putRows4x8, tophash_getRows4x8, tophash_hasRows4x8, 96},
    {tophash_putRows8x0, NULL, tophash_hasRows8x0, 64},
    {tophash_putRows8x4, tophash_getRows8x4, tophash_hasRows8x4, 96},
    {tophash_putRows8x8, tophash_getRows8x8, tophash_hasRows8x8, 128},
};

/** A call of a kernel of tables; returns whether it was served. */
static int callTable(uint8_t *memory, size_t bytes) {
  const uint32_t kind = below(6);
  const uint32_t table = hostile(below((uint32_t)bytes), bytes);
  const uint32_t origin = hostile(0, bytes);
  writeHeader(memory, bytes, table, TABLES[kind].bucketBytes);
  put(memory, bytes, (uint64_t)origin + GAPS_AT, below(16) ? 0 : draw());
  const uint32_t a = hostile(below((uint32_t)bytes), bytes);
  const uint32_t b = hostile(below((uint32_t)bytes), bytes);
  const uint32_t rows = hostile(below(600), bytes);
  const uint32_t how = below(2) ? 0 : below(40);
  switch (below(3)) {
    case 0:
      return TABLES[kind].write(memory, bytes, table, origin, a, b, rows, how) != TOPHASH_REFUSED;
    case 1:
      if (!TABLES[kind].get) return 0; // a set has no values
      return TABLES[kind].get(memory, bytes, table, origin, a, rows, b, hostile(below((uint32_t)bytes), bytes)) !=
             TOPHASH_REFUSED;
    default:
      return TABLES[kind].has(memory, bytes, table, origin, a, rows, b) != TOPHASH_REFUSED;
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
static int callByteTable(uint8_t *memory, size_t bytes) {
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

/** A call of a kernel of columns. */
static int callColumn(uint8_t *memory, size_t bytes) {
  const uint32_t a = hostile(below((uint32_t)bytes), bytes);
  const uint32_t b = hostile(below((uint32_t)bytes), bytes);
  const uint32_t c = hostile(below((uint32_t)bytes), bytes);
  const uint32_t rows = hostile(below(600), bytes);
  const uint32_t kind = below(6);
  if (kind < 2 && rows < MOST_BYTES) writeOffsets(memory, bytes, b, rows);
  switch (kind) {
    case 0:
      return tophash_hashRows(memory, bytes, a, b, rows, draw(), c) != TOPHASH_REFUSED;
    case 1:
      return tophash_hashRowsLow(memory, bytes, a, b, rows, draw(), c) != TOPHASH_REFUSED;
    case 2:
      return tophash_hashU32(memory, bytes, a, rows, draw(), c) != TOPHASH_REFUSED;
    case 3:
      return tophash_hashU64(memory, bytes, a, rows, draw(), c) != TOPHASH_REFUSED;
    case 4:
      return tophash_selectRows4(memory, bytes, a, rows, b, draw()) != TOPHASH_REFUSED;
    default:
      return tophash_selectRows8(memory, bytes, a, rows, b, draw()) != TOPHASH_REFUSED;
  }
}

/** Some bytes of the heap, exactly as long as they are said to be, or a little shorter or longer than `wanted`. */
static Column columnOf(uint32_t wanted) {
  const uint32_t bytes = below(4) ? wanted : below(wanted + 64);
  Column column = {malloc(bytes ? bytes : 1), bytes};
  for (uint32_t at = 0; at < bytes; at++) column.data[at] = (uint8_t)draw();
  return column;
}

typedef uint32_t WriteColumn(Column, Column, Column, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t);
typedef uint32_t GetColumn(Column, Column, Column, Column, uint32_t, uint32_t, uint32_t, uint32_t);
typedef uint32_t HasColumn(Column, Column, Column, uint32_t, uint32_t, uint32_t, uint32_t);

static const struct {
  WriteColumn *write;
  GetColumn *get;
  HasColumn *has;
  uint32_t key, value;
} COLUMN_TABLES[] = {
    {tophash_putColumn4x0, NULL, tophash_hasColumn4x0, 4, 0},
    {tophash_putColumn4x4, tophash_getColumn4x4, tophash_hasColumn4x4, 4, 4},
    {tophash_putColumn4x8, tophash_getColumn4x8, tophash_hasColumn4x8, 4, 8},
    {tophash_putColumn8x0, NULL, tophash_hasColumn8x0, 8, 0},
    {tophash_putColumn8x4, tophash_getColumn8x4, tophash_hasColumn8x4, 8, 4},
    {tophash_putColumn8x8, tophash_getColumn8x8, tophash_hasColumn8x8, 8, 8},
};

/** A call of a kernel with columns of the caller's. */
static int callCaller(uint8_t *memory, size_t bytes) {
  const uint32_t rows = below(600);
  const uint32_t kind = below(6);
  const uint32_t first = below(3) ? 0 : below(100);
  const uint32_t asked = hostile(rows, bytes);
  const uint32_t from = hostile(first, bytes);
  const Column all = {memory, bytes};
  const Column keys = columnOf((first + rows) * COLUMN_TABLES[kind].key);
  const Column values = columnOf((first + rows) * 8);
  const Column found = columnOf(first + rows);
  const uint32_t table = hostile(below((uint32_t)bytes), bytes);
  const uint32_t origin = hostile(0, bytes);
  uint32_t answer = TOPHASH_REFUSED;
  writeHeader(memory, bytes, table, TABLES[kind].bucketBytes);
  put(memory, bytes, (uint64_t)origin + GAPS_AT, below(16) ? 0 : draw());
  switch (below(5)) {
    case 0:
      answer = COLUMN_TABLES[kind].write(all, keys, values, table, origin, from, asked, below(2) ? 0 : below(40));
      break;
    case 1:
      if (COLUMN_TABLES[kind].get) answer = COLUMN_TABLES[kind].get(all, keys, values, found, table, origin, from, asked);
      break;
    case 2:
      answer = COLUMN_TABLES[kind].has(all, keys, found, table, origin, from, asked);
      break;
    case 3:
      if (below(3) == 0) {
        answer = tophash_groupColumn(keys, values, found, asked, hostile(below(10), bytes));
        break;
      }
      answer = COLUMN_TABLES[kind].key == 4 ? tophash_hashColumn4(keys, values, asked, draw())
                                            : tophash_hashColumn8(keys, values, asked, draw(), below(5));
      break;
    default: {
      const Column offsets = columnOf((rows + 1) * 4);
      writeOffsets(offsets.data, offsets.bytes, 0, rows);
      answer = tophash_hashStrings(all, offsets, values, asked, draw(), below(8) ? 4u << below(2) : draw());
      free(offsets.data);
    }
  }
  free(keys.data);
  free(values.data);
  free(found.data);
  return answer != TOPHASH_REFUSED;
}

/** The same with a column of byte keys of the caller's. */
static int callByteCaller(uint8_t *memory, size_t bytes) {
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

typedef int Kernels(uint8_t *, size_t);

static const struct {
  Kernels *call;
  const char *name;
} KINDS[] = {
    {callTable, "tables"},
    {callColumn, "columns"},
    {callCaller, "the caller's columns"},
    {callByteTable, "tables of byte keys"},
    {callByteCaller, "the caller's byte keys"},
};
#define KIND_COUNT (sizeof KINDS / sizeof KINDS[0])

int main(int count, char **values) {
  const uint32_t calls = count > 1 ? (uint32_t)strtoul(values[1], NULL, 10) : 100000;
  state = count > 2 ? strtoull(values[2], NULL, 10) : 1;
  uint32_t served[KIND_COUNT] = {0};
  uint8_t *memory = NULL;
  size_t bytes = 0;
  for (uint32_t call = 0; call < calls; call++) {
    if (call % 64 == 0) {
      free(memory);
      bytes = below(8) ? 90000 + below(MOST_BYTES - 90000) : below(66000) + 1;
      memory = malloc(bytes);
      writeNoise(memory, bytes, below(9));
    }
    const uint32_t kind = below(KIND_COUNT);
    served[kind] += (uint32_t)KINDS[kind].call(memory, bytes);
  }
  free(memory);
  int enough = 1;
  printf("%u calls; served, and not refused:", calls);
  for (uint32_t kind = 0; kind < KIND_COUNT; kind++) {
    printf(" %u of %s%s", served[kind], KINDS[kind].name, kind + 1 < KIND_COUNT ? "," : "\n");
    enough &= served[kind] > calls / 50;
  }
  return enough ? 0 : 1;
}
