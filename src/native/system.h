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
/** Move it to large pages now (Linux 6.1). */
#define ADVICE_COLLAPSE 25

// What the system answers where it does not take the advice: not now; not there, or not known to it.
#define ERROR_AGAIN 11
#define ERROR_INVALID 22

#if defined(__linux__) && defined(__x86_64__)

INLINE long systemCall(long number, uintptr_t a, uintptr_t b, uintptr_t c) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}

/**
 * Advises on what lies between two addresses, in whole pages of `page` bytes: what stands around it is somebody else's.
 * Returns 0 where the advice is taken, else the system's error.
 */
INLINE int advise(uintptr_t from, uintptr_t to, uintptr_t page, int advice) {
  const long madvise = 28;
  const uintptr_t start = (from + page - 1) & ~(page - 1);
  const uintptr_t end = to & ~(page - 1);
  return start < end ? (int)-systemCall(madvise, start, end - start, (uintptr_t)advice) : 0;
}

/** Has who runs the system switched large pages off? Collapsing does not ask. */
INLINE int areLargePagesOff(void) {
  const long read = 0, open = 2, close = 3;
  char choice[64] = {0}; // "always madvise [never]"
  const long file = systemCall(open, (uintptr_t)"/sys/kernel/mm/transparent_hugepage/enabled", 0, 0);
  if (file < 0) return 1; // a system without large pages, or one that does not tell
  const long length = systemCall(read, (uintptr_t)file, (uintptr_t)choice, sizeof choice);
  systemCall(close, (uintptr_t)file, 0, 0);
  for (long at = 0; at + 2 < length; at++) {
    if (choice[at] == '[') return choice[at + 1] == 'n';
  }
  return 1;
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

INLINE int areLargePagesOff(void) {
  return 1;
}

INLINE uint64_t nanoseconds(void) {
  return 0;
}

#endif

#endif
