/** Each size has its own form of table: of all of them iteration gives each entry, once. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { isSame } from './support/byte-domains.js';
import { forms, Twin, valueColumn, valueFor } from './support/iteration.js';
import { allPairs, keyKinds, keysOf } from './support/kinds.js';
import { distinctKeys } from './support/random.js';
import { checked } from './support/tophash.js';

const test = behaviour('iteration-sizes');
const most = checked ? 1500 : 2100;

/** Checks that a map of key `keys[i]` to `i`, for i below `size`, produces exactly that. */
function exact(map, keys, size, stamps, stamp) {
  let count = 0;
  for (const [key, value] of map) {
    if (value >= size || key !== keys[value]) assert.unreachable(`[${key}, ${value}] is no entry of ${size}`);
    if (stamps[value] === stamp) assert.unreachable(`${key} came twice, of ${size} entries`);
    stamps[value] = stamp;
    count++;
  }
  assert.is(count, size);
}

test('every size while a map grows by single writes', () => {
  const keys = distinctKeys(most, 1);
  const stamps = new Uint32Array(most);
  const map = make('u32', 'u32');
  const step = checked ? 13 : 1;
  for (let size = 0; size <= most; size++) {
    if (size % step === 0) exact(map, keys, size, stamps, size + 1);
    if (size < most) map.set(keys[size], size);
  }
});

test('every size while a map shrinks by single deletions', () => {
  const keys = distinctKeys(most, 2);
  const stamps = new Uint32Array(most);
  const map = make('u32', 'u32');
  map.putAll(keys, Uint32Array.from(keys.keys()));
  const step = checked ? 13 : 1;
  for (let size = most; size >= 0; size--) {
    if (size % step === 0) exact(map, keys, size, stamps, size + 1);
    if (size > 0) map.delete(keys[size - 1]);
  }
  assert.equal([...map], []);
});

test('maps made by one batch, by single writes, and with a capacity', () => {
  const boundaries = [1, 8, 26, 52, 104, 208, 416, 832, 1248, 1300, 1664, 2496, 3328];
  const sizes = boundaries.flatMap((at) => [at - 1, at, at + 1, at + 2]);
  const keys = distinctKeys(4000, 3);
  const rows = Uint32Array.from(keys.keys());
  const stamps = new Uint32Array(4000);
  let stamp = 0;
  for (const size of sizes) {
    const batch = make('u32', 'u32');
    batch.putAll(keys.subarray(0, size), rows.subarray(0, size));
    exact(batch, keys, size, stamps, ++stamp);
    for (const options of [{}, { capacity: size }, { maxLoad: 2 }, { maxLoad: 8 }]) {
      const map = make('u32', 'u32', options);
      for (let i = 0; i < size; i++) map.set(keys[i], i);
      exact(map, keys, size, stamps, ++stamp);
    }
    batch.clear();
    exact(batch, keys, 0, stamps, ++stamp);
  }
});

test('large maps', () => {
  for (const size of [5000, 20000, budget(100000, { debug: 8000, high: 30000, full: 1e6 })]) {
    const keys = distinctKeys(size, 4);
    const stamps = new Uint32Array(size);
    const map = make('u32', 'u32');
    map.putAll(keys, Uint32Array.from(keys.keys()));
    exact(map, keys, size, stamps, 1);
    map.deleteAll(keys.subarray(size >> 1));
    exact(map, keys, size >> 1, stamps, 2);
  }
});

test('a map with room for far more than it has', () => {
  const keys = distinctKeys(100, 5);
  for (const size of [0, 1, 2, 100]) {
    const map = make('u32', 'u32', { capacity: 50000 });
    const stamps = new Uint32Array(100);
    for (let i = 0; i < size; i++) map.set(keys[i], i);
    exact(map, keys, size, stamps, 1);
    map.reserve(100000);
    exact(map, keys, size, stamps, 2);
  }
});

test('nothing and one', () => {
  for (const { key, value } of allPairs) {
    for (const form of forms) {
      const twin = new Twin(key, value);
      assert.equal(twin.each(form), [], 'never written');
      const [a, b, c] = keysOf(key, 5, 6, 7);
      twin.set(a);
      assert.equal(twin.each(form), [a]);
      twin.delete(a);
      assert.equal(twin.each(form), [], 'emptied');
      twin.set(b).clear();
      assert.equal(twin.each(form), [], 'cleared');
      twin.set(c);
      assert.equal(twin.each(form), [c]);
    }
  }
});

for (const { key, value } of allPairs) {
  test(`${key} keys and ${value} values, their corners among them`, () => {
    const { Column, corners } = keyKinds[key];
    for (const rows of [0, 40, 1000, budget(5000, { debug: 1700 })]) {
      const keys = Column.from(new Set([...corners, ...distinctKeys(rows, 6, Column)]));
      const twin = new Twin(key, value).putAll(keys);
      for (const form of forms) assert.is(twin.each(form).length, keys.length);
    }
  });
}

test('values come back as they were written, whatever they are', () => {
  for (const { key, value } of allPairs) {
    const map = make(key, value);
    const values = valueColumn(
      value,
      [0, 1, 2, 3].map((n) => valueFor(value, n)),
    );
    const keys = keysOf(key, 9, 8, 7, 6);
    map.putAll(keys, values);
    for (const [k, v] of map) assert.ok(Object.is(v, values[keys.findIndex((one) => isSame(one, k))]));
    assert.is([...map.values()].length, 4);
  }
});

test.run();
