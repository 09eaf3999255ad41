import { DEVIATION_ROWS, createSkewed, dropSkewed } from '../rows/deviation-rows.js';
import { mapBytes, mapBytesPerEntry } from '../rows/map-rows.js';

/** @type {import('./index.js').Suite} */
export const deviation = {
  name: 'deviation',
  legend: `getAll over the deviation of bucket loads, u32 -> u32: keys chosen by their hash, so that one half of the buckets of a page gets so many percent more
than the mean, the other half so many less. JS-OA, the hand-written table, has other buckets, and random ones.`,
  unit: 'ns per operation',
  counts: 'entries',
  sizes: [1e6],
  contenders: { 'tophash-batch': { label: 'tophash', own: 'batch' }, 'open-addressing': { label: 'JS-OA' } },
  rows: DEVIATION_ROWS,
  createSubjects: createSkewed,
  drop: dropSkewed,
  bytes: mapBytes,
  bytesPerEntry: mapBytesPerEntry,
  targets: [],
};
