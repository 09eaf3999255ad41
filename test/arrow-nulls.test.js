import * as assert from 'uvu/assert';
import { arrow, encoded, shapesOf, takeColumn } from './support/arrow.js';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { refuses, same } from './support/check.js';
import { allPairs, keyKinds, numericKeys, valueKind } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';

const test = behaviour('arrow nulls');
const types = {
  u32: new arrow.Uint32(),
  i32: new arrow.Int32(),
  u64: new arrow.Uint64(),
  i64: new arrow.Int64(),
  f64: new arrow.Float64(),
};

/** A map that also has the key 0, which is what a null row mostly holds. */
function filled(key, value, keys) {
  const map = make(key, value);
  const one = value === 'any' ? { is: 'one' } : valueKind(value).corners[1];
  map.putAll(keys, one);
  map.set(keyKinds[key].wrap(0), one);
  return { map, one };
}

for (const { key, value } of allPairs.filter(({ key }) => numericKeys.includes(key))) {
  test(`a null is a key that is not there: ${key} -> ${value}`, () => {
    const rows = budget(4000, { debug: 500, badHash: 500 });
    const random = new Random(1);
    const keys = distinctKeys(rows, 1, keyKinds[key].Column);
    const zeroKey = keyKinds[key].wrap(0);
    const { map, one } = filled(key, value, keys.subarray(0, rows / 2));
    const given = Array.from(keys, (k) => (random.below(3) === 0 ? null : random.below(9) === 0 ? zeroKey : k));
    const { missing, zero } = { missing: valueKind(value).corners[2], zero: valueKind(value).zero };
    for (const [shape, vector] of Object.entries(shapesOf(given, types[key]))) {
      const expected = Uint8Array.from(vector, (k) => (k !== null && map.has(k) ? 1 : 0));
      for (const miss of [missing, undefined]) {
        const { values, found, hits } = map.getAll(vector, { missing: miss });
        same(found, expected, shape);
        assert.is(
          hits,
          expected.reduce((sum, hit) => sum + hit, 0),
          shape,
        );
        same(
          values,
          valueKind(value).Column.from(expected, (hit) => (hit === 1 ? one : (miss ?? zero))),
          shape,
        );
      }
      same(map.hasAll(vector), expected, shape);
      same(map.hasAll(vector, new Uint8Array(vector.length).fill(9)), expected, shape);
    }
    const vector = arrow.vectorFromArray(given, types[key]).slice(5);
    const there = new Set([...vector].filter((k) => k !== null && map.has(k)));
    const before = map.size;
    assert.is(map.deleteAll(vector), there.size);
    assert.is(map.size, before - there.size);
  });
}

test('deleteAll of nulls alone leaves the key 0', () => {
  const { map } = filled('u32', 'u32', Uint32Array.of(1, 2));
  for (const vector of [
    arrow.vectorFromArray([null, null, null], types.u32),
    arrow.vectorFromArray([1, null, 2], types.u32).slice(1, 2),
    encoded([null, 1], [0, null], types.u32),
  ]) {
    assert.is(map.deleteAll(vector), 0);
    same(map.hasAll(vector), new Uint8Array(vector.length));
    assert.is(map.getAll(vector).hits, 0);
  }
  assert.is(map.size, 3);
});

test('dictionary columns: a null index, whatever it is, and a null entry', () => {
  const { map } = filled('u32', 'u32', Uint32Array.of(1, 2));
  const vector = encoded([0, null, 1, 2, 3, 0], [1, null, 5, 0], types.u32);
  for (const column of [vector, vector.concat(vector), vector.slice(1), vector.concat(vector).slice(4, 9)]) {
    same(
      map.hasAll(column),
      Uint8Array.from(column, (k) => (k !== null && map.has(k) ? 1 : 0)),
    );
  }
});

test('a dictionary of nothing, where all rows are null', () => {
  for (const [name, type] of [
    ['u32', types.u32],
    ['i64', new arrow.Int64()],
  ]) {
    const { Column } = valueKind(name);
    const { column, nulls } = takeColumn(encoded([null, null], [], type), { name, array: Column }, 'keys');
    same(column, new Column(2));
    same(nulls, Uint8Array.of(1, 1));
  }
});

test('putAll refuses a null key or value, names the row, and changes nothing', () => {
  const map = make('u32', 'i32').set(0, 5);
  const version = [...map];
  const rows = Array.from({ length: 3000 }, (_, i) => i);
  for (const at of [0, 7, 8, 129, 2999]) {
    const holed = rows.with(at, null);
    const full = Uint32Array.from(rows);
    const [keys, values] = [types.u32, types.i32].map((type) => arrow.vectorFromArray(holed, type));
    const wrong = [
      [keys, Int32Array.from(rows), 'keys'],
      [keys, 1, 'keys'],
      [full, values, 'values'],
    ];
    for (const [k, v, what] of wrong) {
      assert.match(refuses(() => map.putAll(k, v), TypeError).message, `${what}[${at}]`);
    }
    assert.match(refuses(() => map.putAll(keys.slice(3).concat(keys), 1), TypeError).message, /keys\[\d+\].*null/);
  }
  assert.equal([...map], version);
});

test('nulls at every bit, in slices from every bit', () => {
  const plain = { name: 'u32', array: Uint32Array };
  for (let at = 0; at < 20; at++) {
    const rows = Array.from({ length: 20 }, (_, i) => (i === at ? null : i));
    const vector = arrow.vectorFromArray(rows, types.u32);
    for (let from = 0; from < 20; from++) {
      const { nulls } = takeColumn(vector.slice(from), plain, 'keys');
      if (from > at) assert.is(nulls, undefined);
      else
        same(
          nulls,
          Uint8Array.from(rows.slice(from), (row) => (row === null ? 1 : 0)),
        );
    }
  }
});

test('counts that were not made yet, and bitmaps without a null', () => {
  const plain = { name: 'u32', array: Uint32Array };
  const data = { type: types.u32, data: Uint32Array.of(1, 2, 3), nullBitmap: Uint8Array.of(0b101) };
  const fake = (nullCount, nullBitmap) => ({
    type: types.u32,
    data: [{ length: 3, offset: 0, nullCount, nullBitmap, values: Uint32Array.of(1, 2, 3) }],
  });
  const vectors = [new arrow.Vector([arrow.makeData(data)]), fake(-1, data.nullBitmap), fake(1, data.nullBitmap)];
  for (const vector of vectors) same(takeColumn(vector, plain, 'keys').nulls, Uint8Array.of(0, 1, 0));
  const full = [fake(-1, Uint8Array.of(7)), fake(0, Uint8Array.of(5)), fake(-1, new Uint8Array()), fake(-1, null)];
  for (const vector of full) assert.is(takeColumn(vector, plain, 'keys').nulls, undefined);
});

test.run();
