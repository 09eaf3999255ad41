import { SET_ROWS, createPairs, dropSets, setOf } from '../rows/set-rows.js';

/** @type {import('./index.js').Suite} */
export const set = {
  name: 'set',
  legend: `Two sets of N random u32 each, half of which both have. Set: the built-in one with loops (new Set of the one, add the other; has and
add).`,
  unit: 'ns per key of both',
  counts: 'keys each',
  sizes: [1e6],
  contenders: { tophash: { label: 'tophash', own: 'batch' }, set: { label: 'Set' } },
  rows: SET_ROWS,
  createSubjects: createPairs,
  drop: dropSets,
  keepsakeOf: setOf,
  targets: [],
};
