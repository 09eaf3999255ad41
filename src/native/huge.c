// Large pages for a large map: advice to the system that it back a memory by pages of 2 MiB, so that random look-ups
// miss the translation cache less often. Only advice: where it is refused, nothing is different.

#include "system.h"

#define HUGE_PAGE ((uintptr_t)1 << 21)

uint32_t tophash_adviseHuge(uint8_t *memory, size_t bytes, uint32_t from, uint32_t length) {
  if (!holds(bytes, from, length, 1)) return TOPHASH_REFUSED;
  const uintptr_t start = (uintptr_t)memory + from;
  return advise(start, start + length, HUGE_PAGE, ADVICE_HUGE) ? TOPHASH_REFUSED : 0;
}
