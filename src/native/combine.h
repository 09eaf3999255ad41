// What a batched write does to a value that is already there: assembly/batch/combine.ts.
//
// Where one of two floating-point numbers is NaN, their least and greatest are the wasm's to tell: which NaN comes out
// is the engine's choice. And -0 is less than 0, as neither VMINPD nor C's comparison has it.

#ifndef TOPHASH_COMBINE_H
#define TOPHASH_COMBINE_H

#include "bucket.h"

#define REPLACE 0u

#define ADD 1u
#define MIN 2u
#define MAX 3u
#define SIGNED 1u
#define FLOAT 2u

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

/**
 * Least or greatest of two numbers that are none of them NaN, from their bits: two that are equal differ in the sign of
 * 0 at most.
 */
INLINE uint64_t pick(uint64_t a, uint64_t b, int less, int equal, uint32_t operation) {
  if (equal) return operation == MIN ? a | b : a & b;
  return less == (operation == MIN) ? a : b;
}

/** Writes the least or greatest of two floats to `a`; 0 where one is NaN. */
INLINE int pickFloat(uint32_t *a, uint32_t b, uint32_t operation) {
  float x, y;
  __builtin_memcpy(&x, a, sizeof x);
  __builtin_memcpy(&y, &b, sizeof y);
  if (x != x || y != y) return 0;
  *a = (uint32_t)pick(*a, b, x < y, x == y, operation);
  return 1;
}

INLINE int pickDouble(uint64_t *a, uint64_t b, uint32_t operation) {
  double x, y;
  __builtin_memcpy(&x, a, sizeof x);
  __builtin_memcpy(&y, &b, sizeof y);
  if (x != x || y != y) return 0;
  *a = pick(*a, b, x < y, x == y, operation);
  return 1;
}

/** What becomes of `a` where `b` comes to it, but for {@link isPick}. Codes of no operation keep it. */
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

/** Least and greatest of floating-point numbers? */
INLINE int isPick(uint32_t how) {
  return (how & 7) == FLOAT && (how >> 3 == MIN || how >> 3 == MAX);
}

/** Combines the value at `value` into the one at `into`; 0 where that is the wasm's to do: then nothing has changed. */
INLINE int combine(const uint8_t *value, uint8_t *into, uint32_t how, uint32_t V) {
  if (V == 4) {
    uint32_t a = load32(into);
    if (!isPick(how)) a = (uint32_t)combined(a, load32(value), how, 4);
    else if (!pickFloat(&a, load32(value), how >> 3)) return 0;
    store32(into, a);
  } else if (V == 8) {
    uint64_t a = load64(into);
    if (!isPick(how)) a = combined(a, load64(value), how, 8);
    else if (!pickDouble(&a, load64(value), how >> 3)) return 0;
    store64(into, a);
  }
  return 1;
}

#endif
