// How the native kernels are compiled. Nothing of it needs a C library: kernels call nothing.

/** Flags for every file of kernels. */
export const KERNEL_FLAGS = [
  '-std=c11',
  '-O2',
  '-fno-tree-vectorize', // what is to be vectors is written so: gcc makes vectors of single bits of unrolled rows
  '-Wall',
  '-Wextra',
  '-Werror',
  '-ffreestanding',
  '-fPIC',
  '-fvisibility=hidden',
  '-fno-stack-protector',
  '-fno-asynchronous-unwind-tables',
  '-fno-math-errno',
  '-ffp-contract=off', // a multiplication and an addition round twice in wasm
];

/** What the processor has where a kernel is called. */
export const PROCESSOR_FLAGS = [
  '-mavx512f',
  '-mavx512cd',
  '-mavx512bw',
  '-mavx512dq',
  '-mavx512vl',
  '-mbmi',
  '-mbmi2',
  '-mlzcnt',
  '-mpopcnt',
  '-mprefer-vector-width=512',
];

/** The files of kernels, in src/native. */
export const KERNEL_FILES = [
  'hash.c',
  'rows.c',
  'group.c',
  'get.c',
  'put.c',
  'get-bytes.c',
  'put-bytes.c',
  'select.c',
  'pages.c',
];
