import { SNAPSHOT_ROWS, createSources } from '../rows/snapshot-rows.js';

const N = 1e7;

/** @type {import('./index.js').Suite} */
export const snapshot = {
  name: 'snapshot',
  legend: `A map of N random u32 to u32: restored from its snapshot, in an array, against putAll of the columns into an empty map. Both touch new
memory for the first time.`,
  unit: 'ns per entry',
  counts: 'entries',
  sizes: [1e5, 1e6, N],
  contenders: {
    restore: { label: 'restore', own: 'batch' },
    'put-all': { label: 'putAll' },
  },
  rows: SNAPSHOT_ROWS,
  createSubjects: createSources,
  targets: [{ label: 'restore vs putAll', n: N, row: 'restore', who: 'restore', against: 'put-all', wanted: 5 }],
};
