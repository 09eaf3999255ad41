/**
 * `node bench/wide.js [--n 1e6] [--rounds 7]`: 64-bit keys and double values, putAll and getAll of keys that are there, against the
 * built-in Map with doubles and with BigInts, and a hand-written table.
 *
 * Each contender runs in a process of its own; they take turns in every round, with the same new keys.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CONTENDERS } from './wide/contenders.js';
import { fillKeys, mix, shuffle } from './keys.js';

const PRACTICE = 2;

/** @typedef {{ put: number, get: number, sum: number }} Sample ns per key, and the sum of the answers */

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { n: { type: 'string', default: '1e6' }, rounds: { type: 'string', default: '7' } },
});

if (process.send) serve(positionals[0]);
else await compare(Number(options.n), Number(options.rounds));

/**
 * @param {number} n
 * @param {number} rounds
 */
async function compare(n, rounds) {
  const names = Object.keys(CONTENDERS);
  const file = fileURLToPath(import.meta.url);
  const entrants = names.map((name) => ({
    name,
    child: fork(file, [name], { execArgv: ['--expose-gc'] }),
    /** @type {Sample[]} */
    samples: [],
  }));
  for (let round = 1 - PRACTICE; round <= rounds; round++) {
    const turn = entrants.map((_, i) => entrants[(i + round + PRACTICE) % entrants.length]);
    for (const { child, samples } of turn) {
      child.send({ n, round });
      const [sample] = await once(child, 'message');
      if (round > 0) samples.push(sample);
    }
    if (round > 0 && new Set(entrants.map(({ samples }) => samples[round - 1].sum)).size !== 1) {
      throw new Error('the contenders disagree');
    }
  }
  for (const { child } of entrants) child.disconnect();
  const [own] = entrants;
  console.log(`u64 -> f64, ${n.toLocaleString('en')} keys: ns per key, median of ${rounds} rounds (times tophash)`);
  for (const { name, samples } of entrants) {
    const figures = /** @type {const} */ (['put', 'get']).map((row) => {
      const ratio = median(samples.map((sample, i) => sample[row] / own.samples[i][row]));
      return `${row} ${median(samples.map((sample) => sample[row])).toFixed(1)} (${ratio.toFixed(1)}x)`;
    });
    console.log(`${name.padEnd(16)} ${figures.join('   ')}`);
  }
}

/** @param {number[]} list */
function median(list) {
  return list.sort((a, b) => a - b)[list.length >> 1];
}

/** @param {string} name */
function serve(name) {
  const { create, put, get, dispose } = CONTENDERS[name];
  process.on('message', (/** @type {{ n: number, round: number }} */ { n, round }) => {
    const { entries, asked } = columns(n, mix(round));
    const map = create();
    const sample = { put: time(n, () => put(map, entries)), get: 0, sum: 0 };
    sample.get = time(n, () => {
      sample.sum = get(map, asked);
    });
    if (Number.isNaN(sample.sum)) sample.sum = asked.values.reduce((sum, x) => sum + x, 0);
    dispose?.(map);
    process.send?.(sample);
  });
}

/**
 * The lesser of wall clock and CPU time, as in worker.js.
 * @param {number} n
 * @param {() => void} run
 */
function time(n, run) {
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  const start = performance.now();
  run();
  const wall = (performance.now() - start) * 1e6;
  const { user, system } = process.cpuUsage(cpu);
  return Math.min(wall, (user + system) * 1e3) / n;
}

/**
 * The entries, and the same keys in another order.
 * @param {number} n
 * @param {number} seed
 */
function columns(n, seed) {
  const high = fillKeys(seed, 0, new Uint32Array(n));
  const low = fillKeys(mix(seed), 0, new Uint32Array(n));
  const order = shuffle(
    Uint32Array.from({ length: n }, (_, i) => i),
    seed,
  );
  /** @param {(row: number) => number} rowAt */
  const of = (rowAt) => {
    const halves = new Uint32Array(2 * n);
    const doubles = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const row = rowAt(i);
      halves[2 * i] = low[row];
      halves[2 * i + 1] = high[row];
      doubles[i] = (high[row] * 2 ** 21 + (low[row] >>> 11)) / 2 ** 30;
    }
    const keys = new BigUint64Array(halves.buffer);
    return { keys, halves, doubles, values: new Float64Array(n).fill(0), found: new Uint8Array(n) };
  };
  const entries = of((i) => i);
  entries.values.forEach((_, row) => (entries.values[row] = row + 0.5));
  return { entries, asked: of((i) => order[i]) };
}
