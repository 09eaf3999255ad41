import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget, seed } from './support/budget.js';
import { agrees, refuses, same } from './support/check.js';
import { unhash } from './support/fmix32.js';
import { keyKinds } from './support/kinds.js';
import { Model } from './support/model.js';

const test = behaviour('keys');

/** Neither u32 nor i32; what `set` answers to each. */
const strangers = [
  ['1', TypeError],
  ['', TypeError],
  [1n, TypeError],
  [undefined, TypeError],
  [null, TypeError],
  [true, TypeError],
  [Symbol('1'), TypeError],
  [{}, TypeError],
  [[1], TypeError],
  [new Number(1), TypeError],
  [{ valueOf: () => 1 }, TypeError],
  [() => 1, TypeError],
  [NaN, [TypeError, RangeError]],
  [1.5, [TypeError, RangeError]],
  [Number.MIN_VALUE, [TypeError, RangeError]],
  [Infinity, [TypeError, RangeError]],
  [-Infinity, [TypeError, RangeError]],
  [2 ** 32, RangeError],
  [2 ** 53, RangeError],
  [-(2 ** 31) - 1, RangeError],
  [-(2 ** 32), RangeError],
];
const outside = {
  u32: [...strangers, [-1, RangeError], [-(2 ** 31), RangeError]],
  i32: [...strangers, [2 ** 31, RangeError], [2 ** 32 - 1, RangeError]],
};

for (const [kind, { corners, Column }] of Object.entries(keyKinds)) {
  test(`the corners of ${kind} are keys like all others`, () => {
    for (const seed of [0, 1, 2 ** 31, 2 ** 32 - 1, 12345]) {
      const map = make(kind, 'u32', { seed });
      const model = new Model(kind, 'u32');
      corners.forEach((key, i) => {
        assert.is(map.has(key), false, `has ${key} before`);
        assert.is(map.get(key), undefined);
        map.set(key, i);
        model.set(key, i);
        assert.is(map.get(key), i, `get ${key}`);
        agrees(map, model, corners);
      });
      for (const key of corners) {
        assert.is(map.delete(key), true, `delete ${key}`);
        assert.is(map.delete(key), false);
        model.delete(key);
        agrees(map, model, corners);
      }
    }
  });

  test(`the keys of ${kind} with every special hash are keys like all others`, () => {
    const hashes = [0, 1, 2, 3, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 3, 2 ** 32 - 2, 2 ** 32 - 1];
    for (const seed of [0, 77, 2 ** 32 - 1]) {
      const keys = Column.from(hashes, (hash) => unhash(hash, seed));
      const map = make(kind, 'f64', { seed });
      const model = new Model(kind, 'f64');
      assert.is(map.hasAll(keys).indexOf(1), -1);
      for (const key of keys) {
        map.set(key, key / 2);
        model.set(key, key / 2);
        agrees(map, model, keys);
      }
      for (const key of keys) {
        assert.is(map.delete(key), true);
        model.delete(key);
        agrees(map, model, keys);
      }
      assert.is(map.putAll(keys, 1), keys.length);
      assert.is(map.putAll(keys, 1, 'add'), 0);
      same(map.getAll(keys).values, new Float64Array(keys.length).fill(2));
      assert.is(map.deleteAll(keys.subarray(0, 4)), 4);
      assert.is(map.size, keys.length - 4);
      map.clear();
      assert.is(map.hasAll(keys).indexOf(1), -1);
    }
  });

  test(`-0 is the key 0 of ${kind}`, () => {
    const map = make(kind, 'u32').set(-0, 5);
    assert.is(map.get(0), 5);
    assert.is(map.set(0, 6).get(-0), 6);
    assert.is(map.has(-0), true);
    assert.is(map.size, 1);
    assert.is(map.delete(-0), true);
    assert.is(map.has(0), false);
  });

  test(`what is no ${kind} is refused by set and absent for get, has and delete`, () => {
    const map = make(kind, 'u32');
    for (const key of corners) map.set(key, 1);
    for (const [key, type] of outside[kind]) {
      const what = `${typeof key} ${String(key)}`;
      refuses(() => map.set(key, 2), type, `set ${what}`);
      assert.is(map.get(key), undefined, `get ${what}`);
      assert.is(map.has(key), false, `has ${what}`);
      assert.is(map.delete(key), false, `delete ${what}`);
    }
    assert.is(map.size, corners.length);
    for (const key of corners) assert.is(map.get(key), 1);
  });

  test(`no value of JavaScript but a ${kind} finds an entry`, () => {
    const map = make(kind, 'u32');
    map.putAll(
      Column.from({ length: 1000 }, (_, i) => i),
      1,
    );
    for (const key of corners) map.set(key, 1);
    const held = new Set([...Array(1000).keys(), ...corners]);
    const property = fc.property(
      fc.anything({ withBigInt: true, withBoxedValues: true, withNullPrototype: true }),
      (key) => {
        assert.is(map.has(key), held.has(key));
        assert.is(map.get(key), held.has(key) ? 1 : undefined);
        if (!held.has(key)) assert.is(map.delete(key), false);
      },
    );
    fc.assert(property, { seed, numRuns: budget(2000, { debug: 500 }) });
  });

  test(`dense keys of ${kind} around zero and around the ends`, () => {
    const map = make(kind, 'u32');
    const model = new Model(kind, 'u32');
    const rows = budget(3000, { debug: 300 });
    for (const start of [-rows / 2, 2 ** 31 - rows / 2, 2 ** 32 - rows / 2]) {
      const keys = Column.from({ length: rows }, (_, i) => start + i);
      assert.is(map.putAll(keys, 1, 'add'), model.putAll(keys, 1, 'add'));
    }
    agrees(map, model);
  });
}

test.run();
