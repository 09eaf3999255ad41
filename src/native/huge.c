// Large pages for a large map: advice to the kernel of Linux that it back a memory by pages of 2 MiB, so that random look-ups miss the
// translation cache less often. Only advice: where it is refused, nothing is different.

#include "memory.h"

#define HUGE_PAGE (UINT64_C(1) << 21)

#if defined(__linux__) && defined(__x86_64__)

#define SYS_MADVISE 28
#define MADV_HUGEPAGE 14

/** madvise, without a C library. */
static long adviseSystem(uintptr_t from, size_t length, int advice) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(SYS_MADVISE), "D"(from), "S"(length), "d"(advice) : "rcx", "r11", "memory");
  return result;
}

uint32_t tophash_adviseHuge(uint8_t *memory, size_t bytes, uint32_t from, uint32_t length) {
  if (!holds(bytes, from, length, 1)) return TOPHASH_REFUSED;
  // Whole pages inside the range alone: what stands around it is somebody else's.
  const uintptr_t start = ((uintptr_t)memory + from + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1);
  const uintptr_t end = ((uintptr_t)memory + from + length) & ~(uintptr_t)(HUGE_PAGE - 1);
  if (start >= end) return 0;
  return adviseSystem(start, end - start, MADV_HUGEPAGE) ? TOPHASH_REFUSED : 0;
}

#else

uint32_t tophash_adviseHuge(uint8_t *memory, size_t bytes, uint32_t from, uint32_t length) {
  (void)memory;
  (void)bytes;
  (void)from;
  (void)length;
  return TOPHASH_REFUSED;
}

#endif
