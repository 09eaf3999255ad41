/**
 * The worker that workerd is given. What stands here on the first level runs in its global scope, where no random value
 * may be drawn.
 */
import { HashMap, HashSet, hash } from 'tophash';
import { runBundled } from './bundled.js';

const early = new HashMap({ key: 'u32', value: 'u32' });
const earlySet = new HashSet({ key: 'string' });
const before = { value: early.get(1), has: earlySet.has('a'), size: early.size, rows: early.columns().keys.length };
const seeded = HashMap.from([[1, 2]], { key: 'u32', value: 'u32', seed: 5 });
const hashed = hash.u32(Uint32Array.of(1))[0];
const refused = errorOf(() => early.set(1, 1));

const ROWS = 200_000;

/** What is asked of this host alone. */
const places = {
  'global scope'() {
    const { value, has, size, rows } = before;
    check(value === undefined && !has && size === 0 && rows === 0, 'empty maps are read');
    check(seeded.get(1) === 2, 'a map with a seed is written');
    check(hashed === 0x514e28b7, 'columns are hashed');
    check(/random/i.test(refused?.message), `a write that draws a seed is refused by the host: ${refused}`);
  },
  'maps of the global scope'() {
    check(early.set(1, 1).get(1) === 1 && early.size === 1, 'the first write draws the seed');
    check(earlySet.add('a').has('a'), 'and that of a set');
    check(seeded.set(3, 4).size === 2, 'a map with a seed is written again');
  },
  async 'a clock that stands still'() {
    // As on Cloudflare's machines: workerd alone lets it run.
    const { performance } = globalThis;
    globalThis.performance = { now: () => 5 };
    try {
      await checkSlices();
    } finally {
      globalThis.performance = performance;
    }
  },
};

async function checkSlices() {
  const keys = Uint32Array.from({ length: ROWS }, (_, i) => Math.imul(i, 0x9e3779b1));
  const map = new HashMap({ key: 'u32', value: 'u32' });
  map.putAll(keys, 1);
  // So only a slice's number of rows ends it: 8,192 for each millisecond.
  for (const budgetMs of [0.5, 2, 8]) {
    const most = budgetMs * 8192;
    const ends = [];
    await map.getAllAsync(keys, { budgetMs, onProgress: (done) => ends.push(done) });
    check(ends.length === Math.ceil(ROWS / most), `getAllAsync: ${ends.length} slices of ${budgetMs} ms`);
    const written = [];
    await map.putAllAsync(keys, 2, { budgetMs, onProgress: (done) => written.push(done) });
    check(
      written.every((done, i) => done - (written[i - 1] ?? 0) <= most),
      `putAllAsync: slices of ${budgetMs} ms end at ${written}`,
    );
    check(written.at(-1) === ROWS && written.length >= ROWS / most, `putAllAsync: ${written.length} slices`);
  }
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  await map.putAllAsync(keys, 3, { budgetMs: 0.5 });
  clearInterval(timer);
  check(turns > 0, 'others have their turns');
  map.dispose();
  const work = new HashMap({ key: 'u32', value: 'u32' });
  work.putAll(keys, 1);
  let calls = 1;
  while (work.maintain(1)) calls++;
  check(calls < ROWS && work.size === ROWS, `maintain ends: ${calls} calls`);
  work.dispose();
}

export default {
  async test() {
    console.log(JSON.stringify(await runBundled(places)));
  },
};

function check(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
}

function errorOf(run) {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
