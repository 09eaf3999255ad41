import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { refuses, same } from './support/check.js';
import { keyColumn, keyKinds, merge, valueKinds, ways } from './support/kinds.js';

const test = behaviour('merge');

for (const [value, { Column, corners }] of Object.entries(valueKinds)) {
  for (const key of Object.keys(keyKinds))
    test(`every way over every pair of corners of ${value} under ${key} keys`, () => {
      const couples = corners.flatMap((old) => corners.map((next) => [old, next]));
      const keys = keyColumn(key, couples.length, (i) => i * 7);
      for (const how of ways) {
        const map = make(key, value);
        const expected = Column.from(couples, ([old, next]) => merge(value, how, old, next));
        map.putAll(
          keys,
          Column.from(couples, ([old]) => old),
        );
        assert.is(
          map.putAll(
            keys,
            Column.from(couples, ([, next]) => next),
            how,
          ),
          0,
        );
        same(map.getAll(keys).values, expected, `${how}, a column`);
      }
    });

  test(`every way with one ${value} for all rows`, () => {
    const keys = Uint32Array.from(corners, (_, i) => i * 7);
    for (const how of ways) {
      for (const next of corners) {
        const map = make('u32', value);
        map.putAll(keys, Column.from(corners));
        assert.is(map.putAll(keys, next, how), 0);
        same(
          map.getAll(keys).values,
          Column.from(corners, (old) => merge(value, how, old, next)),
          `${how} ${next}`,
        );
      }
    }
  });

  test(`a new ${value} is stored as it is, whatever the way`, () => {
    const keys = Uint32Array.from(corners, (_, i) => i);
    for (const how of ways) {
      const map = make('u32', value);
      assert.is(map.putAll(keys, Column.from(corners), how), corners.length);
      same(map.getAll(keys).values, Column.from(corners), how);
    }
  });
}

test('add wraps integers', () => {
  const sums = { u32: [2 ** 32 - 1, 2, 1], i32: [2 ** 31 - 1, 1, -(2 ** 31)] };
  sums.u64 = [2n ** 64n - 1n, 2n, 1n];
  sums.i64 = [2n ** 63n - 1n, 1n, -(2n ** 63n)];
  for (const [value, [a, b, sum]] of Object.entries(sums)) {
    const map = make('u32', value).set(1, a);
    map.putAll(Uint32Array.of(1), b, 'add');
    assert.is(map.get(1), sum, value);
  }
});

test('an unknown way is refused', () => {
  const map = make('u32', 'u32').set(1, 1);
  for (const how of ['sum', 'Add', '', 'toString', 'constructor', null, 1, {}]) {
    refuses(() => map.putAll(Uint32Array.of(1, 2), 5, how), [TypeError, RangeError], String(how));
    refuses(() => map.putAll(new Map([[1, 5]]), how), [TypeError, RangeError], `map ${String(how)}`);
    refuses(() => map.putAll(make('u32', 'u32').set(1, 5), how), [TypeError, RangeError], `map ${String(how)}`);
  }
  assert.is(map.get(1), 1);
  assert.is(map.size, 1);
});

test.run();
