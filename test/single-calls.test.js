import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { agrees } from './support/check.js';
import { drawValues, pairs } from './support/kinds.js';
import { Model } from './support/model.js';
import { distinctKeys, Random } from './support/random.js';

const test = behaviour('single-calls');

for (const { key, value } of pairs) {
  test(`set, get, has and delete over ${key} -> ${value}`, () => {
    const map = make(key, value);
    const model = new Model(key, value);
    const keys = distinctKeys(600, 1, model.keyColumn().constructor);
    const values = drawValues(value, 1200, new Random(2));

    keys.forEach((k, i) => {
      assert.is(map.has(k), false);
      assert.is(map.get(k), undefined);
      assert.is(map.set(k, values[i]), map);
      model.set(k, values[i]);
      assert.ok(Object.is(map.get(k), values[i]), `${map.get(k)} for ${values[i]}`);
      assert.is(map.size, i + 1);
    });
    agrees(map, model);

    keys.forEach((k, i) => {
      map.set(k, values[600 + i]);
      model.set(k, values[600 + i]);
    });
    agrees(map, model);

    keys.forEach((k, i) => {
      if (i % 3 === 0) return;
      assert.is(map.delete(k), true);
      assert.is(map.delete(k), false);
      assert.is(map.has(k), false);
      model.delete(k);
    });
    agrees(map, model, keys);
  });
}

test('a value of zero is not an absence', () => {
  const map = make('u32', 'u64').set(5, 0n);
  assert.is(map.get(5), 0n);
  assert.is(map.has(5), true);
  assert.is(map.getOrInsert(5, 9n), 0n);
});

test('set chains', () => {
  const map = make('i32', 'i32').set(-1, 1).set(-2, 2).set(-1, 3);
  assert.is(map.size, 2);
  assert.is(map.get(-1), 3);
});

test('clear empties, answers nothing and leaves a map that works', () => {
  for (const rows of [0, 1, 100, 5000]) {
    const map = make('u32', 'f64', { seed: 7 });
    const keys = distinctKeys(rows, rows);
    for (let round = 0; round < 3; round++) {
      map.putAll(keys, round);
      assert.is(map.size, rows);
      assert.is(map.clear(), undefined);
      assert.is(map.size, 0);
      assert.is(map.hasAll(keys).indexOf(1), -1);
      if (rows > 0) assert.is(map.get(keys[0]), undefined);
    }
    map.set(1, 2);
    assert.is(map.size, 1);
    assert.is(map.get(1), 2);
  }
});

test('size is read only', () => {
  const map = make('u32', 'u32').set(1, 1);
  assert.throws(() => {
    map.size = 5;
  });
  assert.is(map.size, 1);
});

test('methods need a HashMap', () => {
  const map = make('u32', 'u32').set(1, 1);
  const { get, set, putAll } = map;
  for (const call of [
    () => get.call({}, 1),
    () => set.call(new Map(), 1, 1),
    () => putAll.call(undefined, new Map()),
  ]) {
    assert.throws(call, (error) => error instanceof TypeError);
  }
  assert.is(map.size, 1);
});

test.layout('reserve is a total and not an addition', () => {
  const map = make('u32', 'u32');
  const keys = distinctKeys(4000, 3);
  map.putAll(keys.subarray(0, 1000), 1);
  map.reserve(4000);
  const { buckets } = map.stats();
  map.putAll(keys.subarray(1000), 1);
  map.reserve(4000);
  map.reserve(0);
  assert.is(map.stats().buckets, buckets);
  assert.is(map.size, 4000);
});

test.run();
