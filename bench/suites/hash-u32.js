import { HASH_U32_ROWS, createColumns } from '../rows/hash-u32-rows.js';
import { atMost } from '../targets.js';

/**
 * Keys of one call: the three tiers of batches, and as many as stay in a cache of the second level with their hashes.
 */
const [FEW, SOME, MANY, CACHED] = [16, 256, 4096, 2 ** 15];

/** Cycles a key that are promised. */
const MOST = { [FEW]: 3.2, [SOME]: 1.9, [MANY]: 0.8, [CACHED]: 0.55 };

/** @type {import('./index.js').Suite} */
export const hashU32 = {
  name: 'hash-u32',
  legend: `hash.u32 of a column of N keys into a column, in cycles of the processor: time by its clock rate, which is measured by a chain of multiplications right after
each sample. loop: the same hash as a loop in JavaScript. AVX-512: through native kernels, where peers are asked for.`,
  unit: 'cycles per key',
  cycles: true,
  counts: 'keys in a call',
  sizes: [FEW, SOME, MANY, CACHED],
  contenders: {
    tophash: { label: 'tophash', own: 'batch' },
    'tophash-native': { label: 'AVX-512', kernels: true, peer: true },
    loop: { label: 'loop' },
  },
  rows: HASH_U32_ROWS,
  createSubjects: createColumns,
  targets: [
    ...atMost('hash.u32', 'hash-u32', 'tophash', MOST),
    ...atMost('hash.u32, AVX-512', 'hash-u32', 'tophash-native', MOST),
  ],
};
