// Advice to the kernel of Linux on memory, and its clock, without a C library. Elsewhere there is no advice to be given.

#ifndef TOPHASH_SYSTEM_H
#define TOPHASH_SYSTEM_H

#include "memory.h"

/** Bytes of a page of the system, and of a large one. */
#define SMALL_PAGE ((uintptr_t)1 << 12)
#define LARGE_PAGE ((uintptr_t)1 << 21)

/** Back it by large pages. */
#define ADVICE_LARGE 14
/** Back it by small ones, whatever was said before. */
#define ADVICE_SMALL 15
/** Back it now: the pages that it lacks at once, not one by one as they are touched. */
#define ADVICE_POPULATE 23

#if defined(__linux__) && defined(__x86_64__)

INLINE long systemCall(long number, uintptr_t a, uintptr_t b, uintptr_t c) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}

/**
 * Advises on what lies between two addresses, in whole pages of `page` bytes: what stands around it is somebody else's.
 * Returns 0 where the advice is taken.
 */
INLINE int advise(uintptr_t from, uintptr_t to, uintptr_t page, int advice) {
  const long madvise = 28;
  const uintptr_t start = (from + page - 1) & ~(page - 1);
  const uintptr_t end = to & ~(page - 1);
  return start < end && systemCall(madvise, start, end - start, (uintptr_t)advice) != 0;
}

/** Time that only goes forward. */
INLINE uint64_t nanoseconds(void) {
  const long clock_gettime = 228;
  const uintptr_t monotonic = 1;
  int64_t time[2] = {0, 0};
  systemCall(clock_gettime, monotonic, (uintptr_t)time, 0);
  return (uint64_t)time[0] * 1000000000u + (uint64_t)time[1];
}

#else

INLINE int advise(uintptr_t from, uintptr_t to, uintptr_t page, int advice) {
  (void)from, (void)to, (void)page, (void)advice;
  return 1;
}

INLINE uint64_t nanoseconds(void) {
  return 0;
}

#endif

#endif
