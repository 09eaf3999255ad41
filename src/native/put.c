// Writes of columns of integer keys to a table that has room for them: assembly/batch/put.ts.
//
// A kernel never grows a table and never spills: blocks of ROWS_OF_BLOCK rows, as there, each written only where none
// of its rows can make growth due. In a block the rows whose home has a slot for them are written at once, in their
// order, the others behind them; where one of those finds no room near its home, it and those after it are left to the
// wasm. So the bytes of the table come out the same.

#include "combine.h"
#include "place.h"

/** Rows between a prefetch and its write. */
#define AHEAD 96u
/** Prepared rows that are kept: those of a block, and those ahead. */
#define RING 256u

#define MOST_ROWS ((1u << TOPHASH_ROWS_BITS) - 1)

/** A call. */
typedef struct {
  Form form;
  uint8_t *memory;
  uint8_t *header;
  const uint8_t *counters;
  const uint8_t *values;
  uint32_t how;
  uint32_t count;
  uint32_t spilled;
  uint32_t growAt;
  /** Entries at which a page may be full that must not be. */
  uint32_t pageFullAt;
  uint64_t moved;
  uint32_t maxMoved;
  /** Prepared rows: row i stands at i % RING. */
  _Alignas(64) uint8_t hashes[RING * 8];
  _Alignas(64) uint32_t homes[RING];
  /** Rows of the block that are written behind the others. */
  uint32_t pending[ROWS_OF_BLOCK];
} Call;

/** Can `rows` new keys be written without growth coming due, or a page becoming full where there is no spill? */
INLINE int hasRoom(const Call *call, uint32_t rows) {
  return call->count + rows <= call->growAt && call->spilled + rows <= MOST_SPILLED && call->count + rows <= call->pageFullAt;
}

INLINE uint64_t hashAt(const Call *call, uint32_t row, uint32_t K) {
  return loadKey(call->hashes + (row % RING) * K, K);
}

/** Writes a row's value to its slot; 0 where that is the wasm's: then nothing has changed. */
INLINE int writeValue(const Call *call, uint32_t row, uint8_t *to, int isNew, uint32_t V) {
  const uint8_t *value = call->values + (size_t)row * V;
  if (!isNew && call->how != REPLACE) return combine(value, to, call->how, V);
  copyValue(value, to, V);
  return 1;
}

/**
 * Writes the rows first .. end - 1 of a block, 16 at most, whose homes have a slot for them, and lists the others; returns
 * how many there are, `pending` being listed.
 * @param ahead, soon as many homes each to ask the second and the first cache for meanwhile; NULL where it's no use
 * @param isPlain do they replace, without a spill to look at?
 */
INLINE uint32_t writeAtHome(
    Call *call, uint32_t first, uint32_t end, const uint32_t *ahead, const uint32_t *soon, uint32_t pending, int isPlain, uint32_t K,
    uint32_t V) {
  uint32_t added = 0;
  for (uint32_t row = first; row < end; row++) {
    if (ahead) prefetchBucket(call->memory, ahead[row - first], 1, bucketBytes(K, V), K, V);
    if (soon) prefetchBucket(call->memory, soon[row - first], 0, bucketBytes(K, V), K, V);
    const uint64_t hash = hashAt(call, row, K);
    const uint32_t home = call->homes[row % RING];
    uint8_t *bucket = call->memory + home;
    const uint32_t match = matchKeys(bucket, hash, K);
    const uint32_t empty = emptySlots(bucket, K);
    const int spilled = !isPlain && call->spilled && !match && mayBeSpilled(call->counters, highWord(hash, K));
    if (!(match | empty) || hash == 0 || spilled) {
      const uint32_t next = nextBucket(&call->form, pageOfHome(&call->form, hash, home, K, V), home, K, V);
      prefetchBucket(call->memory, next, call->form.isFar, bucketBytes(K, V), K, V);
      call->pending[pending++] = row;
      continue;
    }
    const uint32_t number = firstSlot(match ? match : empty);
    if (!writeValue(call, row, bucket + SLOTS * K + number * V, isPlain || !match, V)) {
      call->pending[pending++] = row;
      continue;
    }
    storeKey(bucket + number * K, hash, K);
    added += !match;
  }
  call->count += added;
  return pending;
}

/** {@link writeAtHome}, with a loop of its own for rows that replace. */
INLINE uint32_t writeGroup(
    Call *call, uint32_t first, uint32_t end, const uint32_t *ahead, const uint32_t *soon, uint32_t pending, uint32_t K, uint32_t V) {
  const int isPlain = call->how == REPLACE && !call->spilled; // nothing comes to the spill here
  return isPlain ? writeAtHome(call, first, end, ahead, soon, pending, 1, K, V)
                 : writeAtHome(call, first, end, ahead, soon, pending, 0, K, V);
}

/** Writes the key whose hash is 0, which lives in the header; likewise. */
INLINE int writeZero(Call *call, uint32_t row, uint32_t V) {
  const int isNew = load32(call->header + ZERO_PRESENT) == 0;
  store32(call->header + ZERO_PRESENT, 1);
  return writeValue(call, row, call->header + ZERO_VALUE, isNew, V);
}

/** Writes a row of the list; 0 where it is the wasm's: then nothing has changed. */
INLINE int writePending(Call *call, uint32_t row, uint32_t K, uint32_t V) {
  const uint64_t hash = hashAt(call, row, K);
  const uint32_t home = call->homes[row % RING];
  if (hash == 0) return writeZero(call, row, V);
  const uint32_t match = matchKeys(call->memory + home, hash, K);
  Slot slot = match ? (Slot){home, firstSlot(match)} : NO_SLOT;
  if (!match) {
    if (call->spilled && mayBeSpilled(call->counters, highWord(hash, K))) return 0;
    if (isFull(call->memory + home, K)) slot = findBehind(&call->form, call->memory, hash, home, K, V);
  }
  const int isNew = !isSlot(slot);
  if (isNew) {
    const uint64_t before = call->moved;
    slot = placeNear(&call->form, call->memory, hash, home, &call->moved, K, V);
    if (!isSlot(slot)) return 0;
    const uint32_t moved = (uint32_t)(call->moved - before);
    if (moved > call->maxMoved) call->maxMoved = moved;
    call->count++;
  }
  return writeValue(call, row, valueAt(call->memory, slot, K, V), isNew, V);
}

/** Writes the rows of the list, up to the first that is the wasm's; returns how many that leaves. */
INLINE uint32_t writeList(Call *call, uint32_t pending, uint32_t K, uint32_t V) {
  for (uint32_t i = 0; i < pending; i++) {
    if (!writePending(call, call->pending[i], K, V)) return pending - i;
  }
  return 0;
}

INLINE void noteTable(const Call *call) {
  store32(call->header + COUNT, call->count);
  store64(call->header + MOVED, call->moved);
  store32(call->header + MAX_MOVED, call->maxMoved);
  store32(call->header + CARRIED, 0); // no single operation
}

INLINE uint32_t write(
    uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, const uint8_t *keys, const uint8_t *values, uint32_t rows, uint32_t how,
    uint32_t K, uint32_t V) {
  Call call;
  if (rows > MOST_ROWS) return TOPHASH_REFUSED;
  if (!readForm(memory, bytes, table, origin, BUCKETS * bucketBytes(K, V), &call.form)) return TOPHASH_REFUSED;
  uint8_t *header = memory + table;
  if (load32(header + KNOWS_EMPTY)) return TOPHASH_REFUSED; // each new key would have to be noted there
  call.memory = memory;
  call.header = header;
  call.counters = memory + origin + COUNTERS_AT;
  call.values = values;
  call.how = how;
  call.count = load32(header + COUNT);
  call.spilled = load32(header + SPILLED);
  call.growAt = load32(header + GROW_AT);
  call.pageFullAt = load32(header + BLOCK) && pagesOfForm(&call.form) > 1 ? BUCKETS * SLOTS : UINT32_MAX;
  call.moved = load64(header + MOVED);
  call.maxMoved = load32(header + MAX_MOVED);
  uint32_t prepared = 0;
  uint32_t row = 0;
  while (row < rows) {
    const uint32_t end = rows - row < ROWS_OF_BLOCK ? rows : row + ROWS_OF_BLOCK;
    if (!hasRoom(&call, end - row)) break;
    uint32_t pending = 0;
    for (uint32_t first = row; first < end; first += LANES) {
      const uint32_t *ahead = NULL;
      for (; prepared < rows && prepared < first + LANES + AHEAD; prepared += LANES) {
        const uint32_t place = prepared % RING;
        prefetchRows(keys, prepared, K);
        prefetchRows(values, prepared, V);
        prepare(&call.form, keys + (size_t)prepared * K, rows - prepared, call.hashes + place * K, call.homes + place, K, V);
        if (ahead) prefetchHomes(memory, ahead, call.form.isFar, bucketBytes(K, V), K, V);
        if (prepared) ahead = call.homes + (prepared - LANES) % RING;
      }
      if (call.form.isFar && end - first >= LANES) {
        // Where there are no others, those that were asked for.
        const uint32_t *own = call.homes + first % RING;
        const uint32_t *soon = rows - first > LANES ? call.homes + (first + LANES) % RING : own;
        pending = writeGroup(&call, first, first + LANES, ahead ? ahead : own, soon, pending, K, V);
      } else {
        if (ahead) prefetchHomes(memory, ahead, call.form.isFar, bucketBytes(K, V), K, V);
        pending = writeGroup(&call, first, end - first < LANES ? end : first + LANES, NULL, NULL, pending, K, V);
      }
    }
    const uint32_t left = writeList(&call, pending, K, V);
    const uint32_t start = row;
    row = end;
    if (left) {
      for (uint32_t i = 0; i < left; i++) {
        store32(memory + origin + PENDING_AT + i * 4, call.pending[pending - left + i] - start);
      }
      noteTable(&call);
      return row | left << TOPHASH_ROWS_BITS;
    }
  }
  noteTable(&call);
  return row;
}

#define PUT_ROWS(K, V)                                                                                                 \
  uint32_t tophash_putRows##K##x##V(                                                                                   \
      uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, uint32_t keys, uint32_t values, uint32_t rows,   \
      uint32_t how) {                                                                                                  \
    if (!holds(bytes, keys, rows, K) || !holds(bytes, values, rows, V)) return TOPHASH_REFUSED;                        \
    return write(memory, bytes, table, origin, memory + keys, memory + values, rows, how, K, V);                       \
  }                                                                                                                    \
  uint32_t tophash_putColumn##K##x##V(                                                                                 \
      Column memory, Column keys, Column values, uint32_t table, uint32_t origin, uint32_t first, uint32_t rows,       \
      uint32_t how) {                                                                                                  \
    if (!has(keys, first, rows, K) || !has(values, first, rows, V)) return TOPHASH_REFUSED;                            \
    const size_t row = first;                                                                                          \
    return write(                                                                                                      \
        memory.data, memory.bytes, table, origin, keys.data + row * K, values.data + row * V, rows, how, K, V);        \
  }

PUT_ROWS(4, 0)
PUT_ROWS(4, 4)
PUT_ROWS(4, 8)
PUT_ROWS(8, 0)
PUT_ROWS(8, 4)
PUT_ROWS(8, 8)
