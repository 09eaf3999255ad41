import { HASH_ROWS, createData } from '../rows/hash-rows.js';

/** Bytes that stay in a cache of the second level, and bytes that don't stay in any. */
const HOT = 2 ** 18;
const COLD = 2 ** 26;

/** @type {import('./index.js').Suite} */
export const hash = {
  name: 'hash',
  legend: `hash.strings of a ByteColumn (bytes) and of a string[] (strings); N bytes of random ASCII, of which rows of 8 bytes take 16 MB at most.
The others hash one row a call, of 65,536 rows at most that are made before and stay in the cache, bytes as arrays of their own.
xx64, xx32: xxhash-wasm, h64 and h32 (h64Raw and h32Raw for bytes). hw3, hw64: hash-wasm, one hasher of xxhash3 or xxhash64: init, update, digest.`,
  unit: 'GB/s',
  rate: true,
  counts: 'bytes',
  sizes: [HOT, COLD],
  wide: true,
  contenders: {
    tophash: { label: 'tophash', own: 'batch' },
    'xxhash-wasm-64': { label: 'xx64', needs: 'xxhash-wasm' },
    'xxhash-wasm-32': { label: 'xx32', needs: 'xxhash-wasm' },
    'hash-wasm-3': { label: 'hw3', needs: 'hash-wasm' },
    'hash-wasm-64': { label: 'hw64', needs: 'hash-wasm' },
  },
  rows: HASH_ROWS,
  createSubjects: createData,
  targets: [HOT, COLD].flatMap((n) => [
    { label: '32 B, bytes', n, row: 'bytes-32', who: 'tophash', wanted: 3.5 },
    { label: '4096 B, bytes', n, row: 'bytes-4096', who: 'tophash', wanted: 15 },
  ]),
};
