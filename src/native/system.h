// Advice to the kernel of Linux on memory, without a C library. Elsewhere there is none to be given.

#ifndef TOPHASH_SYSTEM_H
#define TOPHASH_SYSTEM_H

#include "memory.h"

/** Back it by pages of 2 MiB. */
#define ADVICE_HUGE 14
/** Back it now: the pages that it lacks at once, not one by one as they are touched. */
#define ADVICE_POPULATE 23

/**
 * Advises on what lies between two addresses, in whole pages of `page` bytes: what stands around it is somebody else's.
 * Returns 0 where the advice is taken.
 */
INLINE int advise(uintptr_t from, uintptr_t to, uintptr_t page, int advice) {
#if defined(__linux__) && defined(__x86_64__)
  const uintptr_t start = (from + page - 1) & ~(page - 1);
  const uintptr_t end = to & ~(page - 1);
  if (start >= end) return 0;
  long result;
  const long madvise = 28;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(madvise), "D"(start), "S"(end - start), "d"((long)advice)
                   : "rcx", "r11", "memory");
  return result != 0;
#else
  (void)from, (void)to, (void)page, (void)advice;
  return 1;
#endif
}

#endif
