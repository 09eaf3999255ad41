// What a batched write does to a value that is already there: assembly/batch/combine.ts.
//
// Least and greatest of floating-point numbers are not here: neither VMINPD nor C's comparison treats NaN and -0 as wasm does, and which
// NaN comes out is the engine's choice.

#ifndef TOPHASH_COMBINE_H
#define TOPHASH_COMBINE_H

#include "bucket.h"

#define REPLACE 0u

#define ADD 1u
#define MIN 2u
#define MAX 3u
#define SIGNED 1u
#define FLOAT 2u

/** Is there a kernel for this code? */
INLINE int isCombined(uint32_t how) {
  return (how >> 3) < MIN || (how & 7) != FLOAT;
}

INLINE uint64_t combineUnsigned(uint64_t a, uint64_t b, uint32_t operation) {
  return operation == MIN ? (a < b ? a : b) : (a > b ? a : b);
}

INLINE int64_t combineSigned(int64_t a, int64_t b, uint32_t operation) {
  return operation == MIN ? (a < b ? a : b) : (a > b ? a : b);
}

INLINE uint32_t addFloats(uint32_t a, uint32_t b) {
  float x, y;
  __builtin_memcpy(&x, &a, sizeof x);
  __builtin_memcpy(&y, &b, sizeof y);
  x += y;
  __builtin_memcpy(&a, &x, sizeof x);
  return a;
}

INLINE uint64_t addDoubles(uint64_t a, uint64_t b) {
  double x, y;
  __builtin_memcpy(&x, &a, sizeof x);
  __builtin_memcpy(&y, &b, sizeof y);
  x += y;
  __builtin_memcpy(&a, &x, sizeof x);
  return a;
}

/** What becomes of `a` where `b` comes to it. Codes of no operation keep it. */
INLINE uint64_t combined(uint64_t a, uint64_t b, uint32_t how, uint32_t V) {
  const uint32_t operation = how >> 3;
  const uint32_t kind = how & 7;
  if (operation == ADD) {
    if (kind == FLOAT) return V == 4 ? addFloats((uint32_t)a, (uint32_t)b) : addDoubles(a, b);
    return a + b;
  }
  if (operation != MIN && operation != MAX) return a;
  if (kind != SIGNED) return combineUnsigned(a, b, operation);
  if (V == 4) return (uint64_t)combineSigned((int32_t)a, (int32_t)b, operation);
  return (uint64_t)combineSigned((int64_t)a, (int64_t)b, operation);
}

/** Combines the value at `value` into the one at `into`. */
INLINE void combine(const uint8_t *value, uint8_t *into, uint32_t how, uint32_t V) {
  if (V == 4) store32(into, (uint32_t)combined(load32(into), load32(value), how, 4));
  else if (V == 8) store64(into, combined(load64(into), load64(value), how, 8));
}

#endif
