import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agrees, same } from './support/check.js';
import { drawValues, keyColumn, pairs, ways } from './support/kinds.js';
import { Model } from './support/model.js';
import { Random } from './support/random.js';

const test = behaviour('batch-duplicates');

test('of equal keys in one batch the last wins, and the first under keep', () => {
  const keys = Uint32Array.of(7, 8, 7, 9, 7, 8);
  const values = Float64Array.of(1, 2, 3, 4, 5, 6);
  const expected = { replace: [5, 6, 4], keep: [1, 2, 4], add: [9, 8, 4], min: [1, 2, 4], max: [5, 6, 4] };
  for (const how of [undefined, ...ways]) {
    const map = make('u32', 'f64');
    assert.is(map.putAll(keys, values, how), 3);
    assert.is(map.size, 3);
    same(map.getAll(Uint32Array.of(7, 8, 9)).values, Float64Array.from(expected[how ?? 'replace']), how);
  }
});

test('float sums go in column order', () => {
  const values = [1e16, 1, -1e16, 1, 0.1, 0.2, 0.3, -0.6];
  const inOrder = values.reduce((sum, value) => sum + value);
  assert.is.not(
    inOrder,
    values.reduceRight((sum, value) => sum + value),
    'the order must matter',
  );
  for (const repeat of [1, 3, 50, 500]) {
    const column = Float64Array.from({ length: values.length * repeat }, (_, row) => values[row % values.length]);
    const map = make('u32', 'f64');
    assert.is(map.putAll(new Uint32Array(column.length).fill(3), column, 'add'), 1);
    assert.is(
      map.get(3),
      column.reduce((sum, value) => sum + value),
    );
    const single = make('u32', 'f32');
    single.putAll(new Uint32Array(column.length), Float32Array.from(column), 'add');
    assert.is(
      single.get(0),
      column.reduce((sum, value) => Math.fround(Math.fround(sum) + Math.fround(value))),
    );
  }
});

test('a batch of one key only', () => {
  for (const rows of [2, 16, 17, 128, 129, 256, 257, 1793, 5000]) {
    const map = make('u32', 'u32');
    assert.is(map.putAll(new Uint32Array(rows).fill(5), 1, 'add'), 1);
    assert.is(map.get(5), rows);
    assert.is(map.getAll(new Uint32Array(rows).fill(5)).hits, rows);
    assert.is(map.deleteAll(new Uint32Array(rows).fill(5)), 1);
    assert.is(map.size, 0);
  }
});

test('the same key at every distance within a batch', () => {
  const rows = 400;
  for (let distance = 1; distance < rows; distance += 1 + (distance >> 4)) {
    const keys = Uint32Array.from({ length: rows }, (_, row) => row);
    keys[rows - 1] = rows - 1 - distance;
    for (const how of ways) {
      const map = make('u32', 'i32');
      const model = new Model('u32', 'i32');
      const values = Int32Array.from({ length: rows }, (_, row) => (row * 37) % 101);
      assert.is(map.putAll(keys, values, how), model.putAll(keys, values, how), how);
      agrees(map, model);
      assert.is(map.deleteAll(keys), rows - 1);
    }
  }
});

for (const { key, value } of pairs) {
  test(`many duplicates over ${key} -> ${value}`, () => {
    const random = new Random(11);
    for (const how of ways) {
      for (const [domain, rows] of [
        [3, 40],
        [100, 300],
        [900, budget(4000, { debug: 1800 })],
      ]) {
        const map = make(key, value);
        const model = new Model(key, value);
        const keys = keyColumn(key, rows, () => Math.imul(random.below(domain), 0x9e3779b1));
        for (let round = 0; round < 2; round++) {
          const values = drawValues(value, rows, random);
          assert.is(map.putAll(keys, values, how), model.putAll(keys, values, how), how);
          agrees(map, model, keys);
        }
        assert.is(map.deleteAll(keys), model.deleteAll(keys));
        assert.is(map.size, 0);
      }
    }
  });
}

test.run();
