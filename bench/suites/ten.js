import { integers } from '../keys.js';
import { mapRows } from '../rows/map-rows.js';
import { atLeast } from '../targets.js';
import { ofMaps } from './maps.js';

const MAPS = 10;

/** @type {import('./index.js').Suite} */
export const ten = {
  name: 'ten',
  ...ofMaps({ column: integers, Values: Uint32Array, valuesOf: (numbers) => numbers }, MAPS),
  contendersOf: 'u32',
  legend: `Ten maps alive, u32 -> u32, N entries each; all are asked by one call site, a map for 100,000 look-ups, then the next one.
JS-OA: the hand-written table.`,
  sizes: [1e3, 1e5, 1e6],
  contenders: {
    tophash: { label: 'tophash', own: 'loop' },
    'tophash-batch': { label: 'tophash', own: 'batch' },
    map: { label: 'Map' },
    'open-addressing': { label: 'JS-OA' },
  },
  rows: mapRows('get-hit'),
  targets: [
    ...atLeast('get hit vs Map', 'get-hit', 'tophash', 'map', { 1e3: 1.2, 1e5: 3, 1e6: 4 }),
    ...atLeast('get hit vs JS-OA', 'get-hit', 'tophash', 'open-addressing', { 1e5: 0.8, 1e6: 0.8 }),
  ],
};
