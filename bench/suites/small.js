import { SMALL_ROWS, createSmall, smallBytesPerEntry, smallOf } from '../rows/small-rows.js';
import { atLeast } from '../targets.js';

const WANTED = { 10: 2, 100: 3, 1000: 3 };

/** @type {import('./index.js').Suite} */
export const small = {
  name: 'small',
  contendersOf: 'u32',
  legend: `Small maps one after the other, u32 -> u32: made, filled with N entries, asked for all of them in another order, dropped (by dispose, where there is
one). JS-OA: the hand-written table.`,
  unit: 'ns per entry',
  counts: 'entries',
  sizes: [10, 100, 1000],
  // A round makes 200 maps of 1,000 entries: putAll and getAll were called 600 times after three, and not yet compiled.
  practice: 12,
  contenders: {
    tophash: { label: 'tophash', own: 'loop' },
    'tophash-batch': { label: 'tophash', own: 'batch' },
    map: { label: 'Map' },
    'open-addressing': { label: 'JS-OA' },
    object: { label: 'Object', peer: true },
  },
  rows: SMALL_ROWS,
  createSubjects: createSmall,
  keepsakeOf: smallOf,
  bytesPerEntry: smallBytesPerEntry,
  targets: [
    ...atLeast('a life, by batches, vs Map', 'life', 'tophash-batch', 'map', WANTED),
    ...atLeast('a life, one by one, vs Map', 'life', 'tophash', 'map', WANTED),
  ],
};
