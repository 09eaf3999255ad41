import { integers } from '../keys.js';
import { NATIVES } from '../peers/index.js';
import { mapRows } from '../rows/map-rows.js';
import { ofMaps } from './maps.js';

const N = 1_000_000;
/** Some microseconds a call are enough to know at one size and in two rows. */
const SLOW = { peer: true, upTo: 1e3, rows: ['insert', 'get-hit'] };

/** @type {import('./index.js').Suite} */
export const u32 = {
  name: 'u32',
  ...ofMaps({ column: integers, Values: Uint32Array, valuesOf: (numbers) => numbers }),
  legend: `u32 -> u32, random keys of the full range. Batches are compared with the others' loops. Map cannot be
presized: its figure there is its insert from empty. JS-OA: a hand-written table. Peers, where asked for: a plain object, the hash
maps of npm's @thi.ng/associative and megahash, and native programs: Go's map, Rust's HashMap with an Fx hasher,
abseil's flat_hash_map, Boost's unordered_flat_map.`,
  sizes: [1e3, 1e5, 1e6, 1e7],
  contenders: {
    tophash: { label: 'tophash', own: 'loop', presizes: true },
    'tophash-batch': { label: 'tophash', own: 'batch', presizes: true },
    map: { label: 'Map' },
    'open-addressing': { label: 'JS-OA', presizes: true },
    object: { label: 'Object', peer: true, upTo: 1e5 },
    'thi-ng': { label: 'thi.ng', needs: '@thi.ng/associative', ...SLOW },
    megahash: { label: 'megahash', needs: 'megahash', ...SLOW },
    ...NATIVES,
  },
  rows: mapRows('insert-presized', 'insert', 'get-hit', 'get-miss', 'has', 'iterate', 'columns', 'delete'),
  targets: [
    { label: 'getAll hit vs Map', n: N, row: 'get-hit', who: 'tophash-batch', against: 'map', wanted: 12 },
    {
      label: 'getAll hit vs JS-OA',
      n: N,
      row: 'get-hit',
      who: 'tophash-batch',
      against: 'open-addressing',
      wanted: 2.5,
    },
    { label: 'putAll from empty vs Map', n: N, row: 'insert', who: 'tophash-batch', against: 'map', wanted: 6 },
    { label: 'columns() and sum vs Map', n: N, row: 'iterate', who: 'tophash-batch', against: 'map', wanted: 2 },
    { label: 'columns() vs Map', n: N, row: 'columns', who: 'tophash-batch', against: 'map', wanted: 2 },
    { label: 'for..of vs Map', n: N, row: 'iterate', who: 'tophash', against: 'map', wanted: 0.7 },
  ],
};
