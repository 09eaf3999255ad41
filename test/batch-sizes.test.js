import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agrees, same } from './support/check.js';
import { drawValues, keyKinds, pairs, valueKinds } from './support/kinds.js';
import { Model } from './support/model.js';
import { distinctKeys, Random } from './support/random.js';
import { checked } from './support/tophash.js';

const test = behaviour('batch-sizes');

/** Around the lengths of lanes, blocks, tiers and the staging area. */
const sizes = [0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 63, 64, 65, 127, 128, 129, 255, 256, 257, 383, 384, 385];
const large = [895, 896, 897, 1023, 1024, 1025, 1791, 1792, 1793, 1919, 1920, 2048, 3583, 3584, 3585, 5000];

for (const { key, value } of pairs) {
  test(`batches of every size over ${key} -> ${value}`, () => {
    for (const rows of checked ? [...sizes, 1791, 1792, 1793] : [...sizes, ...large]) {
      const keys = distinctKeys(rows, rows, keyKinds[key].Column);
      const values = drawValues(value, rows, new Random(rows));
      everyBatch(make(key, value), new Model(key, value), keys, values);
    }
  });
}

test('a batch of a million rows', () => {
  const rows = budget(1e6, { debug: 20000, badHash: 15000, full: 1e6 });
  for (const [key, value] of [
    ['u32', 'u32'],
    ['i32', 'f64'],
    ['u64', 'i64'],
    ['f64', 'u32'],
  ]) {
    const keys = distinctKeys(rows, 9, keyKinds[key].Column);
    const absent = distinctKeys(rows * 2, 9, keyKinds[key].Column).subarray(rows);
    const values = drawValues(value, rows, new Random(9));
    const map = make(key, value);
    assert.is(map.putAll(keys, values), rows);
    assert.is(map.size, rows);
    same(map.getAll(keys).values, values);
    assert.is(map.getAll(absent).hits, 0);
    same(map.hasAll(absent), new Uint8Array(rows));
    assert.is(map.putAll(keys, values, 'max'), 0);
    assert.is(map.deleteAll(absent), 0);
    assert.is(map.deleteAll(keys.subarray(rows >> 1)), rows - (rows >> 1));
    same(map.hasAll(keys), new Uint8Array(rows).fill(1, 0, rows >> 1));
    same(map.getAll(keys.subarray(0, rows >> 1)).values, values.subarray(0, rows >> 1));
  }
});

test('an empty batch changes nothing and is no write', () => {
  const map = make('u32', 'f64');
  const none = new Uint32Array(0);
  assert.is(map.putAll(none, new Float64Array(0)), 0);
  assert.is(map.putAll(none, []), 0);
  assert.is(map.putAll(none, 5), 0);
  assert.is(map.putAll(new Map()), 0);
  assert.is(map.deleteAll(none), 0);
  assert.equal(map.getAll(none), { values: new Float64Array(0), found: new Uint8Array(0), hits: 0 });
  same(map.hasAll(none), new Uint8Array(0));
  assert.is(map.size, 0);
  assert.is(map.stats().bytes, 0);
});

test('reading a map that was never written', () => {
  const map = make('u32', 'i64');
  const keys = distinctKeys(3000, 1);
  same(map.getAll(keys).values, new BigInt64Array(3000));
  same(map.getAll(keys, { missing: -1n }).values, new BigInt64Array(3000).fill(-1n));
  assert.is(map.getAll(keys).hits, 0);
  assert.is(map.hasAll(keys).indexOf(1), -1);
  assert.is(map.deleteAll(keys), 0);
  assert.is(map.delete(0), false);
  map.clear();
  assert.is(map.size, 0);
});

/** Puts the first half, all, and deletes a third, comparing after each. */
function everyBatch(map, model, keys, values) {
  const half = keys.length >> 1;
  const third = keys.filter((_, row) => row % 3 === 0);

  assert.is(map.putAll(keys.subarray(0, half), values.subarray(0, half)), model.putAll(keys.subarray(0, half), values));
  compare(map, model, keys);
  assert.is(map.putAll(keys, values), model.putAll(keys, values));
  compare(map, model, keys);
  assert.is(map.putAll(keys, values, 'add'), 0);
  model.putAll(keys, values, 'add');
  compare(map, model, keys);
  assert.is(map.deleteAll(third), model.deleteAll(third));
  compare(map, model, keys);
  agrees(map, model, keys);
  assert.is(
    map.putAll(third, valueKinds[model.kinds.value].zero),
    model.putAll(third, valueKinds[model.kinds.value].zero),
  );
  agrees(map, model, keys);
  assert.is(map.deleteAll(keys), model.deleteAll(keys));
  assert.is(map.size, 0);
}

function compare(map, model, keys) {
  const expected = model.getAll(keys);
  const actual = map.getAll(keys);
  same(actual.values, expected.values, `values of ${keys.length}`);
  same(actual.found, expected.found, `found of ${keys.length}`);
  assert.is(actual.hits, expected.hits);
  same(map.hasAll(keys), expected.found, `hasAll of ${keys.length}`);
}

test.run();
