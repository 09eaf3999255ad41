import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { refuses, same } from './support/check.js';
import { keyColumn, pairs, valueKinds } from './support/kinds.js';

const test = behaviour('values');
const big = (kind) => kind.endsWith('64') && kind !== 'f64';

for (const { key, value } of pairs) {
  const { corners, Column } = valueKinds[value];

  test(`the corners of ${value} come back unchanged under ${key} keys`, () => {
    const map = make(key, value);
    const keys = columnOf(key, corners.length);
    corners.forEach((corner, i) => {
      map.set(keys[i], corner);
      assert.ok(Object.is(map.get(keys[i]), corner), `${map.get(keys[i])} for ${corner}`);
    });
    same(map.getAll(keys).values, Column.from(corners), 'by single set');
    for (const values of [Column.from(corners), corners]) {
      const copy = make(key, value);
      copy.putAll(keys, values);
      same(copy.getAll(keys).values, Column.from(corners), 'by batch');
      corners.forEach((corner, i) => void assert.ok(Object.is(copy.get(keys[i]), corner)));
    }
    for (const corner of corners) {
      map.putAll(keys, corner);
      same(map.getAll(keys).values, new Column(corners.length).fill(corner), 'one for all rows');
    }
  });
}

for (const [value, { outside, corners }] of Object.entries(valueKinds)) {
  test(`what is no ${value} is refused, and nothing changes`, () => {
    const map = make('u32', value).set(1, corners[1]);
    const wrong = ['1', undefined, null, true, {}, [1], Symbol('1'), { valueOf: () => 1 }, big(value) ? 1 : 1n];
    const cases = [...wrong.map((v) => [v, TypeError]), ...outside.map((v) => [v, RangeError])];
    if (value === 'u32' || value === 'i32') {
      for (const v of [1.5, NaN, Infinity, -Infinity]) cases.push([v, [TypeError, RangeError]]);
    }
    for (const [v, type] of cases) {
      const what = `${typeof v} ${String(v)}`;
      refuses(() => map.set(1, v), type, `set ${what}`);
      refuses(() => map.set(2, v), type, `set ${what} to a new key`);
      refuses(() => map.getOrInsert(2, v), type, `getOrInsert ${what}`);
      refuses(() => map.getOrInsertComputed(2, () => v), type, `getOrInsertComputed ${what}`);
      refuses(() => map.getAll(Uint32Array.of(1), { missing: v === undefined ? null : v }), type, `missing ${what}`);
      if (typeof v === 'object' && v !== null) continue;
      refuses(() => map.putAll(Uint32Array.of(1, 2), v), type, `putAll ${what}`);
    }
    for (const [v, type] of cases) {
      refuses(
        () => map.putAll(Uint32Array.of(1, 2, 3), [corners[0], corners[0], v]),
        type,
        `in an array: ${String(v)}`,
      );
    }
    assert.is(map.size, 1);
    assert.is(map.get(1), corners[1]);
  });
}

test('f32 rounds', () => {
  const map = make('u32', 'f32');
  const numbers = [0.1, 1 / 3, 16777217, -2.5000001, 1e-46];
  numbers.forEach((n, key) => void map.set(key, n));
  numbers.forEach((n, key) => void assert.ok(Object.is(map.get(key), Math.fround(n))));
  map.clear();
  const keys = columnOf('u32', numbers.length);
  map.putAll(keys, numbers);
  same(map.getAll(keys).values, Float32Array.from(numbers));
  map.putAll(keys, 0.1);
  assert.is(map.get(0), Math.fround(0.1));
  same(map.getAll(Uint32Array.of(99), { missing: 0.1 }).values, Float32Array.of(0.1));
});

test('-0 is stored as itself by floats and as 0 by integers', () => {
  for (const value of ['u32', 'i32', 'f32', 'f64']) {
    const zero = value.startsWith('f') ? -0 : 0;
    const map = make('u32', value).set(1, -0);
    map.putAll(Uint32Array.of(2), [-0]);
    map.putAll(Uint32Array.of(3), -0);
    for (const key of [1, 2, 3]) assert.ok(Object.is(map.get(key), zero), `${value} ${key}`);
  }
});

function columnOf(kind, length) {
  return keyColumn(kind, length, (i) => i);
}

test.run();
