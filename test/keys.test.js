import fc from 'fast-check';
import { inspect } from 'node:util';
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget, seed } from './support/budget.js';
import { KeySet } from './support/byte-domains.js';
import { agrees, refuses, same } from './support/check.js';
import { doubleOf, keyColumn, keyKinds, keysWithHash } from './support/kinds.js';
import { Model } from './support/model.js';
import { Random } from './support/random.js';

const test = behaviour('keys');

/** Neither numbers nor bigints; what `set` answers to each. */
const strangers = [
  ['1', TypeError],
  ['', TypeError],
  [undefined, TypeError],
  [null, TypeError],
  [true, TypeError],
  [Symbol('1'), TypeError],
  [{}, TypeError],
  [[1], TypeError],
  [new Number(1), TypeError],
  [{ valueOf: () => 1 }, TypeError],
  [() => 1, TypeError],
];
/** Neither u32 nor i32. */
const numbers = [
  ...strangers,
  [1n, TypeError],
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
/** Neither u64 nor i64. */
const bigints = [
  ...strangers,
  ...[0, 1, -1, NaN, 2 ** 53, Object(1n)].map((key) => [key, TypeError]),
  ...[2n ** 64n, 2n ** 65n + 1n, 2n ** 128n, -(2n ** 63n) - 1n, -(2n ** 64n)].map((key) => [key, RangeError]),
];
/** Neither a string nor a byte array. */
const others = [0, 1, undefined, null, true, 1n, Symbol('1'), {}, [1], () => 1, new String('a'), ['a']].concat([
  new Int8Array(1),
  new Uint8ClampedArray(1),
  new ArrayBuffer(1),
  new DataView(new ArrayBuffer(1)),
  { length: 1, 0: 1 },
]);
const outside = {
  u32: [...numbers, [-1, RangeError], [-(2 ** 31), RangeError]],
  i32: [...numbers, [2 ** 31, RangeError], [2 ** 32 - 1, RangeError]],
  u64: [...bigints, [-1n, RangeError], [-(2n ** 63n), RangeError]],
  i64: [...bigints, [2n ** 63n, RangeError], [2n ** 64n - 1n, RangeError]],
  f64: [...strangers, [0n, TypeError], [1n, TypeError], [2n ** 64n, TypeError]],
  string: [...others, new Uint8Array(1)].map((key) => [key, TypeError]),
  bytes: [...others, 'a', '', detached(new Uint8Array(3))].map((key) => [key, TypeError]),
};

function detached(view) {
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
}

for (const [kind, { corners, Column, withHash }] of Object.entries(keyKinds)) {
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

  if (keysWithHash.includes(kind)) {
    test(`the keys of ${kind} with every special hash are keys like all others`, () => {
      const hashes = [0, 1, 2, 3, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 3, 2 ** 32 - 2, 2 ** 32 - 1];
      for (const seed of [0, 77, 2 ** 32 - 1]) {
        const keys = Column.from(hashes, (hash) => withHash(hash, seed));
        const map = make(kind, 'f64', { seed });
        const model = new Model(kind, 'f64');
        assert.is(map.hasAll(keys).indexOf(1), -1);
        keys.forEach((key, i) => {
          map.set(key, i / 2);
          model.set(key, i / 2);
          agrees(map, model, keys);
        });
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
  }

  test(`-0 is the key 0 of ${kind}`, () => {
    if (typeof corners[0] !== 'number') return;
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
      const what = `${typeof key} ${inspect(key)}`;
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
      keyColumn(kind, 1000, (i) => i),
      1,
    );
    for (const key of corners) map.set(key, 1);
    const held = new KeySet([...keyColumn(kind, 1000, (i) => i), ...corners]);
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
      const keys = keyColumn(kind, rows, (i) => start + i);
      assert.is(map.putAll(keys, 1, 'add'), model.putAll(keys, 1, 'add'));
    }
    agrees(map, model);
  });
}

for (const kind of ['u64', 'i64']) {
  test(`keys of ${kind} that differ in one word of the key or the hash are different`, () => {
    const { Column, withHash } = keyKinds[kind];
    const rows = budget(3000, { debug: 600 });
    for (const keyAt of [
      (i) => i,
      (i) => i << 32n,
      (i) => withHash(i, 5),
      (i) => withHash(i << 32n, 5),
      (i) => withHash((i << 32n) | 7n, 5),
      (i) => withHash((7n << 32n) | i, 5),
    ]) {
      const keys = Column.from({ length: rows }, (_, i) => keyAt(BigInt(i)));
      const map = make(kind, 'u32', { seed: 5 });
      const model = new Model(kind, 'u32');
      const values = Uint32Array.from(keys.keys());
      assert.is(map.putAll(keys, values), rows);
      model.putAll(keys, values);
      agrees(map, model);
      assert.equal(new Set(map.keys()), new Set(keys));
      for (const key of keys.subarray(0, rows / 2)) assert.is(map.delete(key), true);
      model.deleteAll(keys.subarray(0, rows / 2));
      agrees(map, model, keys);
    }
  });
}

test('every NaN is one key of f64, and -0 is 0, in columns too', () => {
  const random = new Random(1);
  const rows = 2000;
  const keys = keyColumn('f64', rows, (i) => i * 2);
  for (let row = 1; row < rows; row += 2) keys[row] = row % 4 === 1 ? NaN : 0;
  const disguised = keyKinds.f64.disguise(keys.slice(), random);
  const bits = new BigUint64Array(disguised.buffer).slice();
  assert.ok(bits.includes(2n ** 63n) && new Set(bits.filter((b) => Number.isNaN(doubleOf(b)))).size > 100);
  for (const step of [1, 2, 3, rows]) {
    const map = make('f64', 'f64');
    const model = new Model('f64', 'f64');
    for (let row = 0; row < rows; row += step) {
      const part = disguised.subarray(row, row + step);
      assert.is(map.putAll(part, 1, 'add'), model.putAll(part, 1, 'add'));
    }
    agrees(map, model);
    same(map.getAll(disguised).values, model.getAll(keys).values);
    same(map.hasAll(disguised), new Uint8Array(rows).fill(1));
    for (const key of [NaN, -NaN, disguised[1], disguised[5]]) assert.is(map.get(key), model.get(NaN));
    for (const key of [0, -0]) assert.is(map.get(key), model.get(0));
    const canonical = new BigUint64Array(keys.buffer);
    const out = new BigUint64Array(map.columns().keys.buffer);
    assert.equal(new Set(out), new Set(canonical), 'what comes out is canonical');
    for (const key of map.keys()) assert.not(Object.is(key, -0));
    same(new BigUint64Array(disguised.buffer), bits, 'the column is as it was');
    assert.is(map.deleteAll(disguised), model.size);
    assert.is(map.size, 0);
  }
  const map = make('f64', 'u32').set(-0, 1).set(NaN, 2);
  assert.equal([...map.keys()].sort(), [0, NaN]);
  assert.is(
    map.getOrInsertComputed(-0, () => 5),
    1,
  );
  assert.is(map.delete(0), true);
  map.getOrInsertComputed(-0, (key) => {
    assert.ok(Object.is(key, 0));
    return 7;
  });
  assert.is(map.get(0), 7);
  assert.is(map.delete(NaN), true);
  assert.is(map.size, 1);
});

test.run();
