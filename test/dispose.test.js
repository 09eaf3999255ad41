import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { refuses } from './support/check.js';
import { keyColumn, pairs } from './support/kinds.js';
import { distinctKeys } from './support/random.js';
import { HashMap } from './support/tophash.js';

const test = behaviour('dispose');
const keys = distinctKeys(5000, 1);

const calls = {
  get: (map) => map.get(1),
  has: (map) => map.has(1),
  set: (map) => map.set(1, 1),
  delete: (map) => map.delete(1),
  clear: (map) => map.clear(),
  getOrInsert: (map) => map.getOrInsert(1, 1),
  getOrInsertComputed: (map) => map.getOrInsertComputed(1, () => 1),
  'putAll of columns': (map) => map.putAll(keys, 1),
  'putAll of an empty column': (map) => map.putAll(keys.subarray(0, 0), 1),
  'putAll of a Map': (map) => map.putAll(new Map([[1, 1]])),
  'putAll of itself': (map) => map.putAll(map),
  getAll: (map) => map.getAll(keys),
  hasAll: (map) => map.hasAll(keys),
  deleteAll: (map) => map.deleteAll(keys),
  reserve: (map) => map.reserve(10),
  stats: (map) => map.stats(),
};

test('every method throws afterwards', () => {
  for (const rows of [0, 10, 5000]) {
    for (const [name, call] of Object.entries(calls)) {
      const map = make('u32', 'u32');
      map.putAll(keys.subarray(0, rows), 1);
      assert.is(map.dispose(), undefined);
      refuses(() => call(map), Error, `${name} of ${rows} entries`);
      refuses(() => call(map), Error, `${name}, once more`);
    }
  }
});

test('has all the methods that it throws from', () => {
  for (const name of Object.keys(calls)) assert.type(HashMap.prototype[name.split(' ')[0]], 'function', name);
});

test('twice is as good as once', () => {
  for (const rows of [0, 10, 5000]) {
    const map = make('u32', 'u32');
    map.putAll(keys.subarray(0, rows), 1);
    map.dispose();
    map.dispose();
    const next = make('u32', 'u32').set(1, 1);
    map.dispose();
    assert.is(next.get(1), 1);
    const third = make('u32', 'u32').set(1, 3);
    assert.is(next.get(1), 1);
    assert.is(third.get(1), 3);
  }
});

test('Symbol.dispose is dispose', () => {
  if (Symbol.dispose === undefined) return;
  const map = make('u32', 'u32').set(1, 1);
  assert.is(map[Symbol.dispose](), undefined);
  refuses(() => map.get(1), Error);
});

test('memory that was given back is used again, and empty', () => {
  for (const rows of [10, 300, 1200, 5000]) {
    for (let round = 0; round < 60; round++) {
      const { key, value } = pairs[round % pairs.length];
      const column = keyColumn(key, rows, (i) => keys[i]);
      const one = value === 'u64' || value === 'i64' ? 1n : 1;
      const map = make(key, value, { seed: 7 });
      assert.is(map.size, 0);
      assert.is(map.hasAll(column).indexOf(1), -1, 'before any write');
      map.set(column[0], one);
      assert.is(map.size, 1);
      assert.is(map.getAll(column).hits, 1, 'after one write');
      assert.is(map.putAll(column, one), rows - 1);
      assert.is(map.size, rows);
      map.dispose();
    }
  }
});

test('disposing of one map leaves its neighbours alone', () => {
  const maps = Array.from({ length: 200 }, (_, i) => {
    const map = make('u32', 'u32');
    map.putAll(keys.subarray(0, 10 + (i % 7) * 100), i);
    return map;
  });
  for (let step = 2; step <= 5; step++) {
    for (let i = 0; i < maps.length; i += step) {
      maps[i].dispose();
      maps[i] = make('u32', 'u32');
      maps[i].putAll(keys.subarray(0, 10 + (i % 7) * 100), i);
    }
    maps.forEach((map, i) => {
      const rows = 10 + (i % 7) * 100;
      assert.is(map.size, rows);
      const { values, hits } = map.getAll(keys.subarray(0, rows + 50));
      assert.is(hits, rows);
      assert.ok(values.subarray(0, rows).every((value) => value === i));
    });
  }
});

test('stats().bytes of live pooled maps grows with them only', () => {
  const map = make('u32', 'u32');
  assert.is(map.stats().bytes, 0);
  map.set(1, 1);
  const small = map.stats().bytes;
  assert.ok(small > 0);
  map.putAll(keys, 1);
  assert.ok(map.stats().bytes > small);
});

test.run();
