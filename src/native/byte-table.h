// A table of byte keys as kernels see it: one of u32 to u32, 32 bits of a key's hash to the reference of a record
// (assembly/bytes/, table/segmented.ts).
//
// References, and the numbers of the segments that hold pages, stand in the memory: each is checked where it is read,
// as kernels trust nothing that they find there.

#ifndef TOPHASH_BYTE_TABLE_H
#define TOPHASH_BYTE_TABLE_H

#include "bucket.h"
#include "record.h"

#define BYTE_BUCKET (SLOTS * 8u)
#define PAGE_LOG (BUCKET_BITS + 6u)
#define SEGMENT_PAGES_LOG (LOG_OF_SEGMENT - PAGE_LOG)
#define SEGMENT_PAGES (1u << SEGMENT_PAGES_LOG)

typedef struct {
  Form form;
  uint8_t *memory;
  size_t bytes;
  uint8_t *header;
  uint8_t *counters;
  /** Where segments count from. */
  uint32_t origin;
  /** Segments that the memory has whole. */
  uint32_t segments;
  /** The numbers of the segments that hold the pages; NULL in a pool, where pages stand side by side. */
  const uint8_t *directory;
  /** Where references count from. */
  uint32_t arena;
  uint32_t valueBytes;
  uint32_t spilled;
} ByteTable;

/** Reads the table at `table`; 0 where there is none, or a part of its memory is missing. */
INLINE int readByteTable(uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, ByteTable *to) {
  if (!readShape(memory, bytes, table, origin, &to->form) || !holds(bytes, table, HEADER_BYTES + ARENA_BYTES, 1)) return 0;
  to->memory = memory;
  to->bytes = bytes;
  to->header = memory + table;
  to->counters = memory + origin + COUNTERS_AT;
  to->origin = origin;
  to->segments = (uint32_t)((bytes - origin) >> LOG_OF_SEGMENT);
  to->arena = load32(to->header + ARENA_BASE);
  to->valueBytes = load32(to->header + ARENA_VALUE_BYTES);
  to->spilled = load32(to->header + SPILLED);
  if (to->valueBytes != 0 && to->valueBytes != 4 && to->valueBytes != 8) return 0;
  to->directory = NULL;
  if (load32(to->header + BLOCK)) return holdsPages(bytes, &to->form, BUCKETS * BYTE_BUCKET);
  // Where the memory has grown, and the view of it has not, some of it is missing.
  if (load32(memory + origin + SEGMENTS_END_AT) > to->segments) return 0;
  const uint64_t directory = load32(memory + origin + MARKS_AT) + (uint64_t)load32(memory + origin + MARKS_ROOM_AT) * 4;
  const uint32_t wanted = (pagesOfForm(&to->form) + SEGMENT_PAGES - 1) >> SEGMENT_PAGES_LOG;
  if (directory + wanted * 2 > bytes) return 0;
  to->directory = memory + directory;
  return 1;
}

INLINE uint32_t load16(const uint8_t *at) {
  uint16_t value;
  __builtin_memcpy(&value, at, sizeof value);
  return value;
}

/** Writes the addresses of the home buckets of 16 hashes; 0 where the directory leads out of the memory. */
INLINE int findHomes(const ByteTable *table, __m512i hashes, uint32_t *homes) {
  const Form *form = &table->form;
  if (!table->directory) {
    _mm512_storeu_si512(homes, homesOf(form, hashes, hashes, BYTE_BUCKET));
    return 1;
  }
  const __m512i page = pagesOf(form, hashes, hashes);
  _Alignas(64) uint32_t number[LANES];
  _mm512_store_si512(number, _mm512_srli_epi32(page, SEGMENT_PAGES_LOG));
#pragma GCC unroll 16
  for (uint32_t i = 0; i < LANES; i++) number[i] = load16(table->directory + (size_t)number[i] * 2);
  const __m512i segment = _mm512_load_si512(number);
  const __m512i inSegment = _mm512_and_si512(page, _mm512_set1_epi32((int)(SEGMENT_PAGES - 1)));
  const __m512i inPage = _mm512_slli_epi32(bucketsOf(form, hashes), 6);
  const __m512i start = _mm512_add_epi32(_mm512_set1_epi32((int)table->origin), _mm512_slli_epi32(segment, LOG_OF_SEGMENT));
  _mm512_storeu_si512(homes, _mm512_add_epi32(start, _mm512_add_epi32(_mm512_slli_epi32(inSegment, PAGE_LOG), inPage)));
  return !_mm512_cmpgt_epu32_mask(segment, _mm512_set1_epi32((int)table->segments - 1));
}

/** The record to which a slot refers. */
INLINE uint32_t recordOfSlot(const ByteTable *table, Slot slot) {
  return table->arena + load32(valueAt(table->memory, slot, 4, 4));
}

/**
 * A record of a key: its address, 0 for none; UNCLEAR where it is the wasm's to find it, or to say that there is none.
 */
#define UNCLEAR 1u

/** Records of one hash that are looked at. */
#define MOST_LINKED 64u

/** The record of a key among those of its hash, from one on. */
INLINE uint32_t findRecord(const ByteTable *table, uint32_t first, const uint8_t *key, uint32_t length) {
  uint32_t record = first;
  for (uint32_t i = 0; i < MOST_LINKED; i++) {
    if (!holdsHead(table->bytes, record, table->valueBytes)) return UNCLEAR;
    const uint32_t word = load32(table->memory + record + 4);
    const uint32_t head = headBytes(word, table->valueBytes);
    if (lengthOfWord(word) == length) {
      if ((uint64_t)record + head + length > table->bytes) return UNCLEAR;
      if (equalBytes(table->memory + record + head, key, length)) return record;
    }
    if (!(word & RECORD_LINKED)) return 0;
    const uint32_t next = load32(table->memory + record + head - 4);
    if (next == NO_RECORD) return 0;
    record = table->arena + next;
  }
  return UNCLEAR;
}

#endif
