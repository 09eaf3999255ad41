// Pages of the system for the memory of large maps: large ones, so that random look-ups miss the translation cache less
// often, and all at once. Only advice: where it is refused, nothing is different.

#include "system.h"

uint32_t tophash_adviseLarge(uint8_t *memory, size_t bytes, uint32_t from, uint32_t length) {
  if (!holds(bytes, from, length, 1)) return TOPHASH_REFUSED;
  const uintptr_t start = (uintptr_t)memory + from;
  return advise(start, start + length, LARGE_PAGE, ADVICE_LARGE) ? TOPHASH_REFUSED : 0;
}

uint32_t tophash_collapsePage(uint8_t *memory, size_t bytes, uint32_t from, uint32_t length) {
  if (!holds(bytes, from, length, 1) || areLargePagesOff()) return TOPHASH_REFUSED;
  const uintptr_t start = ((uintptr_t)memory + from + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
  const uintptr_t end = start + LARGE_PAGE;
  if (end > (uintptr_t)memory + from + length) return 0;
  advise(start, end, LARGE_PAGE, ADVICE_LARGE); // what was advised against is not collapsed
  const int error = advise(start, end, LARGE_PAGE, ADVICE_COLLAPSE);
  return error == 0 || error == ERROR_AGAIN || error == ERROR_INVALID ? 0 : TOPHASH_REFUSED;
}

/**
 * What a large page may take: longer, and small ones are cheaper. Mostly it takes 0.1 to 0.4 ms; but 5 where a virtual
 * machine has never touched the memory, which its host then gives it bit by bit, while it has touched memory in small
 * pieces.
 */
#define MOST_NANOSECONDS 1000000u

uint32_t tophash_backMemory(uint8_t *memory, size_t bytes, uint32_t from, uint32_t length, uint32_t large) {
  if (!holds(bytes, from, length, 1)) return TOPHASH_REFUSED;
  uintptr_t at = (uintptr_t)memory + from;
  const uintptr_t end = at + length;
  int isSlow = 0;
  if (large && !advise(at, end, LARGE_PAGE, ADVICE_LARGE)) {
    while (at < end && !isSlow) {
      const uintptr_t boundary = (at | (LARGE_PAGE - 1)) + 1;
      const uintptr_t next = boundary < end ? boundary : end;
      const uint64_t start = nanoseconds();
      if (advise(at, next, SMALL_PAGE, ADVICE_POPULATE)) return TOPHASH_REFUSED;
      isSlow = nanoseconds() - start > MOST_NANOSECONDS;
      at = next;
    }
  }
  if (isSlow) advise(at, end, SMALL_PAGE, ADVICE_SMALL);
  return advise(at, end, SMALL_PAGE, ADVICE_POPULATE) ? TOPHASH_REFUSED : (uint32_t)isSlow;
}
