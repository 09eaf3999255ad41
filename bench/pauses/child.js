/**
 * node child.js <contender> <entries>: inserts random u32 keys one by one into an empty map, then deletes nine in ten of them, the clock read after every
 * operation; prints the figures as JSON.
 *
 * The CPU clock costs microseconds, so it is read around windows of operations, of which those count that have a long one. Such an operation took no more CPU time
 * than its window, some tens of microseconds of which are the other operations', and no more than its own wall time: the lesser of both is what is reported.
 */
import { HashMap } from 'tophash';
import { integers, numbersFrom } from '../keys.js';
import { CLOCK, cpuMicros } from './clock.js';

const WINDOW = 128;
/** Wall time from which an operation is looked at, in us. */
const LONG = 150;
/** Operations until the optimising compiler has seen everything. */
const WARM = 100_000;
const MOST_LISTED = 10;
/** Of the distribution. */
const SHARES = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999];

const contenders = {
  tophash: () => new HashMap({ key: 'u32', value: 'u32' }),
  Map: () => new Map(),
  'no map': () => ({ set() {}, delete() {} }),
};

const [contender, entries] = [process.argv[2], Number(process.argv[3])];
const keys = integers(1, numbersFrom(0, entries));
/** Wall time of every operation, in us; touched before, as the first touch of memory is a pause. */
const times = new Float32Array(entries).fill(1);

/** @typedef {{ at: number, wall: number, cpu: number }} Long */

/**
 * @param {number} count
 * @param {(i: number) => void} act
 */
function measure(count, act) {
  /** @type {Long[]} */
  const long = [];
  for (let start = 0; start < count; start += WINDOW) {
    const end = Math.min(count, start + WINDOW);
    const cpuBefore = cpuMicros();
    let last = performance.now();
    let worst = 0;
    let worstAt = start;
    for (let i = start; i < end; i++) {
      act(i);
      const now = performance.now();
      const time = (now - last) * 1000;
      times[i] = time;
      if (time > worst) {
        worst = time;
        worstAt = i;
      }
      last = now;
    }
    if (worst >= LONG) long.push({ at: worstAt, wall: worst, cpu: Math.min(worst, cpuMicros() - cpuBefore) });
  }
  return {
    warm: figures(times.subarray(0, WARM), long, 0, WARM),
    rest: figures(times.subarray(WARM, count), long, WARM, count),
  };
}

/**
 * @param {Float32Array} part
 * @param {Long[]} long
 * @param {number} from
 * @param {number} to
 */
function figures(part, long, from, to) {
  const sorted = part.slice().sort();
  const quantile = (/** @type {number} */ share) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  const own = long.filter(({ at }) => at >= from && at < to);
  return {
    operations: part.length,
    mean: part.reduce((sum, time) => sum + time, 0) / part.length,
    p50: quantile(0.5),
    p9999: quantile(0.9999),
    p999999: quantile(0.999999),
    max: sorted[sorted.length - 1],
    quantiles: Object.fromEntries([
      ...SHARES.map((share) => [`p${Number((share * 100).toFixed(6))}`, quantile(share)]),
      ['max', quantile(1)],
    ]),
    overMs: own.filter(({ wall }) => wall > 1000).length,
    /** Of the operations that took long: the most CPU time. */
    maxCpu: own.reduce((most, { cpu }) => Math.max(most, cpu), 0),
    /** So many took long. */
    long: own.length,
    longest: own.sort((a, b) => b.cpu - a.cpu).slice(0, MOST_LISTED),
  };
}

const map = contenders[/** @type {keyof typeof contenders} */ (contender)]();
// So that a run meets no code for the first time: another map of the kind, as a program has it.
const practice = contenders[/** @type {keyof typeof contenders} */ (contender)]();
for (let i = 0; i < 1000; i++) practice.set(keys[i], i);

const inserted = measure(entries, (i) => {
  map.set(keys[i], i);
});
const most = entries - entries / 10;
const deleted = measure(most, (i) => {
  map.delete(keys[i]);
});

const size = /** @type {{ size?: number }} */ (map).size ?? 0;
if (contender !== 'no map' && size !== entries - most) throw new Error(`${size} entries are left`);
const { maxMovedPerOp, bytes } = map instanceof HashMap ? map.stats() : { maxMovedPerOp: undefined, bytes: undefined };
console.log(
  JSON.stringify({ contender, node: process.versions.node, clock: CLOCK, inserted, deleted, maxMovedPerOp, bytes }),
);
