/**
 * Inserts random u32 keys one by one into an empty map, then deletes nine in ten of them, the clock read after every
 * operation. Runs in Node (child.js) and in a page (page.js), each contender where no other has been.
 *
 * A CPU clock costs microseconds, so where there is one it is read around windows of operations, of which those count
 * that have a long one. Such an operation took no more CPU time than its window, some tens of microseconds of which are
 * the other operations', and no more than its own wall time: the lesser of both is what is reported.
 */
import { HashMap } from 'tophash';
import { integers, numbersFrom } from '../keys.js';

const WINDOW = 128;
/** Wall time from which an operation is looked at, in us. */
const LONG = 150;
/** Operations until the optimising compiler has seen everything. */
export const WARM = 100_000;
const MOST_LISTED = 10;
/** Of the distribution. */
const SHARES = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999];

const contenders = {
  tophash: () => new HashMap({ key: 'u32', value: 'u32' }),
  Map: () => new Map(),
  'no map': () => ({ set() {}, delete() {} }),
};

/** @typedef {{ at: number, wall: number, cpu?: number }} Long */

/**
 * @param {string} contender
 * @param {number} entries
 * @param {() => number} [cpuMicros] reads the CPU time of this thread, in us, where the host tells it
 */
export function run(contender, entries, cpuMicros) {
  const keys = integers(1, numbersFrom(0, entries));
  /** Wall time of every operation, in us; touched before, as the first touch of memory is a pause. */
  const times = new Float32Array(entries).fill(1);
  const create = contenders[/** @type {keyof typeof contenders} */ (contender)];
  const map = create();
  // So that a run meets no code for the first time: another map of the kind, as a program has it.
  const practice = create();
  for (let i = 0; i < 1000; i++) practice.set(keys[i], i);

  const inserted = measure(times, cpuMicros, entries, (i) => {
    map.set(keys[i], i);
  });
  const most = entries - entries / 10;
  const deleted = measure(times, cpuMicros, most, (i) => {
    map.delete(keys[i]);
  });

  const size = /** @type {{ size?: number }} */ (map).size ?? 0;
  if (contender !== 'no map' && size !== entries - most) throw new Error(`${size} entries are left`);
  const { maxMovedPerOp, bytes } =
    map instanceof HashMap ? map.stats() : { maxMovedPerOp: undefined, bytes: undefined };
  return { contender, inserted, deleted, maxMovedPerOp, bytes };
}

/**
 * @param {Float32Array} times
 * @param {(() => number) | undefined} cpuMicros
 * @param {number} count
 * @param {(i: number) => void} act
 */
function measure(times, cpuMicros, count, act) {
  /** @type {Long[]} */
  const long = [];
  for (let start = 0; start < count; start += WINDOW) {
    const end = Math.min(count, start + WINDOW);
    const cpuBefore = cpuMicros?.() ?? 0;
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
    if (worst < LONG) continue;
    const cpu = cpuMicros && { cpu: Math.min(worst, cpuMicros() - cpuBefore) };
    long.push({ at: worstAt, wall: worst, ...cpu });
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
  const weight = (/** @type {Long} */ { cpu, wall }) => cpu ?? wall;
  const longest = own.sort((a, b) => weight(b) - weight(a));
  const isTold = own.every(({ cpu }) => cpu !== undefined);
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
    /** Of the operations that took long: the most CPU time; undefined where the host does not tell it. */
    maxCpu: isTold ? (longest[0]?.cpu ?? 0) : undefined,
    /** So much CPU time one operation in a million exceeds: 0 where no so many took long. */
    p999999Cpu: isTold ? (longest[Math.floor(part.length * 1e-6)]?.cpu ?? 0) : undefined,
    /** So many took long. */
    long: own.length,
    longest: longest.slice(0, MOST_LISTED),
  };
}
