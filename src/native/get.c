// Look-ups of columns of integer keys: assembly/batch/get.ts.
//
// A prefetch rolls ahead of the probes: sixteen keys are hashed, the buckets of the sixteen before them asked for, and
// the sixteen before those by AHEAD probed, without a branch on what is found. In a table beyond the second cache the
// prefetches take turns with the probes, one by one, and bring lines there; a second prefetch brings them on to the first
// cache, right before their probe. The misses whose home is full, and in a table with a
// spill all of them, go to a list; their second buckets are asked for, and looked at when the list is long enough that
// they have arrived.

#include "bucket.h"

/** Rows between a prefetch and its probe: a miss of the caches takes about as long as they do. */
#define AHEAD 96u
/** Prepared rows that wait for their probes. */
#define RING 128u
/** Of 16 rows so few are missed in most batches of keys that are there. */
#define FEW 4u
/** Rows that a list holds. */
#define LISTED 128u

/** Most rows of a call: their number must fit the answer. */
#define MOST_ROWS (1u << TOPHASH_ROWS_BITS)

/** A call. */
typedef struct {
  Form form;
  uint8_t *memory;
  uint8_t *values;
  uint8_t *found;
  const uint8_t *counters;
  uint64_t missing;
  uint32_t spilled;
  uint32_t hits;
  /** TOPHASH_OPEN or 0. */
  uint32_t open;
  /** The list: rows, their hashes, their homes and the buckets behind those. */
  uint32_t listed;
  uint32_t rows[LISTED];
  uint8_t hashes[LISTED * 8];
  uint32_t homes[LISTED];
  uint32_t seconds[LISTED];
} Call;

/** Bytes of a bucket that answers of O bytes come from: of a set, or for flags alone, its keys. */
INLINE uint32_t partOf(uint32_t K, uint32_t V, uint32_t O) {
  return O ? bucketBytes(K, V) : SLOTS * K;
}

INLINE uint64_t loadValue(const uint8_t *at, uint32_t O) {
  return O == 4 ? load32(at) : O == 8 ? load64(at) : 0;
}

INLINE void storeValue(uint8_t *at, uint64_t value, uint32_t O) {
  if (O == 4) store32(at, (uint32_t)value);
  else if (O == 8) store64(at, value);
}

/** Looks a row of the list up behind its home. */
INLINE void lookOneUp(Call *call, uint32_t index, uint32_t K, uint32_t V, uint32_t O) {
  const uint64_t hash = loadKey(call->hashes + index * K, K);
  const uint32_t row = call->rows[index];
  const uint32_t home = call->homes[index];
  if (hash == 0) return; // answered from the header
  const int full = isFull(call->memory + home, K);
  const Slot slot = full ? findBehind(&call->form, call->memory, hash, home, K, V) : NO_SLOT;
  if (isSlot(slot)) {
    copyValue(valueAt(call->memory, slot, K, V), call->values + (size_t)row * O, O);
    call->found[row] = 1;
    call->hits++;
  } else if (call->spilled && mayBeSpilled(call->counters, highWord(hash, K))) {
    call->found[row] = TOPHASH_UNKNOWN;
    call->open = TOPHASH_OPEN;
  }
}

/**
 * Looks the rows of the list up: most are found in the bucket behind their home, or missed as nothing went past that;
 * the others are looked up one by one.
 */
INLINE void lookBehind(Call *call, uint32_t K, uint32_t V, uint32_t O) {
  uint32_t left[LISTED];
  uint32_t count = 0;
  for (uint32_t i = 0; i < call->listed; i++) {
    const uint64_t hash = loadKey(call->hashes + i * K, K);
    const uint8_t *second = call->memory + call->seconds[i];
    const uint32_t match = matchKeys(second, hash, K);
    // In most batches nearly all take the same way here.
    if (match && hash && !call->spilled) {
      const uint32_t row = call->rows[i];
      copyValue(second + SLOTS * K + firstSlot(match) * V, call->values + (size_t)row * O, O);
      call->found[row] = 1;
      call->hits++;
      continue;
    }
    left[count] = i;
    count += isPassed(&call->form, second, hash, K) | (call->spilled != 0);
  }
  for (uint32_t i = 0; i < count; i++) lookOneUp(call, left[i], K, V, O);
  call->listed = 0;
}

/** Answers the rows of a group whose hash is 0: the probes took empty slots for hits. */
INLINE void answerZeros(Call *call, uint32_t row, __mmask16 zeros, const uint8_t *header, uint32_t O) {
  const uint32_t present = load32(header + ZERO_PRESENT) != 0;
  for (uint32_t left = zeros; left; left &= left - 1) {
    const uint32_t zero = row + (uint32_t)__builtin_ctz(left);
    call->hits += present - call->found[zero];
    storeValue(call->values + (size_t)zero * O, present ? loadValue(header + ZERO_VALUE, O) : call->missing, O);
    call->found[zero] = (uint8_t)present;
  }
}

/** Puts some of 16 rows on the list, and asks for the buckets behind their homes. */
INLINE void list(Call *call, uint32_t row, __mmask16 some, const uint8_t *hashes, const uint32_t *homes, uint32_t K, uint32_t V, uint32_t O) {
  const uint32_t first = call->listed;
  const Form *form = &call->form;
  const uint32_t size = bucketBytes(K, V);
  const uint32_t part = partOf(K, V, O);
  const __m512i home = _mm512_loadu_si512(homes);
  const __m512i low = _mm512_loadu_si512(hashes);
  const __m512i numbers = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  __m512i high = low;
  // To a register first: packing straight to memory is many times slower on some processors.
  if (K == 4) {
    _mm512_storeu_si512(call->hashes + first * 4, _mm512_maskz_compress_epi32(some, low));
  } else {
    const __m512i other = _mm512_loadu_si512(hashes + 64);
    const uint32_t second = first + (uint32_t)__builtin_popcount(some & 0xff);
    high = highWords(low, other);
    _mm512_storeu_si512(call->hashes + first * 8, _mm512_maskz_compress_epi64((__mmask8)some, low));
    _mm512_storeu_si512(call->hashes + second * 8, _mm512_maskz_compress_epi64((__mmask8)(some >> 8), other));
  }
  const __mmask16 last = _mm512_cmpeq_epi32_mask(bucketsOf(form, high), _mm512_set1_epi32((int)form->bucketMask));
  const __m512i next = _mm512_add_epi32(home, _mm512_set1_epi32((int)size));
  const __m512i around = _mm512_sub_epi32(home, _mm512_set1_epi32((int)(form->bucketMask * size)));
  const __m512i behind = _mm512_mask_mov_epi32(next, last, around);
  _mm512_storeu_si512(call->rows + first, _mm512_maskz_compress_epi32(some, _mm512_add_epi32(numbers, _mm512_set1_epi32((int)row))));
  _mm512_storeu_si512(call->homes + first, _mm512_maskz_compress_epi32(some, home));
  _mm512_storeu_si512(call->seconds + first, _mm512_maskz_compress_epi32(some, behind));
  call->listed += (uint32_t)__builtin_popcount(some);
  // So many whether they are there or not: behind the list stand zeros, and asking for that line does no harm.
#pragma GCC unroll 4
  for (uint32_t i = first; i < first + FEW; i++) prefetchBucket(call->memory, call->seconds[i], form->isFar, part, K, V);
  for (uint32_t i = first + FEW; i < call->listed; i++) prefetchBucket(call->memory, call->seconds[i], form->isFar, part, K, V);
}

/** Writes what a miss gives to some of 16 rows. */
INLINE void storeMissing(uint8_t *to, uint64_t missing, uint32_t misses, uint32_t O) {
  if (O == 4) _mm512_mask_storeu_epi32(to, (__mmask16)misses, _mm512_set1_epi32((int)missing));
  if (O != 8) return;
  const __m512i value = _mm512_set1_epi64((long long)missing);
  _mm512_mask_storeu_epi64(to, (__mmask8)misses, value);
  _mm512_mask_storeu_epi64(to + 64, (__mmask8)(misses >> 8), value);
}

/**
 * Answers the rows among `count` that were missed, and lists those that the bucket behind their home may have. Of few,
 * all: their keys are mostly there, in homes that are full.
 */
INLINE void missed(
    Call *call, uint32_t row, uint32_t count, uint32_t misses, const uint8_t *hashes, const uint32_t *homes, uint32_t K, uint32_t V,
    uint32_t O) {
  storeMissing(call->values + (size_t)row * O, call->missing, misses, O);
  uint32_t open = misses;
  if (!call->spilled && (uint32_t)__builtin_popcount(misses) > FEW) {
    uint32_t full = 0;
    for (uint32_t i = 0; i < count; i++) full |= (uint32_t)isFull(call->memory + homes[i], K) << i;
    open &= full;
  }
  if (open) list(call, row, (__mmask16)open, hashes, homes, K, V, O);
}

/**
 * Probes the homes of `count` prepared rows, 16 at most, the first of which is `row`.
 * @param ahead, soon sixteen homes each to ask the second and the first cache for meanwhile; NULL where it's no use
 */
INLINE void probe(
    Call *call, uint32_t row, uint32_t count, const uint8_t *hashes, const uint32_t *homes, const uint32_t *ahead, const uint32_t *soon,
    uint32_t K, uint32_t V, uint32_t O) {
  const uint8_t *memory = call->memory;
  uint8_t *to = call->values + (size_t)row * O;
  uint64_t matches[2] = {0, 0}; // a byte for each row: bytes written one by one would come slowly as a vector
#pragma GCC unroll 16
  for (uint32_t i = 0; i < count; i++) {
    if (ahead) prefetchBucket(memory, ahead[i], 1, partOf(K, V, O), K, V);
    if (soon) prefetchBucket(memory, soon[i], 0, partOf(K, V, O), K, V);
    const uint8_t *bucket = memory + homes[i];
    const uint32_t match = numberOf(matchKeys(bucket, loadKey(hashes + i * K, K), K));
    // Some value either way, so that there is no branch.
    if (O) storeValue(to + i * O, loadValue(bucket + SLOTS * K + firstSlot(match) * V, O), O);
    matches[i / 8] |= (uint64_t)match << (i % 8 * 8);
  }
  const __mmask16 all = first16(count);
  const uint32_t misses = _mm_mask_testn_epi8_mask(all, _mm_set_epi64x((long long)matches[1], (long long)matches[0]), _mm_set1_epi8(-1));
  _mm_mask_storeu_epi8(call->found + row, all, _mm_maskz_set1_epi8((__mmask16)~misses, 1));
  call->hits += count - (uint32_t)__builtin_popcount(misses);
  if (misses) missed(call, row, count, misses, hashes, homes, K, V, O);
}

/** Looks `rows` keys up, `values` and `found` being theirs; `origin` is that of the memory's fixed part. */
INLINE uint32_t lookUp(
    uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, const uint8_t *keys, uint32_t rows, uint8_t *values, uint8_t *found,
    uint32_t K, uint32_t V, uint32_t O) {
  Call call;
  if (rows > MOST_ROWS || !readForm(memory, bytes, table, origin, BUCKETS * bucketBytes(K, V), &call.form)) return TOPHASH_REFUSED;
  const uint8_t *header = memory + table;
  call.memory = memory;
  call.values = values;
  call.found = found;
  call.counters = memory + origin + COUNTERS_AT;
  call.missing = loadValue(memory + origin + MISSING_AT, O);
  call.spilled = load32(header + SPILLED);
  call.hits = 0;
  call.open = 0;
  call.listed = 0;
  _Alignas(64) uint8_t hashes[RING * K];
  _Alignas(64) uint32_t homes[RING];
  __mmask16 zeros[RING / LANES];
  for (uint32_t row = 0; row < rows + AHEAD; row += LANES) {
    const uint32_t place = row % RING;
    prefetchRows(keys, row, K);
    prefetchRows(values, row, O);
    prefetchRows(found, row, 1);
    if (row < rows) zeros[place / LANES] = prepare(&call.form, keys + (size_t)row * K, rows - row, hashes + place * K, homes + place, K, V);
    const uint32_t *before = homes + (row - LANES) % RING;
    const int asks = row && row - LANES < rows;
    const uint32_t first = row - AHEAD;
    const uint32_t from = first % RING;
    const int takesTurns = call.form.isFar && row >= AHEAD && rows - first >= LANES;
    if (asks && !takesTurns) prefetchHomes(memory, before, call.form.isFar, partOf(K, V, O), K, V);
    if (row < AHEAD) continue;
    if (takesTurns) {
      // Where there are no others, those that were asked for.
      const uint32_t *ahead = asks ? before : homes + from;
      const uint32_t *soon = rows - first > LANES ? homes + (from + LANES) % RING : homes + from;
      probe(&call, first, LANES, hashes + from * K, homes + from, ahead, soon, K, V, O);
    } else if (rows - first >= LANES) {
      probe(&call, first, LANES, hashes + from * K, homes + from, NULL, NULL, K, V, O);
    } else {
      probe(&call, first, rows - first, hashes + from * K, homes + from, NULL, NULL, K, V, O);
    }
    if (zeros[from / LANES]) answerZeros(&call, first, zeros[from / LANES], header, O);
    if (call.listed > LISTED - LANES) lookBehind(&call, K, V, O);
  }
  lookBehind(&call, K, V, O);
  return call.hits | call.open;
}

/** Look-ups of columns in the memory, and of the caller's. */
#define LOOK_UP(K, V, O)                                                                                               \
  INLINE uint32_t rowsOf##K##x##V##x##O(                                                                               \
      uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, uint32_t keys, uint32_t rows, uint32_t values,   \
      uint32_t found) {                                                                                                \
    if (!holds(bytes, keys, rows, K) || !holds(bytes, values, rows, O) || !holds(bytes, found, rows, 1)) {             \
      return TOPHASH_REFUSED;                                                                                          \
    }                                                                                                                  \
    return lookUp(memory, bytes, table, origin, memory + keys, rows, memory + values, memory + found, K, V, O);        \
  }                                                                                                                    \
  INLINE uint32_t columnOf##K##x##V##x##O(                                                                             \
      Column memory, Column keys, Column values, Column found, uint32_t table, uint32_t origin, uint32_t first,        \
      uint32_t rows) {                                                                                                 \
    if (!has(keys, first, rows, K) || !has(values, first, rows, O) || !has(found, first, rows, 1)) {                   \
      return TOPHASH_REFUSED;                                                                                          \
    }                                                                                                                  \
    const size_t row = first;                                                                                          \
    return lookUp(                                                                                                     \
        memory.data, memory.bytes, table, origin, keys.data + row * K, rows, values.data + row * O, found.data + row,  \
        K, V, O);                                                                                                      \
  }

#define GET_ROWS(K, V)                                                                                                 \
  LOOK_UP(K, V, V)                                                                                                     \
  uint32_t tophash_getRows##K##x##V(                                                                                   \
      uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, uint32_t keys, uint32_t rows, uint32_t values,   \
      uint32_t found) {                                                                                                \
    return rowsOf##K##x##V##x##V(memory, bytes, table, origin, keys, rows, values, found);                             \
  }                                                                                                                    \
  uint32_t tophash_getColumn##K##x##V(                                                                                 \
      Column memory, Column keys, Column values, Column found, uint32_t table, uint32_t origin, uint32_t first,        \
      uint32_t rows) {                                                                                                 \
    return columnOf##K##x##V##x##V(memory, keys, values, found, table, origin, first, rows);                           \
  }

#define HAS_ROWS(K, V)                                                                                                 \
  LOOK_UP(K, V, 0)                                                                                                     \
  uint32_t tophash_hasRows##K##x##V(                                                                                   \
      uint8_t *memory, size_t bytes, uint32_t table, uint32_t origin, uint32_t keys, uint32_t rows, uint32_t found) {  \
    return rowsOf##K##x##V##x##0(memory, bytes, table, origin, keys, rows, 0, found);                                  \
  }                                                                                                                    \
  uint32_t tophash_hasColumn##K##x##V(                                                                                 \
      Column memory, Column keys, Column found, uint32_t table, uint32_t origin, uint32_t first, uint32_t rows) {      \
    return columnOf##K##x##V##x##0(memory, keys, found, found, table, origin, first, rows);                            \
  }

GET_ROWS(4, 4)
GET_ROWS(4, 8)
GET_ROWS(8, 4)
GET_ROWS(8, 8)
HAS_ROWS(4, 0)
HAS_ROWS(4, 4)
HAS_ROWS(4, 8)
HAS_ROWS(8, 0)
HAS_ROWS(8, 4)
HAS_ROWS(8, 8)
