// What the processor and the system offer. CPUID and XGETBV are asked themselves, as `__builtin_cpu_supports` needs a
// library of the compiler's.

#ifndef TOPHASH_DETECT_H
#define TOPHASH_DETECT_H

#include <stdint.h>

#include "kernels.h"

/** In the answer of `caps`: the processor has what the kernels need, and the system does not save the registers. */
#define TOPHASH_UNSAVED 0x40000000u

#ifdef TOPHASH_EMULATE

static uint32_t detect(void) {
  return TOPHASH_AVX512;
}

#else

#include <cpuid.h>

#define OSXSAVE (1u << 27)
#define POPCNT (1u << 23)
/** XMM, YMM, opmask, and both parts of ZMM. */
#define SAVED_REGISTERS 0xe6u

// Of leaf 7.
#define BMI1 (1u << 3)
#define BMI2 (1u << 8)
#define AVX512_F (1u << 16)
#define AVX512_DQ (1u << 17)
#define AVX512_CD (1u << 28)
#define AVX512_BW (1u << 30)
#define AVX512_VL (1u << 31)
#define NEEDED (BMI1 | BMI2 | AVX512_F | AVX512_DQ | AVX512_CD | AVX512_BW | AVX512_VL)
#define VPOPCNTDQ (1u << 14)
// Of leaf 0x80000001.
#define LZCNT (1u << 5)

/** The registers that the system saves. */
static uint32_t savedRegisters(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

/** Bits of kernels.h, or TOPHASH_UNSAVED, or 0. */
static uint32_t detect(void) {
  uint32_t a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  const int asks = (c & OSXSAVE) != 0;
  if (!(c & POPCNT)) return 0;
  if (!__get_cpuid(0x80000001u, &a, &b, &c, &d) || !(c & LZCNT)) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (b & NEEDED) != NEEDED) return 0;
  if (!asks || (savedRegisters() & SAVED_REGISTERS) != SAVED_REGISTERS) return TOPHASH_UNSAVED;
  return TOPHASH_AVX512 | (c & VPOPCNTDQ ? TOPHASH_POPCNTDQ : 0);
}

#endif
#endif
