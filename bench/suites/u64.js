import { words } from '../keys.js';
import { mapRows } from '../rows/map-rows.js';
import { atLeast } from '../targets.js';
import { ofMaps } from './maps.js';

/** @type {import('./index.js').Suite} */
export const u64 = {
  name: 'u64',
  ...ofMaps({
    column: words,
    Values: Float64Array,
    valuesOf: (numbers) => Float64Array.from(numbers, (number) => number + 0.5),
  }),
  legend: `u64 -> f64, random keys of the full range. Map f64: the built-in Map with the upper 53 bits as doubles; Map BigInt: with
BigInts made as the loop reads its column. JS-OA: a hand-written table on 32-bit halves.`,
  sizes: [1e5, 1e6],
  wide: true,
  contenders: {
    tophash: { label: 'tophash', own: 'loop', presizes: true },
    'tophash-batch': { label: 'tophash', own: 'batch', presizes: true },
    'map-doubles': { label: 'Map f64' },
    'map-bigints': { label: 'Map BigInt' },
    'open-addressing': { label: 'JS-OA', presizes: true },
  },
  rows: mapRows('insert', 'get-hit', 'get-miss', 'has'),
  targets: [
    ...atLeast('getAll hit vs Map f64', 'get-hit', 'tophash-batch', 'map-doubles', { 1e6: 12 }),
    ...atLeast('getAll hit vs JS-OA', 'get-hit', 'tophash-batch', 'open-addressing', { 1e6: 2 }),
  ],
};
