import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { KeyMap } from './support/byte-domains.js';
import { classOf, same } from './support/check.js';
import { Twin, valueFor } from './support/iteration.js';
import { allPairs, drawValues, keyKinds, valueKind } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';
import { HashMap } from './support/tophash.js';

const test = behaviour('columns');
const sizes = [0, 1, 9, 53, 420, 833, 1249, 1300, budget(6000, { debug: 1700 })];

for (const { key, value } of allPairs) {
  test(`${key} -> ${value}: classes, lengths and entries`, () => {
    const random = new Random(1);
    for (const rows of sizes) {
      const map = make(key, value);
      const given = { keys: distinctKeys(rows, rows, keyKinds[key].Column), values: drawValues(value, rows, random) };
      map.putAll(given.keys, given.values);
      const result = map.columns();
      assert.equal(Object.keys(result).sort(), ['keys', 'values']);
      const { keys, values } = result;
      assert.is(classOf(keys), classOf(given.keys));
      assert.is(values.constructor, valueKind(value).Column);
      const at = new KeyMap(Array.from(given.keys, (k, row) => [k, row]));
      same(
        values,
        values.constructor.from(keys, (k) => given.values[at.get(k)]),
        'values as given',
      );
      same(keys.toSorted(), given.keys.toSorted(), 'keys as given');
    }
  });
}

test('arrays of their own, that share nothing with the map or each other', () => {
  for (const { key, value } of allPairs) {
    for (const rows of [0, 5, 500, 1700]) {
      const twin = new Twin(key, value).putAll(distinctKeys(rows, 2, keyKinds[key].Column));
      const [first, second] = [twin.map.columns(), twin.map.columns()];
      assert.is.not(first.keys, second.keys);
      assert.is.not(first.values, second.values);
      if (ArrayBuffer.isView(first.values) && ArrayBuffer.isView(first.keys)) {
        for (const column of [first.keys, first.values]) {
          assert.is(column.byteOffset, 0);
          assert.is(column.buffer.byteLength, column.byteLength, 'the buffer is as long as the column');
          assert.is.not(column.buffer, second.keys.buffer);
        }
        assert.is.not(first.keys.buffer, first.values.buffer);
      }
      const kept = { keys: second.keys.slice(), values: second.values.slice() };
      first.keys.fill(keyKinds[key].wrap(1));
      first.values.fill(valueFor(value, 77777));
      twin.agrees();
      twin.putAll(second.keys);
      twin.clear();
      make(key, value).putAll(kept.keys, kept.values);
      same(second.keys, kept.keys, 'after other writes');
      same(second.values, kept.values, 'after other writes');
    }
  }
});

test('a map that was never written, and one that is empty again', () => {
  for (const { key, value } of allPairs) {
    const never = make(key, value);
    const emptied = new Twin(key, value).putAll(distinctKeys(1500, 3, keyKinds[key].Column));
    emptied.deleteAll(distinctKeys(1500, 3, keyKinds[key].Column));
    const cleared = make(key, value).set(keyKinds[key].wrap(1), valueFor(value, 1));
    cleared.clear();
    for (const map of [never, emptied.map, cleared]) {
      const { keys, values } = map.columns();
      same(keys, new keyKinds[key].Column(0));
      same(values, new (valueKind(value).Column)(0));
    }
  }
});

test('after growth, deletion and churn', () => {
  const rows = budget(4000, { debug: 1500 });
  const random = new Random(4);
  const keys = distinctKeys(rows * 2, 4);
  const twin = new Twin('u32', 'f64');
  for (let round = 0; round < 20; round++) {
    const from = random.below(rows);
    const part = keys.subarray(from, from + random.below(rows));
    if (round % 3 === 2) twin.deleteAll(part);
    else twin.putAll(part);
    const columns = twin.map.columns();
    assert.is(columns.keys.length, twin.model.size);
    columns.keys.forEach((key, row) => {
      if (columns.values[row] !== twin.model.get(key)) assert.unreachable(`row ${row}: the value of ${key}`);
    });
    assert.is(new Set(columns.keys).size, twin.model.size);
  }
});

test('an iterator open meanwhile goes on', () => {
  for (const rows of [10, 420, 1250, 3000]) {
    const twin = new Twin().putAll(distinctKeys(rows, rows));
    const produced = twin.each('entries', (_, walk) => {
      if (walk.steps % Math.ceil(rows / 7) === 0) assert.is(twin.map.columns().keys.length, rows);
    });
    assert.is(produced.length, rows);
  }
});

test('of many maps in turn', () => {
  const keys = distinctKeys(2000, 5);
  const twins = [3, 40, 700, 1999].map((rows, i) => new Twin('u32', 'u32', { seed: i }).putAll(keys.subarray(0, rows)));
  for (let round = 0; round < 3; round++) {
    for (const { map, model } of twins) {
      const { keys: k, values } = map.columns();
      assert.is(k.length, model.size);
      k.forEach((key, row) => assert.is(values[row], model.get(key)));
    }
  }
});

test('there and back: fromColumns of columns, with the same seed and another', () => {
  for (const rows of [...sizes, budget(100000, { debug: 4000, high: 30000 })]) {
    const source = make('u32', 'u32', { seed: 9 });
    source.putAll(
      distinctKeys(rows, 6),
      Uint32Array.from({ length: rows }, (_, row) => row),
    );
    const { keys, values } = source.columns();
    for (const seed of [9, 10]) {
      const copy = tracked(HashMap.fromColumns(keys, values, { key: 'u32', value: 'u32', seed }));
      assert.is(copy.size, rows);
      same(copy.getAll(keys).values, values);
      same(copy.columns().keys.sort(), keys.toSorted());
    }
  }
});

test('there and back by single writes in hash order, and by halves', () => {
  const rows = budget(100000, { debug: 3000, high: 20000 });
  const source = make('u32', 'u32', { seed: 9 });
  source.putAll(
    distinctKeys(rows, 7),
    Uint32Array.from({ length: rows }, (_, row) => row),
  );
  const { keys, values } = source.columns();
  const fills = {
    set: (map) => {
      for (const [key, value] of source) map.set(key, value);
    },
    'set, backwards': (map) => {
      for (let row = rows - 1; row >= 0; row--) map.set(keys[row], values[row]);
    },
    'small batches': (map) => {
      for (let row = 0; row < rows; row += 300) map.putAll(keys.slice(row, row + 300), values.slice(row, row + 300));
    },
    'the second half first': (map) => {
      map.putAll(keys.subarray(rows >> 1), values.subarray(rows >> 1));
      map.putAll(keys.subarray(0, rows >> 1), values.subarray(0, rows >> 1));
    },
  };
  for (const [name, fill] of Object.entries(fills)) {
    const copy = make('u32', 'u32', { seed: 9 });
    fill(copy);
    assert.is(copy.size, rows, name);
    same(copy.getAll(keys).values, values, name);
    same(copy.columns().values.sort(), values.toSorted(), name);
    copy.dispose();
  }
});

test.run();
