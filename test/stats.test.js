import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { keyKinds, numericPairs, pairs } from './support/kinds.js';
import { distinctKeys } from './support/random.js';
import { CapacityError, usesKernels } from './support/tophash.js';

const test = behaviour('stats');
/**
 * Rows of a batch into a new map of which kernels do some, whatever the kinds; and so few that a call would take
 * longer.
 */
const SURELY_SERVED = 1300;
const NEVER_SERVED = 10;
const sum = (list) => list.reduce((a, b) => a + b, 0);

test('of a map that was never written', () => {
  const stats = make('u32', 'u32', { seed: undefined }).stats();
  assert.is(stats.size, 0);
  assert.is(stats.bytes, 0);
  assert.is(stats.moved, 0);
  assert.is(stats.maxMovedPerOp, 0);
  assert.is(stats.seed, 0);
  assert.is(stats.growing, false);
  assert.is(sum(stats.probeHistogram), 0);
  for (const name of ['load', 'bytesPerEntry']) assert.ok(Number.isFinite(stats[name]), `${name} is ${stats[name]}`);
});

test('has every field, and each agrees with the others', () => {
  for (const { key, value } of pairs) {
    for (const rows of [1, 10, 100, 1300, 1301, budget(20000, { debug: 3000 })]) {
      const map = make(key, value);
      const column = distinctKeys(rows, rows, keyKinds[key].Column);
      map.putAll(column, value === 'u64' || value === 'i64' ? 1n : 1);
      const stats = map.stats();
      assert.equal(Object.keys(stats).sort(), [
        'backend',
        'buckets',
        'bytes',
        'bytesPerEntry',
        'evacuated',
        'forecast',
        'growing',
        'load',
        'maxMovedPerOp',
        'moved',
        'nativeRows',
        'overflow',
        'probeHistogram',
        'seed',
        'size',
        'toEvacuate',
        'walked',
      ]);
      assert.is(stats.size, rows);
      assert.ok(stats.buckets >= 1 && stats.buckets * 8 >= rows, `${stats.buckets} buckets`);
      assert.is(stats.load, rows / stats.buckets);
      assert.is(stats.bytesPerEntry, stats.bytes / rows);
      assert.ok(stats.bytes >= rows * 8, `${stats.bytes} bytes`);
      assert.ok(stats.overflow >= 0 && stats.overflow < rows);
      assert.is(sum(stats.probeHistogram), rows);
      assert.ok(stats.probeHistogram[0] >= rows / 2, 'most entries are found on the first line');
      assert.is(stats.probeHistogram.at(-1) > 0, true, 'ends with the longest probe');
      assert.is(stats.backend, usesKernels ? 'avx512' : 'simd');
      if (!usesKernels || rows <= NEVER_SERVED) assert.is(stats.nativeRows, 0);
      else if (rows >= SURELY_SERVED) assert.ok(stats.nativeRows > 0, `${stats.nativeRows} of ${rows} rows`);
      assert.equal(Object.keys(stats.forecast).sort(), ['bytesAfter', 'entriesLeft', 'nextGrowthAt']);
      assert.ok(stats.forecast.nextGrowthAt >= rows, `next growth at ${stats.forecast.nextGrowthAt}`);
      assert.ok(stats.forecast.bytesAfter >= stats.bytes);
      assert.ok(stats.forecast.entriesLeft > 0);
    }
  }
});

test('overflow counts the entries that are not found on the first line of 4-byte values', () => {
  const map = make('u32', 'u32');
  map.putAll(distinctKeys(5000, 1), 1);
  const { overflow, probeHistogram } = map.stats();
  assert.is(overflow, sum(probeHistogram.slice(1)));
});

function expectForecast(map) {
  map.putAll(distinctKeys(5000, 2), 1);
  const { entriesLeft } = map.stats().forecast;
  let added = 0;
  try {
    for (const key of distinctKeys(100000, 3)) {
      map.set(key, 1);
      added++;
    }
  } catch {}
  assert.ok(added > 0 && added < 100000);
  assert.ok(entriesLeft > added * 0.5 && entriesLeft < added * 2, `forecast ${entriesLeft}, in fact ${added}`);
}

test('entriesLeft tells how many more fit into maxBytes', () => {
  expectForecast(make('u32', 'u32', { maxBytes: 200000 }));
});

test('also in a memory that a larger map has had before', () => {
  const larger = make('u32', 'u32', { maxBytes: 200000 });
  larger.putAll(distinctKeys(9000, 1), 1);
  larger.dispose();
  expectForecast(make('u32', 'u32', { maxBytes: 200000 }));
});

/** Sets keys until one is refused, or `most`; calls `before` and `after` about each. */
function fillUp(map, keys, value, before, after) {
  for (const key of keys) {
    before();
    try {
      map.set(key, value);
    } catch (error) {
      assert.instance(error, CapacityError);
      return;
    }
    after();
  }
  assert.unreachable('the map took all keys');
}

for (const { key, value } of numericPairs) {
  test(`the forecast comes true: ${key} -> ${value}`, () => {
    for (const maxBytes of [100, 1000, 6300, 20_000, 131_072, 200_000]) {
      for (const maxLoad of maxBytes < 200_000 ? [undefined] : [undefined, 1]) {
        const map = make(key, value, { maxBytes, maxLoad });
        const keys = distinctKeys(20_000, maxBytes, keyKinds[key].Column);
        const told = new Map([[0, map.stats().forecast.entriesLeft]]);
        let last = map.stats();
        let steps = 0;
        fillUp(
          map,
          keys,
          keyKinds[value === 'f32' ? 'f64' : value].wrap(1),
          () => {},
          () => {
            const stats = map.stats();
            if (stats.buckets > last.buckets && last.buckets > 0) {
              steps++;
              assert.is(map.size, last.forecast.nextGrowthAt + 1, 'growth comes when it was told');
              assert.is(stats.bytes, last.forecast.bytesAfter, `bytes after growth from ${last.bytes}`);
            }
            if (stats.buckets > last.buckets) told.set(map.size, stats.forecast.entriesLeft);
            last = stats;
          },
        );
        assert.is(map.stats().forecast.entriesLeft, 0, `maxBytes ${maxBytes}`);
        for (const [size, left] of told) assert.is(size + left, map.size, `told at ${size}, maxBytes ${maxBytes}`);
        assert.ok(steps > 0 || maxBytes < 1000);
      }
    }
  });
}

test('no more strings are forecast than a pool takes, where there is no room for more', () => {
  const map = make('string', 'u32', { maxBytes: 200_000 });
  const keys = Array.from({ length: 3000 }, (_, row) => `k${row}`);
  fillUp(
    map,
    keys,
    1,
    () => assert.ok(map.stats().forecast.entriesLeft <= 1248 - map.size),
    () => {},
  );
  assert.is(map.stats().forecast.entriesLeft, 0);
});

test('moved never falls', () => {
  const map = make('u32', 'u32');
  const keys = distinctKeys(4000, 4);
  let moved = 0;
  for (let round = 0; round < 12; round++) {
    if (round % 4 === 3) map.clear();
    else if (round % 4 === 2) map.deleteAll(keys.subarray(0, 2000));
    else map.putAll(keys.subarray(0, 2000 + round * 150), 1);
    assert.ok(map.stats().moved >= moved);
    moved = map.stats().moved;
  }
  assert.ok(moved > 0);
});

test.run();
