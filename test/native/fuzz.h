// What calls of the kernels with anything are made of (fuzz.c): numbers, headers and columns, sound mostly.

#ifndef TOPHASH_FUZZ_H
#define TOPHASH_FUZZ_H

#include <stdlib.h>

#include "kernels.h"
#include "layout.h"

#define MOST_BYTES (1u << 18)

/** Of the random numbers. */
extern uint64_t state;

static inline uint32_t draw(void) {
  state += 0x9e3779b97f4a7c15;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return (uint32_t)((z ^ (z >> 31)) >> 16);
}

static inline uint32_t below(uint32_t end) {
  return (uint32_t)(((uint64_t)draw() * end) >> 32);
}

static inline void put(uint8_t *memory, size_t bytes, uint64_t at, uint32_t value) {
  if (at + 4 <= bytes) __builtin_memcpy(memory + at, &value, 4);
}

/** A number that is hostile now and then: about a border, or anything. */
static inline uint32_t hostile(uint32_t usual, size_t bytes) {
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
static inline void writeHeader(uint8_t *memory, size_t bytes, uint64_t table, uint32_t bucketBytes) {
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
static inline void writeNoise(uint8_t *memory, size_t bytes, uint32_t zeros) {
  for (size_t at = 0; at < bytes; at++) memory[at] = below(8) < zeros ? 0 : (uint8_t)draw();
}

/** Offsets of rows that do not fall, mostly, and end inside the memory, mostly. */
static inline void writeOffsets(uint8_t *memory, size_t bytes, uint64_t at, uint32_t rows) {
  uint32_t offset = below(100);
  for (uint32_t row = 0; row <= rows; row++) {
    put(memory, bytes, at + (uint64_t)row * 4, below(2000) ? offset : draw());
    offset += below(8) ? below(40) : below(400);
  }
}

/** Some bytes of the heap, exactly as long as they are said to be, or a little shorter or longer than `wanted`. */
static inline Column columnOf(uint32_t wanted) {
  const uint32_t bytes = below(4) ? wanted : below(wanted + 64);
  Column column = {malloc(bytes ? bytes : 1), bytes};
  for (uint32_t at = 0; at < bytes; at++) column.data[at] = (uint8_t)draw();
  return column;
}

/**
 * Calls of kernels of tables of byte keys, in the memory and with columns of the caller's; each returns whether it was
 * served.
 */
int callByteTable(uint8_t *memory, size_t bytes);
int callByteCaller(uint8_t *memory, size_t bytes);

#endif
