// What a kernel may touch of a wasm memory.

#ifndef TOPHASH_MEMORY_H
#define TOPHASH_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#include "kernels.h"
#include "vector.h"

/**
 * Do `count` elements of `width` bytes lie in a memory? A wasm memory has 4 GiB at most: no address in it needs more
 * than 32 bits.
 */
INLINE int holds(size_t bytes, uint32_t from, uint64_t count, uint32_t width) {
  return from + count * width <= bytes && bytes <= (UINT64_C(1) << 32);
}

/** Has a column elements `first` to `first + count - 1`, of `width` bytes? */
INLINE int has(Column column, uint64_t first, uint64_t count, uint32_t width) {
  return (first + count) * width <= column.bytes;
}

#endif
