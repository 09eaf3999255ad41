import { integers } from '../keys.js';
import { NATIVES } from '../peers/index.js';
import { mapRows } from '../rows/map-rows.js';
import { atLeast } from '../targets.js';
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
maps of npm's @thi.ng/associative and megahash, tophash's batches through its native kernels (AVX-512; before look-ups \`maintain\` had
idle time to move the map to large pages), and native programs: Go's map, Rust's HashMap with an Fx hasher,
abseil's flat_hash_map, Boost's unordered_flat_map.`,
  sizes: [1e3, 1e5, 1e6, 1e7],
  contenders: {
    tophash: { label: 'tophash', own: 'loop', presizes: true },
    'tophash-batch': { label: 'tophash', own: 'batch', presizes: true },
    'tophash-native': { label: 'AVX-512', kernels: true, peer: true, presizes: true },
    map: { label: 'Map' },
    'open-addressing': { label: 'JS-OA', presizes: true },
    object: { label: 'Object', peer: true, upTo: 1e5 },
    'thi-ng': { label: 'thi.ng', needs: '@thi.ng/associative', ...SLOW },
    megahash: { label: 'megahash', needs: 'megahash', ...SLOW },
    ...NATIVES,
  },
  rows: mapRows('insert-presized', 'insert', 'get-hit', 'get-miss', 'has', 'iterate', 'columns', 'delete'),
  targets: [
    ...atLeast('getAll hit vs Map', 'get-hit', 'tophash-batch', 'map', { 1e3: 2.5, 1e5: 10, [N]: 15, 1e7: 18 }),
    ...atLeast('getAll hit vs JS-OA', 'get-hit', 'tophash-batch', 'open-addressing', { 1e5: 2.5, [N]: 3, 1e7: 2.7 }),
    ...atLeast('getAll hit vs Rust', 'get-hit', 'tophash-batch', 'rust', { [N]: 1 }),
    ...atLeast('getAll hit vs abseil', 'get-hit', 'tophash-batch', 'abseil', { 1e7: 1.8 }),
    ...atLeast('getAll hit, AVX-512, vs Rust', 'get-hit', 'tophash-native', 'rust', { [N]: 2 }),
    ...atLeast('getAll hit, AVX-512, vs abseil', 'get-hit', 'tophash-native', 'abseil', { [N]: 2, 1e7: 4 }),
    ...atLeast('getAll miss vs Map', 'get-miss', 'tophash-batch', 'map', { [N]: 12 }),
    ...atLeast('getAll miss vs JS-OA', 'get-miss', 'tophash-batch', 'open-addressing', { [N]: 2.5 }),
    ...atLeast('putAll presized vs Map', 'insert-presized', 'tophash-batch', 'map', { 1e5: 10, [N]: 14, 1e7: 16 }),
    ...atLeast('putAll presized vs JS-OA', 'insert-presized', 'tophash-batch', 'open-addressing', {
      1e5: 3,
      [N]: 2.5,
      1e7: 2.2,
    }),
    ...atLeast('putAll from empty vs Map', 'insert', 'tophash-batch', 'map', { 1e3: 2, 1e5: 6, [N]: 8, 1e7: 9 }),
    ...atLeast('putAll from empty vs JS-OA', 'insert', 'tophash-batch', 'open-addressing', {
      1e3: 1.5,
      1e5: 4,
      [N]: 2.2,
      1e7: 1.8,
    }),
    ...atLeast('set from empty vs Map', 'insert', 'tophash', 'map', { [N]: 4 }),
    ...atLeast('delete vs Map', 'delete', 'tophash', 'map', { [N]: 4 }),
    ...atLeast('columns() vs Map', 'columns', 'tophash-batch', 'map', { [N]: 2 }),
    ...atLeast('for..of vs Map', 'iterate', 'tophash', 'map', { [N]: 0.7 }),
  ],
};
