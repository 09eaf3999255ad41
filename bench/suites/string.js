import { texts } from '../keys.js';
import { mapRows } from '../rows/map-rows.js';
import { ofMaps } from './maps.js';

/** @typedef {import('./index.js').Target} Target */

/** @type {import('./index.js').Suite} */
export const string = {
  name: 'string',
  ...ofMaps({ column: texts, Values: Uint32Array, valuesOf: (numbers) => numbers }),
  legend: `string -> u32, keys of 16 to 48 bytes (32 on average), random ASCII. bytes: putAll and getAll of a ByteColumn. string[], fresh: strings
made right before each sample, untimed, flat, which V8 has not hashed yet; same: the very objects that the map was filled with,
hashed. AVX-512: bytes, through native kernels, where peers are asked for. decode: Map for a program that has bytes, which makes each string as it goes (buffer.toString), timed; slice: which decodes all
bytes at once and slices, right for ASCII only. Bytes allocated and kept: JavaScript heap, array buffers and wasm memory; what the
contender was given is there before and not counted, for fresh, same and string[] the strings, for bytes, decode and slice the bytes.`,
  sizes: [1e5, 1e6],
  wide: true,
  contenders: {
    'tophash-batch': { label: 'bytes', own: 'batch', note: 'bytes', presizes: true },
    'tophash-native': { label: 'AVX-512', kernels: true, peer: true, presizes: true },
    'tophash-strings': { label: 'string[]', own: 'batch', note: 'string[]', presizes: true },
    tophash: { label: 'fresh', own: 'loop', note: 'fresh', presizes: true },
    'tophash-same': { label: 'same', own: 'loop', note: 'same', presizes: true },
    'map-fresh': { label: 'Map fresh' },
    'map-same': { label: 'Map same' },
    'map-decode': { label: 'Map decode' },
    'map-slice': { label: 'Map slice' },
  },
  rows: mapRows('insert', 'get-hit', 'get-miss', 'allocated', 'retained'),
  targets: [...[1e5, 1e6].flatMap(targetsAt), ...targetsOfTheSeed(1e5)],
};

/**
 * @param {number} n
 * @returns {Target[]}
 */
function targetsAt(n) {
  return [
    { label: 'putAll bytes vs fresh', n, row: 'insert', who: 'tophash-batch', against: 'map-fresh', wanted: 4 },
    { label: 'putAll bytes vs same', n, row: 'insert', who: 'tophash-batch', against: 'map-same', wanted: 2 },
    { label: 'putAll string[] vs fresh', n, row: 'insert', who: 'tophash-strings', against: 'map-fresh', wanted: 2 },
    { label: 'getAll bytes vs decode', n, row: 'get-hit', who: 'tophash-batch', against: 'map-decode', wanted: 5 },
    ...(n === 1e6 ? singleTargetsAt(n) : []),
  ];
}

/**
 * @param {number} n
 * @returns {Target[]}
 */
function singleTargetsAt(n) {
  return [
    { label: 'get vs Map, fresh', n, row: 'get-hit', who: 'tophash', against: 'map-fresh', wanted: 1 },
    { label: 'get vs Map, same', n, row: 'get-hit', who: 'tophash-same', against: 'map-same', wanted: 0.5 },
  ];
}

/**
 * The case of the first benchmark of this project: 100,000 keys of 32 bytes on average, loaded.
 * @param {number} n
 * @returns {Target[]}
 */
function targetsOfTheSeed(n) {
  return [
    { label: 'putAll bytes vs own set', n, row: 'insert', who: 'tophash-batch', against: 'tophash', wanted: 1.51 },
    { label: 'putAll bytes vs Map.set', n, row: 'insert', who: 'tophash-batch', against: 'map-fresh', wanted: 3 },
    { label: 'putAll string[] vs own set', n, row: 'insert', who: 'tophash-strings', against: 'tophash', wanted: 1.51 },
    { label: 'putAll string[] vs Map.set', n, row: 'insert', who: 'tophash-strings', against: 'map-fresh', wanted: 3 },
    { label: 'putAll AVX-512 vs own set', n, row: 'insert', who: 'tophash-native', against: 'tophash', wanted: 1.51 },
    {
      label: 'allocated, AVX-512 of decode',
      n,
      row: 'allocated',
      who: 'tophash-native',
      against: 'map-decode',
      atMost: 0.65,
    },
    { label: 'set vs Map.set', n, row: 'insert', who: 'tophash', against: 'map-fresh', wanted: 1 },
    {
      label: 'allocated, string[] of Map',
      n,
      row: 'allocated',
      who: 'tophash-strings',
      against: 'map-fresh',
      atMost: 0.65,
    },
    { label: 'allocated, set of Map', n, row: 'allocated', who: 'tophash', against: 'map-fresh', atMost: 0.65 },
    {
      label: 'allocated, bytes of decode',
      n,
      row: 'allocated',
      who: 'tophash-batch',
      against: 'map-decode',
      atMost: 0.65,
    },
  ];
}
