// Kernels called with anything: offsets and lengths all over, headers that are damaged, pages full of noise. Built with
// AddressSanitizer and UndefinedBehaviorSanitizer; the memory is a block of the heap, so that a byte read or written
// outside ends the program.
//
//   fuzz [calls] [seed]

#include <stdio.h>

#include "fuzz.h"

uint64_t state;

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

/** A call of a kernel of the system's pages. */
static int callPages(uint8_t *memory, size_t bytes) {
  const uint32_t from = hostile(below((uint32_t)bytes), bytes);
  const uint32_t length = hostile(below((uint32_t)bytes), bytes);
  const uint32_t kernel = below(3);
  if (kernel == 0) return tophash_adviseLarge(memory, bytes, from, length) != TOPHASH_REFUSED;
  if (kernel == 1) return tophash_collapsePage(memory, bytes, from, length) != TOPHASH_REFUSED;
  return tophash_backMemory(memory, bytes, from, length, below(2)) != TOPHASH_REFUSED;
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
    {callPages, "the system's pages"},
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
    enough &= served[kind] > calls / (10 * KIND_COUNT);
  }
  return enough ? 0 : 1;
}
