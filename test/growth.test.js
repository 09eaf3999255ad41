import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { same } from './support/check.js';
import { keyKinds, pairs } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';

const test = behaviour('growth');
const bound = 1536;

test('no single set moves more than a bounded number of entries', () => {
  const rows = budget(3e5, { debug: 4000, high: 1e5, full: 1e7 });
  const map = make('u32', 'u32');
  const random = new Random(1);
  let most = 0;
  let moved = 0;
  for (let i = 0; i < rows; i++) {
    const before = moved;
    map.set(random.u32(), i);
    moved = map.stats().moved;
    if (moved - before > most) most = moved - before;
  }
  assert.is(map.size, rows);
  assert.ok(moved > 0, 'growth moves entries');
  assert.ok(most > 0 && most <= bound, `one set moved ${most} entries`);
  assert.is(map.stats().maxMovedPerOp, most);
  if (rows >= 1e6) assert.ok(map.stats().bytesPerEntry <= 15, `${map.stats().bytesPerEntry} bytes per entry`);
});

for (const { key, value } of pairs) {
  test(`no single operation over ${key} -> ${value} moves more than that`, () => {
    const rows = budget(20000, { debug: 1500 });
    const map = make(key, value);
    const wide = value === 'u64' || value === 'i64';
    const random = new Random(2);
    const keys = Array.from({ length: rows }, () => keyKinds[key].wrap(random.u32()));
    for (const [i, k] of keys.entries()) {
      const v = wide ? BigInt(i) : i;
      if (i % 3 === 0) map.set(k, v);
      else if (i % 3 === 1) map.getOrInsert(k, v);
      else map.getOrInsertComputed(k, () => v);
    }
    assert.ok(map.stats().maxMovedPerOp > 0);
    for (const k of keys.slice(rows / 4)) map.delete(k);
    map.clear();
    for (const k of keys) map.set(k, wide ? 1n : 1);
    assert.is(map.size, rows);
    assert.ok(map.stats().maxMovedPerOp <= bound, `${map.stats().maxMovedPerOp} entries moved by one operation`);
  });
}

test('clear moves nothing, however large the map', () => {
  const map = make('u32', 'u32');
  map.putAll(distinctKeys(budget(3e5, { debug: 5000 }), 3), 1);
  const { moved, maxMovedPerOp } = map.stats();
  map.clear();
  assert.is(map.stats().moved, moved);
  assert.is(map.stats().maxMovedPerOp, maxMovedPerOp);
});

test('putAll from empty moves at most 3 entries for each that it inserts', () => {
  const rows = budget(1e6, { debug: 20000, high: 3e5 });
  const keys = distinctKeys(rows, 4);
  for (const chunk of [rows, 50000, 1000]) {
    const map = make('u32', 'u32');
    for (let from = 0; from < rows; from += chunk) map.putAll(keys.subarray(from, from + chunk), 7);
    const { moved, size, bytesPerEntry } = map.stats();
    assert.is(size, rows);
    assert.ok(moved > 0, 'growth moves entries');
    assert.ok(moved <= 3 * rows, `${moved / rows} moved per entry in batches of ${chunk}`);
    if (rows >= 1e6) assert.ok(bytesPerEntry <= 15, `${bytesPerEntry} bytes per entry`);
    same(map.getAll(keys).values, new Uint32Array(rows).fill(7));
    map.dispose();
  }
});

test('what reserve made room for needs no growth', () => {
  const rows = budget(1e5, { debug: 5000 });
  const keys = distinctKeys(rows, 5);
  for (const before of [0, 10, rows / 2]) {
    const map = make('u32', 'u32');
    map.putAll(keys.subarray(0, before), 1);
    map.reserve(rows);
    same(map.hasAll(keys), new Uint8Array(rows).fill(1, 0, before));
    const { moved, buckets } = map.stats();
    map.putAll(keys, 2);
    assert.ok(map.stats().moved - moved < rows / 2, `${map.stats().moved - moved} of ${rows} moved`);
    assert.is(map.stats().buckets, buckets);
    same(map.getAll(keys).values, new Uint32Array(rows).fill(2));
  }
});

test('maxLoad bounds the entries per bucket', () => {
  for (const maxLoad of [1, 2.5, 4, 6.5, 8]) {
    const map = make('u32', 'u32', { maxLoad });
    const keys = distinctKeys(budget(30000, { debug: 3000 }), 6);
    for (let from = 0; from < keys.length; from += 997) {
      map.putAll(keys.subarray(from, from + 997), 1);
      const { load } = map.stats();
      assert.ok(load <= maxLoad * 1.15, `load ${load} at a maxLoad of ${maxLoad}`);
    }
    assert.is(map.size, keys.length);
    assert.is(map.hasAll(keys).indexOf(0), -1);
  }
});

test('stats in the middle of growth are consistent', () => {
  const map = make('u32', 'u32');
  for (const key of distinctKeys(budget(30000, { debug: 3000 }), 7)) {
    map.set(key, 1);
    const { growing, evacuated, toEvacuate, size, load, buckets, bytes, bytesPerEntry } = map.stats();
    assert.type(growing, 'boolean');
    assert.ok(evacuated >= 0 && toEvacuate >= 0);
    assert.is(load, size / buckets);
    assert.is(bytesPerEntry, bytes / size);
  }
});

test.run();
