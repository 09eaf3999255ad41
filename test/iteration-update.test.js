/** An entry that is overwritten before its turn shows the value of the moment; an overwritten one is no new one. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { isSame } from './support/byte-domains.js';
import { forms, Twin, valueColumn, valueFor } from './support/iteration.js';
import { allPairs, keyKinds } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';

const test = behaviour('iteration-update');
const sizes = [1, 2, 9, 53, 420, 1250, budget(4000, { debug: 1700, badHash: 1700 })];

const filled = (rows, key = 'u32', value = 'u32') =>
  new Twin(key, value).putAll(distinctKeys(rows, rows, keyKinds[key].Column));

for (const form of forms) {
  test(`some at every step, ${form}`, () => {
    for (const rows of sizes) {
      const keys = distinctKeys(rows, rows);
      const random = new Random(rows);
      const twin = filled(rows);
      const produced = twin.each(form, (key) => {
        twin.set(key);
        for (let i = 0; i < 5; i++) twin.set(random.pick(keys));
      });
      assert.is(produced.length, rows);
    }
  });

  test(`all by a batch in the middle, ${form}`, () => {
    for (const { key, value } of allPairs) {
      for (const rows of sizes) {
        const keys = distinctKeys(rows, rows, keyKinds[key].Column);
        const twin = filled(rows, key, value);
        const produced = twin.each(form, (_, walk) => {
          if (walk.steps % Math.ceil(rows / 4) === 0) twin.putAll(keys);
        });
        assert.is(produced.length, rows);
      }
    }
  });
}

test('every way to write', () => {
  const ways = {
    set: (map, key) => map.set(key, 7),
    putAll: (map, key) => map.putAll(Uint32Array.of(key), Uint32Array.of(7)),
    add: (map, key) => map.putAll(Uint32Array.of(key), 2, 'add'),
    max: (map, key) => map.putAll(Uint32Array.of(key), 7, 'max'),
    'delete and getOrInsert': (map, key) => map.delete(key) && map.getOrInsert(key, 7),
    'delete and getOrInsertComputed': (map, key) => map.delete(key) && map.getOrInsertComputed(key, () => 7),
    'putAll of a map': (map, key) => map.putAll(new Map([[key, 7]])),
  };
  for (const [name, write] of Object.entries(ways)) {
    const map = make('u32', 'u32');
    map.putAll(distinctKeys(600, 1), 5);
    const order = [...map.keys()];
    const seen = [];
    for (const [key, value] of map) {
      assert.is(value, seen.length === 0 ? 5 : 7, name);
      seen.push(key);
      const next = order[seen.length];
      if (next !== undefined) write(map, next);
    }
    assert.equal(seen, order, name);
  }
});

test('an updated value does not change what was produced before', () => {
  for (const { key, value } of allPairs) {
    const map = make(key, value);
    const keys = distinctKeys(50, 2, keyKinds[key].Column);
    const values = Array.from(keys, (_, i) => valueFor(value, i));
    map.putAll(keys, valueColumn(value, values));
    const entries = [...map];
    map.putAll(keys, valueFor(value, 1000));
    for (const [k, v] of entries) assert.ok(Object.is(v, values[keys.findIndex((one) => isSame(one, k))]));
  }
});

test('a counter in the body', () => {
  const map = make('u32', 'f64');
  const keys = distinctKeys(1500, 3);
  map.putAll(keys, 0);
  for (let round = 0; round < 3; round++) {
    for (const [key, value] of map) map.set(key, value + 1);
  }
  for (const [, value] of map) assert.is(value, 3);
  map.forEach((value, key) => map.set(key, value * 2));
  assert.equal(new Set(map.values()), new Set([6]));
  assert.is(map.size, 1500);
});

test('an update while the table grows', () => {
  for (const rows of [30, 410, 1240, 2000]) {
    const keys = distinctKeys(rows * 4, 4);
    const twin = new Twin('i32', 'i64').putAll(Int32Array.from(keys.subarray(0, rows)));
    const random = new Random(rows);
    let next = rows;
    twin.each('entries', () => {
      twin.set(random.pick(keys.subarray(0, rows)) | 0);
      if (next < keys.length) twin.set(keys[next++] | 0);
    });
    twin.agrees();
  }
});

test.run();
