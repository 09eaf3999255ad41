/**
 * `npm run bench:crafted [-- --n 1e5 --rounds 9]`: keys that somebody who knows the seed made for one bucket, against
 * random ones: time, bytes, and lines probed. The ways are those of test/crowds.test.js. CPU time, medians of rounds
 * that take turns. Wanted: at most 10 times the time, 4 times the bytes, 64 lines.
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { HashMap } from 'tophash';
import { unhash } from '../test/support/fmix32.js';
import { unhash64 } from '../test/support/fmix64.js';
import { integers, mix, numbersFrom } from './keys.js';
import { cpuMicros } from './pauses/clock.js';
import { machine } from './report/tables.js';
import { spread } from './statistics.js';

const { values: options } = parseArgs({
  options: { n: { type: 'string', default: '1e5' }, rounds: { type: 'string', default: '9' } },
});
const n = Number(options.n);
const rounds = Number(options.rounds);
const SEED = 0xc0ffee;
const WANTED = { time: 10, bytes: 4, lines: 64 };
const BUCKET = 21;

/** @typedef {Uint32Array | BigUint64Array} Keys */

/** @type {{ kind: 'u32' | 'u64', name: string, keys: () => Keys }[]} */
const crowds = [
  {
    kind: 'u32',
    name: 'one bucket and nine low bits',
    keys: () =>
      Uint32Array.from(numbersFrom(0, Math.min(n, 2 ** 17)), (i) =>
        unhash(((i >>> 16) & 1) * 2 ** 31 + BUCKET * 2 ** 25 + (i & 0xffff) * 2 ** 9 + 77, SEED),
      ),
  },
  { kind: 'u64', name: 'equal low words', keys: () => wide((i) => (BigInt(BUCKET) << 57n) | (i << 32n) | 77n) },
  { kind: 'u64', name: 'equal high words', keys: () => wide((i) => (BigInt(BUCKET) << 57n) | (i << 7n) | 77n) },
];

/** @param {(i: bigint) => bigint} hashAt */
function wide(hashAt) {
  return BigUint64Array.from({ length: n }, (_, i) => unhash64(hashAt(BigInt(i)), SEED));
}

/**
 * @param {'u32' | 'u64'} kind
 * @param {number} rows
 * @returns {Keys}
 */
function randomKeys(kind, rows) {
  if (kind === 'u32') return integers(1, numbersFrom(0, rows));
  return BigUint64Array.from({ length: rows }, (_, i) => (BigInt(mix(i)) << 32n) | BigInt(mix(i + rows)));
}

/**
 * What is measured, in this order on one map for each; what comes before is part of the state that it finds.
 * @type {Record<string, (map: any, keys: any) => void>}
 */
const steps = {
  set: (map, keys) => {
    for (let i = 0; i < keys.length; i++) map.set(keys[i], i);
  },
  get: (map, keys) => {
    let sum = 0;
    for (let i = 0; i < keys.length; i++) sum += map.get(keys[i]);
    check(sum === (keys.length * (keys.length - 1)) / 2);
  },
  'get, misses': (map, keys) => {
    let misses = 0;
    for (let i = 0; i < keys.length; i++)
      if (map.get(keys[i] ^ (typeof keys[i] === 'bigint' ? 1n : 1)) === undefined) misses++;
    check(misses > keys.length / 2);
  },
  delete: (map, keys) => {
    for (let i = 0; i < keys.length; i++) map.delete(keys[i]);
    check(map.size === 0);
  },
  putAll: (map, keys) => check(map.putAll(keys, 1) === keys.length),
  'putAll, again': (map, keys) => check(map.putAll(keys, 2) === 0),
  getAll: (map, keys) => check(map.getAll(keys).hits === keys.length),
  deleteAll: (map, keys) => check(map.deleteAll(keys) === keys.length),
};

/** @param {boolean} holds */
function check(holds) {
  if (!holds) throw new Error('the map answered wrong');
}

console.log(machine());
const table = new Table({
  head: ['', ...Object.keys(steps), 'bytes', 'lines'],
  style: { head: [], border: [] },
});
for (const { kind, name, keys } of crowds) {
  const crafted = keys();
  const random = randomKeys(kind, crafted.length);
  /** @type {Record<string, number[]>} */
  const ratios = {};
  let bytes = 0;
  let lines = 0;
  for (let round = 0; round <= rounds; round++) {
    const maps = [random, crafted].map((column) => ({
      column,
      map: new HashMap({ key: /** @type {'u32'} */ (kind), value: 'u32', seed: SEED }),
    }));
    for (const [step, run] of Object.entries(steps)) {
      const [usual, crowded] = maps.map(({ map, column }) => {
        const start = cpuMicros();
        run(map, column);
        return cpuMicros() - start;
      });
      if (round > 0) (ratios[step] ??= []).push(crowded / usual); // the first is practice
      if (step !== 'get' && step !== 'getAll') continue;
      const [a, b] = maps.map(({ map }) => map.stats());
      bytes = Math.max(bytes, b.bytes / a.bytes);
      lines = Math.max(lines, b.probeHistogram.length);
    }
    for (const { map } of maps) map.dispose();
  }
  table.push([
    `${kind}, ${name}`,
    ...Object.keys(steps).map((step) => show(ratios[step])),
    `${bytes.toFixed(2)}x${mark(bytes, WANTED.bytes)}`,
    `${lines}${mark(lines, WANTED.lines)}`,
  ]);
}
console.log(
  `crafted keys against random ones, n = ${n.toLocaleString('en')}, medians (third quartile); ! is above what is wanted`,
);
console.log(table.toString());

/** @param {number[]} ratios */
function show(ratios) {
  const { median, q3 } = /** @type {import('./statistics.js').Spread} */ (spread(ratios));
  return `${median.toFixed(1)}x (${q3.toFixed(1)})${mark(median, WANTED.time)}`;
}

/**
 * @param {number} figure
 * @param {number} most
 */
function mark(figure, most) {
  return figure > most ? '!' : '';
}
