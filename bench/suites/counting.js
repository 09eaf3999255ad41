import { NATIVES } from '../peers/index.js';
import {
  COUNTING_ROWS,
  countBytes,
  countingStreams,
  countsOf,
  createDraws,
  dropCounts,
} from '../rows/counting-rows.js';
import { atLeast } from '../targets.js';

const N = 1e7;

/** @type {import('./index.js').Suite} */
export const counting = {
  name: 'counting',
  legend: `How often each of N / 10 keys was drawn, N draws by Zipf's law with the exponent 1.1, into an empty map. tophash one by one, Map and
Object read and write; JS-OA, the hand-written table, and the peers (Go, Rust, abseil, Boost) have a way to do both at once.`,
  unit: 'ns per draw',
  counts: 'draws',
  sizes: [1e5, 1e6, N],
  contenders: {
    tophash: { label: 'tophash', own: 'loop' },
    'tophash-batch': { label: 'tophash', own: 'batch' },
    map: { label: 'Map' },
    'open-addressing': { label: 'JS-OA' },
    object: { label: 'Object', peer: true, upTo: 1e6 },
    ...NATIVES,
  },
  rows: COUNTING_ROWS,
  createSubjects: createDraws,
  streamsOf: countingStreams,
  drop: dropCounts,
  keepsakeOf: countsOf,
  bytes: countBytes,
  targets: [
    ...atLeast('count vs Map', 'count', 'tophash-batch', 'map', { [N]: 6 }),
    ...atLeast('count vs JS-OA', 'count', 'tophash-batch', 'open-addressing', { [N]: 1.3 }),
    ...atLeast('count vs Go', 'count', 'tophash-batch', 'go', { [N]: 1.3 }),
  ],
};
