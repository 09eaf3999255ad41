/** `trim` moves a map to as little memory as its entries need. */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget, size } from './support/budget.js';
import { agrees, refuses } from './support/check.js';
import { allPairs, drawValues, keyKinds } from './support/kinds.js';
import { Model } from './support/model.js';
import { distinctKeys, Random } from './support/random.js';
import { CapacityError, HashMap, HashSet } from './support/tophash.js';

const test = behaviour('trim');
const sizes = [0, 1, 9, 600, 1300, size(5000, { badHash: 2000 })];

for (const { key, value } of allPairs) {
  test(`the entries are the same afterwards: ${key} -> ${value}`, () => {
    for (const rows of sizes) {
      const random = new Random(rows);
      const map = make(key, value);
      const model = new Model(key, value);
      const keys = distinctKeys(rows * 4, 5, keyKinds[key].Column);
      const values = drawValues(value, keys.length, random);
      map.putAll(keys, values);
      model.putAll(keys, values);
      const gone = keys.filter((_, row) => row % 4 !== 0);
      map.deleteAll(gone);
      model.deleteAll(gone);
      const { bytes, seed } = map.stats();
      map.trim();
      agrees(map, model, gone);
      assert.ok(map.stats().bytes <= bytes);
      if (rows > 0) assert.is(map.stats().seed, seed);
      // And it goes on from there.
      const [one] = drawValues(value, 1, random);
      assert.is(map.putAll(gone, one), gone.length);
      assert.is(map.size, keys.length);
    }
  });
}

test.layout('after nine of ten entries have gone, at most a quarter of the bytes is left', () => {
  for (const [key, value] of [
    ['u32', 'u32'],
    ['f64', 'f64'],
    ['string', 'u32'],
  ]) {
    const rows = budget(1e5, { debug: 50000, full: 1e6, whole: true });
    const keys = distinctKeys(rows, 8, keyKinds[key].Column);
    const map = make(key, value);
    map.putAll(keys, 1);
    const { bytes } = map.stats();
    map.deleteAll(keys.slice(rows / 10));
    const { moved } = map.stats();
    map.trim();
    assert.ok(map.stats().bytes <= bytes / 4, `${map.stats().bytes} of ${bytes} bytes, ${key} -> ${value}`);
    const each = (map.stats().moved - moved) / (rows / 10);
    assert.ok(each >= 1 && each <= 1.5, `each entry was moved ${each} times`);
    assert.is(map.hasAll(keys.slice(0, rows / 10)).indexOf(0), -1);
  }
});

test.layout('memory that another map left is not taken where less is enough', () => {
  const keys = distinctKeys(16_000, 3);
  const map = make('u32', 'u32');
  map.putAll(keys, 1);
  map.deleteAll(keys.subarray(3000));
  const other = make('u32', 'u32');
  other.putAll(keys, 1);
  const { bytes } = other.stats();
  other.dispose();
  map.trim();
  assert.ok(map.stats().bytes < bytes, `${map.stats().bytes} of ${bytes} bytes`);
  assert.is(map.size, 3000);
});

test('a map as small as it can be keeps its memory', () => {
  for (const rows of sizes) {
    const map = make('u32', 'u32', { capacity: rows });
    map.putAll(distinctKeys(rows, 2), 1);
    map.trim();
    const { moved, bytes } = map.stats();
    map.trim();
    assert.is(map.stats().moved, moved);
    assert.is(map.stats().bytes, bytes);
    assert.is(map.size, rows);
  }
});

test('iterators go on across it, and a map that was emptied gives all back', () => {
  const keys = distinctKeys(budget(8000, { debug: 3000, badHash: 3000 }), 4);
  const map = make('u32', 'u32');
  map.putAll(keys, keys);
  const seen = new Map();
  let row = 0;
  for (const [key, value] of map) {
    assert.not(seen.has(key));
    seen.set(key, value);
    if (++row % 500 === 0) {
      map.deleteAll(keys.subarray(row, row + 300).filter((one) => !seen.has(one)));
      map.trim();
    }
  }
  for (const key of map.keys()) assert.ok(seen.has(key));
  map.deleteAll(keys);
  map.trim();
  assert.is(map.size, 0);
  assert.is(map.stats().bytes, 0);
  map.set(1, 2);
  assert.is(map.get(1), 2);
});

test('objects stay the same objects, and deleted ones do not come back', () => {
  const map = make('u32', 'any');
  const objects = Array.from({ length: 3000 }, (_, row) => ({ row }));
  map.putAll(Uint32Array.from(objects.keys()), objects);
  for (let row = 0; row < 3000; row++) if (row % 10 !== 0) map.delete(row);
  map.trim();
  for (let row = 0; row < 3000; row++) assert.is(map.get(row), row % 10 === 0 ? objects[row] : undefined);
  map.set(1, 'new');
  assert.is(map.get(1), 'new');
});

test('sets have it, too', () => {
  const keys = distinctKeys(5000, 6);
  const set = tracked(HashSet.fromColumn(keys, { key: 'u32' }));
  const { bytes } = set.stats();
  set.deleteAll(keys.subarray(100));
  set.trim();
  assert.ok(set.stats().bytes < bytes / 4);
  assert.equal(set.column().sort(), keys.slice(0, 100).sort());
});

test('nothing is lost where there is no memory for the copy', () => {
  const map = make('string', 'u32', { maxBytes: 400000 });
  let rows = 0;
  try {
    for (;;) map.set(`a key, number ${rows}`, rows++);
  } catch (error) {
    assert.instance(error, CapacityError);
  }
  try {
    map.trim();
  } catch (error) {
    assert.instance(error, CapacityError);
    assert.match(error.message, /^trim: /);
  }
  assert.is(map.size, rows - 1);
  for (let row = 0; row < rows - 1; row++) assert.is(map.get(`a key, number ${row}`), row);
});

test('values of kind any are the same afterwards, under iterators as well', () => {
  const rows = size(6000, { badHash: 1500 });
  const keys = distinctKeys(rows, 9);
  const map = make('u32', 'any');
  const model = new Map();
  keys.forEach((key, row) => {
    map.set(key, { row });
    model.set(key, map.get(key));
  });
  const entries = map.entries();
  const produced = new Map([entries.next().value, entries.next().value]);
  const removed = (key, row) => row % 20 !== 0 && !produced.has(key);
  for (const key of keys.filter(removed)) {
    map.delete(key);
    model.delete(key);
  }
  map.trim();
  for (const [key, value] of entries) {
    assert.is(produced.has(key), false);
    produced.set(key, value);
  }
  assert.is(produced.size, model.size);
  for (const [key, value] of model) {
    assert.is(produced.get(key), value);
    assert.is(map.get(key), value);
  }
  map.deleteAll(keys.subarray(0, rows / 2));
  map.trim();
  const left = [...model.keys()].filter((key) => keys.indexOf(key) >= rows / 2);
  assert.equal(
    left.map((key) => map.get(key)),
    left.map((key) => model.get(key)),
  );
  assert.is(map.putAll(keys, 'new'), rows - left.length);
  assert.is(new Set(map.values()).size, 1);
});

test('a map that was never written has nothing to give, and a disposed one refuses', () => {
  const map = new HashMap({ key: 'u32', value: 'u32' });
  map.trim();
  assert.is(map.stats().bytes, 0);
  map.dispose();
  refuses(() => map.trim(), Error);
});

test.run();
