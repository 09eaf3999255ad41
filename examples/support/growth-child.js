// node --expose-gc growth-child.js <contender> <entries>: inserts random u32 keys one by one, times every single write
// and prints what it found as JSON.

import progress from 'cli-progress';
import { HashMap } from 'tophash';
import { scatter } from './random.js';

const SLICE = 100_000;

const contenders = {
  tophash: {
    create: () => new HashMap({ key: 'u32', value: 'u32' }),
    measure: (map) => {
      const { bytesPerEntry, maxMovedPerOp } = map.stats();
      return { bytesPerEntry, maxMoved: maxMovedPerOp };
    },
  },
  Map: {
    create: () => new Map(),
    measure: (map, heapGrowth) => ({ bytesPerEntry: heapGrowth / map.size }),
  },
  'no map': {
    create: () => ({ size: 0, set() {}, get: () => 0 }),
    measure: () => ({ bytesPerEntry: 0 }),
  },
};

/** Heap in use once the garbage is gone. */
function heapUsed() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Writes a slice of keys, the clock read after every write. */
function write(map, keys, firstValue, times) {
  const start = performance.now();
  let last = start;
  for (let i = 0; i < keys.length; i++) {
    map.set(keys[i], firstValue + i);
    const now = performance.now();
    const time = now - last;
    if (time > times.worst) times.worst = time;
    if (time > 1) times.slow++;
    last = now;
  }
  times.total += last - start;
}

/** Sum of the values of every hundredth key. */
function sample(map, entries) {
  let sum = 0;
  for (let i = 0; i < entries; i += 100) sum += map.get(scatter(i));
  return sum;
}

const [contender, entries] = [process.argv[2], Number(process.argv[3])];
const { create, measure } = contenders[contender];
const bar = new progress.SingleBar({
  format: `  ${contender.padEnd(8)}{bar} {percentage}%  {value} of {total}`,
  barsize: 32,
  clearOnComplete: true,
});

const map = create();
const keys = new Uint32Array(SLICE);
const times = { total: 0, worst: 0, slow: 0 };
const heapBefore = heapUsed();

bar.start(entries, 0);
for (let done = 0; done < entries; done += SLICE) {
  for (let i = 0; i < SLICE; i++) keys[i] = scatter(done + i);
  write(map, keys, done, times);
  bar.update(done + SLICE);
}
bar.stop();

console.log(
  JSON.stringify({
    entries: map.size,
    worst: times.worst,
    slow: times.slow,
    mean: (times.total / entries) * 1e6,
    sample: sample(map, entries),
    ...measure(map, heapUsed() - heapBefore),
    peak: process.resourceUsage().maxRSS / 1024,
  }),
);
map.dispose?.();
