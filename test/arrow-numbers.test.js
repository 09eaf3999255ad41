import * as assert from 'uvu/assert';
import { arrow, encoded, isArrowVector, shapesOf, takeColumn } from './support/arrow.js';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { same } from './support/check.js';
import { drawValues, keyKinds, numericKeys, valueKinds } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';
import { HashMap } from './support/tophash.js';

const test = behaviour('arrow numbers');

const exact = {
  u32: new arrow.Uint32(),
  i32: new arrow.Int32(),
  f32: new arrow.Float32(),
  u64: new arrow.Uint64(),
  i64: new arrow.Int64(),
  f64: new arrow.Float64(),
};

for (const key of numericKeys) {
  const { Column } = keyKinds[key];

  test(`${key} keys in every shape: putAll, getAll, hasAll and deleteAll do as with the plain column`, () => {
    for (const rows of [7, 200, budget(5000, { debug: 500, badHash: 500 })]) {
      const keys = distinctKeys(rows, rows, Column);
      for (const [shape, vector] of Object.entries(shapesOf([...keys], exact[key]))) {
        const plain = Column.from(vector);
        const [map, model] = [make(key, 'u32'), make(key, 'u32')];
        const values = Uint32Array.from(plain.keys());
        assert.is(map.putAll(vector, values), model.putAll(plain, values), shape);
        same(map.getAll(plain).values, values, shape);
        const all = map.getAll(vector, { missing: 7 });
        same(all.values, values, shape);
        assert.is(all.hits, plain.length, shape);
        assert.is(map.hasAll(vector).indexOf(0), -1, shape);
        map.putAll(keys, 5);
        assert.is(map.deleteAll(vector), plain.length, shape);
        assert.is(map.size, rows - plain.length, shape);
        assert.is(map.hasAll(vector).indexOf(1), -1, shape);
        map.dispose();
        model.dispose();
      }
    }
  });

  test(`dictionary-encoded ${key} keys, with indices of every type`, () => {
    const entries = [...drawValues(key, 100, new Random(2))];
    const random = new Random(3);
    const positions = Array.from({ length: 3000 }, () => random.below(100));
    for (const name of ['Int8', 'Int16', 'Int32', 'Int64', 'Uint8', 'Uint16', 'Uint32', 'Uint64']) {
      const vector = encoded(positions, entries, exact[key], new arrow[name]());
      const plain = Column.from(positions, (position) => entries[position]);
      const map = make(key, 'u32');
      assert.is(map.putAll(vector, 1), new Set(plain).size, name);
      same(map.getAll(vector).values, map.getAll(plain).values, name);
      assert.is(map.deleteAll(vector.slice(5)), new Set(plain.subarray(5)).size, name);
    }
  });
}

for (const value of Object.keys(valueKinds)) {
  test(`${value} values in every shape`, () => {
    const rows = 300;
    const values = drawValues(value, rows, new Random(4));
    for (const [shape, vector] of Object.entries(shapesOf([...values], exact[value]))) {
      const plain = valueKinds[value].Column.from(vector);
      const keys = distinctKeys(plain.length, 5);
      const map = make('u32', value);
      assert.is(map.putAll(keys, vector), plain.length, shape);
      same(map.getAll(keys).values, plain, shape);
      map.dispose();
    }
    const positions = [3, 1, 4, 1, 5, 92, 65, 35, 8, 97];
    const map = make('u32', value);
    map.putAll(distinctKeys(10, 5), encoded(positions, [...values], exact[value]));
    same(
      map.getAll(distinctKeys(10, 5)).values,
      valueKinds[value].Column.from(positions, (at) => values[at]),
    );
  });
}

test('one chunk of the very type is not copied, wherever it was cut', () => {
  const numbers = Uint32Array.from({ length: 50 }, (_, i) => i * 3);
  const vector = arrow.makeVector(numbers);
  const { column, nulls } = takeColumn(vector.slice(11, 30), { name: 'u32', array: Uint32Array }, 'keys');
  same(column, numbers.slice(11, 30));
  assert.is(column.buffer, numbers.buffer);
  assert.is(nulls, undefined);
});

test('small integers widen to the kinds that they all fit', () => {
  const rows = { Int8: [-128, 0, 127], Int16: [-32768, 0, 32767], Uint8: [0, 128, 255], Uint16: [0, 256, 65535] };
  const kinds = { Int8: ['i32'], Int16: ['i32'], Uint8: ['i32', 'u32'], Uint16: ['i32', 'u32'] };
  for (const [name, numbers] of Object.entries(rows)) {
    for (const kind of kinds[name]) {
      for (const [shape, vector] of Object.entries(shapesOf([...numbers, 1, 2, 3, 4, 5], new arrow[name]()))) {
        const map = make(kind, kind);
        const plain = keyKinds[kind].Column.from(vector);
        map.putAll(vector, vector);
        same(map.getAll(plain).values, plain, `${name} ${shape}`);
      }
      const coded = encoded([2, 0], numbers, new arrow[name]());
      const map = make(kind, 'u32');
      map.putAll(coded, 1);
      assert.equal([...map.keys()].sort(), [numbers[2], numbers[0]].sort());
    }
  }
});

test('dates, times, timestamps and durations are the integers that store them', () => {
  const stored = {
    i32: ['DateDay', 'TimeSecond', 'TimeMillisecond'],
    i64: ['TimeMicrosecond', 'TimeNanosecond', 'TimestampMicrosecond', 'TimestampNanosecond', 'DurationSecond'],
  };
  for (const [kind, names] of Object.entries(stored)) {
    const column = valueKinds[kind].Column.from(valueKinds[kind].corners);
    for (const name of names) {
      const vector = new arrow.Vector([arrow.makeData({ type: new arrow[name](), data: column })]);
      const map = make('u32', kind);
      const keys = distinctKeys(column.length, 1);
      map.putAll(keys, vector);
      same(map.getAll(keys).values, column, name);
    }
  }
});

test('columns of tables, fromColumns, and how', () => {
  const table = arrow.tableFromArrays({ id: Uint32Array.of(1, 2, 1, 3), amount: Float64Array.of(1, 2, 4, 8) });
  const map = tracked(
    HashMap.fromColumns(table.getChild('id'), table.getChild('amount'), { key: 'u32', value: 'f64' }),
  );
  assert.equal([map.get(1), map.get(2), map.get(3)], [4, 2, 8]);
  assert.is(map.putAll(table.getChild('id'), table.getChild('amount'), 'add'), 0);
  assert.equal([map.get(1), map.get(2), map.get(3)], [9, 4, 16]);
});

test("to 'any' values a vector is a value as any other", () => {
  const vector = arrow.makeVector(Uint32Array.of(1, 2));
  const map = make('u32', 'any');
  map.putAll(vector, vector);
  assert.is(map.get(1), vector);
  assert.is(map.getAll(vector).values[1], vector);
});

test('what is a vector, and what is none', () => {
  for (const rows of [[], [1], ['a', null], [new Date()]]) {
    const type = rows.length === 0 ? new arrow.Utf8() : undefined;
    assert.ok(isArrowVector(arrow.vectorFromArray(rows, type)));
  }
  assert.ok(isArrowVector(arrow.vectorFromArray(['a', 'b']).memoize()));
  const none = [null, undefined, 1, 'a', [], {}, new Map(), new Uint32Array(1), () => 1, { data: [] }, { type: {} }];
  none.push({ data: [], type: null }, { data: {}, type: { typeId: 2 } }, { bytes: new Uint8Array(), offsets: [] });
  for (const x of none) assert.not.ok(isArrowVector(x), String(x));
});

test.run();
