// The native kernels: what they take and what they answer. Each does what the function of the same name in assembly/
// does, to the bit.
//
// A kernel works on a wasm memory, `bytes` long. All else that it takes are offsets into that memory, lengths and small
// numbers, and it trusts none of them: each is read once, and checked in 64-bit arithmetic before anything is read or
// written through it. A kernel allocates nothing, keeps no state, calls nothing (no libc), and may run in several
// threads, each on a memory of its own.
//
// The imports of the wasm's namespace `tophash_native` have the names of this list, and take the arguments behind
// `bytes`.

#ifndef TOPHASH_KERNELS_H
#define TOPHASH_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// What the processor and the system offer, as bits of the answer of `caps`.

/**
 * AVX-512 F, CD, BW, DQ and VL, BMI1, BMI2, LZCNT and POPCNT, and the system saves the registers: what every kernel
 * needs.
 */
#define TOPHASH_AVX512 1u
/** AVX-512 VPOPCNTDQ. */
#define TOPHASH_POPCNTDQ 2u

/**
 * A kernel's answer where it could not do its work: it may have written some of its output, but no table. The wasm does
 * all of it.
 */
#define TOPHASH_REFUSED 0xffffffffu

/**
 * X(name, arguments): the kernels. `table` is the address of a table's header, `origin` that of the memory's fixed part
 * (ORIGIN in assembly/memory/layout.ts). K of the names is the width of a key, V that of a value: 0 for a set.
 *
 *   layout()                                            TOPHASH_LAYOUT of layout.h: kernels and wasm must agree on it
 *   hashU32, hashU64(keys, count, seed, out)            0
 *   hashRows, hashRowsLow(keys, offsets, rows, seed, out)  0; keys of bytes: offsets count from `keys`, modulo 2^32
 *   getRowsKxV(table, origin, keys, rows, values, found)   hits, and TOPHASH_OPEN where some flags are TOPHASH_UNKNOWN
 *   hasRowsKxV(table, origin, keys, rows, found)        likewise
 *   putRowsKxV(table, origin, keys, values, rows, how)  rows written, and the pending ones of the last block:
 *                                                       TOPHASH_ROWS_BITS
 *   getByteRows(table, origin, keys, rows, values, found)  as getRows, of byte keys: their offsets stand at OFFSETS
 *   hasByteRows(table, origin, keys, rows, found)       likewise
 *   putByteRows(table, origin, keys, values, first, end, how)  rows written from row `first` on, and TOPHASH_OPEN where
 *                                                       the next one is the wasm's
 *   selectRows4, selectRows8(keys, rows, found, wanted) keys selected
 *   adviseLarge(from, length)                           0, or TOPHASH_REFUSED where the system does not take the advice
 *   backMemory(from, length, large)                     has the system back memory now, if `large` is not 0 by large
 *                                                       pages: 1 where these came slowly, and the rest is of small
 *                                                       ones, else 0; TOPHASH_REFUSED where it does not do it
 *   collapsePage(from, length)                          has the system move the first large page that is whole in it to
 *                                                       such a page: 0, or TOPHASH_REFUSED where there is none to give
 */
#define TOPHASH_KERNELS(X) \
  X(layout, 0)             \
  X(hashU32, 4)            \
  X(hashU64, 4)            \
  X(hashRows, 5)           \
  X(hashRowsLow, 5)        \
  X(getRows4x4, 6)         \
  X(getRows4x8, 6)         \
  X(getRows8x4, 6)         \
  X(getRows8x8, 6)         \
  X(hasRows4x0, 5)         \
  X(hasRows4x4, 5)         \
  X(hasRows4x8, 5)         \
  X(hasRows8x0, 5)         \
  X(hasRows8x4, 5)         \
  X(hasRows8x8, 5)         \
  X(putRows4x0, 6)         \
  X(putRows4x4, 6)         \
  X(putRows4x8, 6)         \
  X(putRows8x0, 6)         \
  X(putRows8x4, 6)         \
  X(putRows8x8, 6)         \
  X(getByteRows, 6)        \
  X(hasByteRows, 5)        \
  X(putByteRows, 7)        \
  X(selectRows4, 4)        \
  X(selectRows8, 4)        \
  X(adviseLarge, 2)        \
  X(backMemory, 3)         \
  X(collapsePage, 2)

/** Look-ups: a row that the kernel leaves to the wasm has this flag, and the answer of the kernel this bit. */
#define TOPHASH_UNKNOWN 2u
#define TOPHASH_OPEN 0x80000000u

/**
 * Writes: the low bits of the answer are the rows that the kernel is done with, whole blocks unless it is all of them.
 * The others are the number of rows of the last of these blocks that are left to the wasm, listed at PENDING.
 */
#define TOPHASH_ROWS_BITS 24

#define TOPHASH_ARGUMENTS_0
#define TOPHASH_ARGUMENTS_2 , uint32_t, uint32_t
#define TOPHASH_ARGUMENTS_3 TOPHASH_ARGUMENTS_2, uint32_t
#define TOPHASH_ARGUMENTS_4 TOPHASH_ARGUMENTS_2 TOPHASH_ARGUMENTS_2
#define TOPHASH_ARGUMENTS_5 TOPHASH_ARGUMENTS_4, uint32_t
#define TOPHASH_ARGUMENTS_6 TOPHASH_ARGUMENTS_4 TOPHASH_ARGUMENTS_2
#define TOPHASH_ARGUMENTS_7 TOPHASH_ARGUMENTS_6, uint32_t

#define TOPHASH_DECLARE(name, arguments) \
  uint32_t tophash_##name(uint8_t *memory, size_t bytes TOPHASH_ARGUMENTS_##arguments);
TOPHASH_KERNELS(TOPHASH_DECLARE)
#undef TOPHASH_DECLARE

/** A column of the caller's, that lies where it lies: no other column of the call, nor the memory, has a byte of it. */
typedef struct {
  uint8_t *data;
  size_t bytes;
} Column;

/**
 * How hashColumn8 reads and writes: the keys are doubles, to be made canonical first; the low words of the hashes alone
 * are wanted.
 */
#define TOPHASH_CANONICAL 1u
#define TOPHASH_NARROW 2u

/**
 * X(name, columns, arguments): kernels that read and write the caller's columns, where a copy through the staging would
 * take longer than the work. The host calls them, never the wasm. Those of tables have the memory for their first
 * column. `first` and `rows` say which rows of the columns; answers are those of the kernels above, but that a look-up
 * of integer keys with TOPHASH_OPEN is to be done anew by the wasm.
 *
 *   hashColumn4(keys, out; rows, seed), hashColumn8(keys, out; rows, seed, how)     0; `out` may be `keys`
 *   hashStrings(bytes, offsets, out; rows, seed, width)                             0; `width` of a hash, 4 or 8
 *   groupColumn(hashes, offsets, order; rows, bits)                                 0; 2^bits + 1 offsets
 *   getColumnKxV(memory, keys, values, found; table, origin, first, rows)
 *   hasColumnKxV(memory, keys, found; table, origin, first, rows)
 *   putColumnKxV(memory, keys, values; table, origin, first, rows, how)             a set has its keys for values
 *   getByteColumn(memory, bytes, offsets, values, found; table, origin, first, rows)  answers as getByteRows
 *   hasByteColumn(memory, bytes, offsets, found; table, origin, first, rows)
 *   putByteColumn(memory, bytes, offsets, values; table, origin, first, rows, how)
 */
#define TOPHASH_COLUMN_KERNELS(X) \
  X(hashColumn4, 2, 2)            \
  X(hashColumn8, 2, 3)            \
  X(hashStrings, 3, 3)            \
  X(groupColumn, 3, 2)            \
  X(getColumn4x4, 4, 4)           \
  X(getColumn4x8, 4, 4)           \
  X(getColumn8x4, 4, 4)           \
  X(getColumn8x8, 4, 4)           \
  X(hasColumn4x0, 3, 4)           \
  X(hasColumn4x4, 3, 4)           \
  X(hasColumn4x8, 3, 4)           \
  X(hasColumn8x0, 3, 4)           \
  X(hasColumn8x4, 3, 4)           \
  X(hasColumn8x8, 3, 4)           \
  X(putColumn4x0, 3, 5)           \
  X(putColumn4x4, 3, 5)           \
  X(putColumn4x8, 3, 5)           \
  X(putColumn8x0, 3, 5)           \
  X(putColumn8x4, 3, 5)           \
  X(putColumn8x8, 3, 5)           \
  X(getByteColumn, 5, 4)          \
  X(hasByteColumn, 4, 4)          \
  X(putByteColumn, 4, 5)

#define TOPHASH_COLUMNS_2 Column, Column
#define TOPHASH_COLUMNS_3 TOPHASH_COLUMNS_2, Column
#define TOPHASH_COLUMNS_4 TOPHASH_COLUMNS_3, Column
#define TOPHASH_COLUMNS_5 TOPHASH_COLUMNS_4, Column

#define TOPHASH_DECLARE(name, columns, arguments) \
  uint32_t tophash_##name(TOPHASH_COLUMNS_##columns TOPHASH_ARGUMENTS_##arguments);
TOPHASH_COLUMN_KERNELS(TOPHASH_DECLARE)
#undef TOPHASH_DECLARE

#endif
