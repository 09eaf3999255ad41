/**
 * The same batches through columns of every make: views with an offset, shared, resizable and length-tracking buffers.
 */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { refuses, same } from './support/check.js';
import { drawValues, keyColumn, keyKinds, keysOf, numericPairs } from './support/kinds.js';
import { Model } from './support/model.js';
import { Random } from './support/random.js';

const test = behaviour('batch-columns');
const lengths = [9, 2100];

/** Each makes a column of the same class and contents as the one given. */
const makes = {
  'a view with an offset': (column) => fill(column, new ArrayBuffer(column.byteLength + 64), 24),
  'a view at the end of a buffer': (column) => fill(column, new ArrayBuffer(column.byteLength + 8), 8),
  'a shared buffer': (column) => fill(column, new SharedArrayBuffer(column.byteLength + 16), 16),
  'a growable shared buffer': (column) => {
    const buffer = new SharedArrayBuffer(16, { maxByteLength: column.byteLength + 16 });
    const tracking = new column.constructor(buffer, 16);
    buffer.grow(column.byteLength + 16);
    tracking.set(column);
    return tracking;
  },
  'a resizable buffer': (column) =>
    fill(column, new ArrayBuffer(column.byteLength + 16, { maxByteLength: column.byteLength * 2 + 16 }), 8),
  'a length-tracking view that grew': (column) => {
    const buffer = new ArrayBuffer(8, { maxByteLength: column.byteLength + 8 });
    const tracking = new column.constructor(buffer, 8);
    buffer.resize(column.byteLength + 8);
    tracking.set(column);
    return tracking;
  },
  'a length-tracking view that shrank': (column) => {
    const buffer = new ArrayBuffer(column.byteLength * 2, { maxByteLength: column.byteLength * 2 });
    const tracking = new column.constructor(buffer);
    buffer.resize(column.byteLength);
    tracking.set(column);
    return tracking;
  },
};

function fill(column, buffer, offset) {
  new Uint8Array(buffer).fill(0xa5);
  const view = new column.constructor(buffer, offset, column.length);
  view.set(column);
  return view;
}

for (const [name, remake] of Object.entries(makes)) {
  test(`columns over ${name}`, () => {
    for (const { key, value, rows } of numericPairs.flatMap((pair) => lengths.map((rows) => ({ ...pair, rows })))) {
      const random = new Random(5);
      const map = make(key, value);
      const model = new Model(key, value);
      const plain = keyColumn(key, rows, () => random.below(3000));
      const keys = remake(plain);
      const values = drawValues(value, rows, random);
      assert.is(map.putAll(keys, remake(values)), model.putAll(plain, values));
      assert.is(map.putAll(keys, remake(values), 'max'), model.putAll(plain, values, 'max'));

      const into = { values: remake(drawValues(value, rows, random)), found: remake(new Uint8Array(rows)) };
      const expected = model.getAll(plain);
      const result = map.getAll(keys, into);
      assert.is(result.values, into.values);
      assert.is(result.found, into.found);
      same(into.values, expected.values, 'values');
      same(into.found, expected.found, 'found');
      assert.is(result.hits, expected.hits);
      const found = remake(new Uint8Array(rows));
      assert.is(map.hasAll(keys, found), found);
      same(found, expected.found, 'hasAll');
      same(keys, plain, 'the keys themselves');

      const some = plain.filter((_, row) => plain[row] < plain[0]);
      assert.is(map.deleteAll(remake(some)), model.deleteAll(some));
      same(map.hasAll(plain), model.hasAll(plain), 'after deleteAll');
    }
  });
}

test('an output is written within its bounds only', () => {
  const map = make('u32', 'u32');
  const keys = Uint32Array.from({ length: 300 }, (_, i) => i);
  map.putAll(keys, 0x01010101);
  for (const length of [1, 3, 16, 17, 129, 300]) {
    const buffer = new ArrayBuffer(16 + 4 * length + 16);
    const bytes = new Uint8Array(buffer).fill(0xa5);
    map.getAll(keys.subarray(0, length), { values: new Uint32Array(buffer, 16, length) });
    same(bytes, new Uint8Array(bytes.length).fill(0xa5).fill(1, 16, 16 + 4 * length), 'values');
    bytes.fill(0xa5);
    map.hasAll(keys.subarray(0, length), new Uint8Array(buffer, 5, length));
    same(bytes, new Uint8Array(bytes.length).fill(0xa5).fill(1, 5, 5 + length), 'found');
  }
});

test('outputs are the own of the caller', () => {
  const map = make('u32', 'u32');
  const keys = Uint32Array.of(1, 2, 3);
  map.putAll(keys, Uint32Array.of(10, 20, 30));
  const first = map.getAll(keys);
  const has = map.hasAll(keys);
  first.values.fill(99);
  first.found.fill(9);
  has.fill(9);
  assert.equal([...map.getAll(keys).values], [10, 20, 30]);
  const kept = map.getAll(keys);
  map.putAll(keys, 0);
  map.deleteAll(keys);
  map.dispose();
  assert.equal([...kept.values], [10, 20, 30]);
  assert.equal([...kept.found], [1, 1, 1]);
  assert.is(kept.values.byteLength, kept.values.buffer.byteLength, 'a buffer of its own');
});

test('keys and values may be one and the same column', () => {
  const map = make('u32', 'u32');
  const column = Uint32Array.from({ length: 2000 }, (_, i) => i * 3);
  assert.is(map.putAll(column, column), 2000);
  same(map.getAll(column).values, column);
});

test('a detached column is a TypeError', () => {
  for (const { key, value } of numericPairs) {
    const map = make(key, value);
    const { Column } = keyKinds[key];
    const four = () => keysOf(key, 1, 2, 3, 4);
    const two = () => keysOf(key, 1, 2);
    const values = drawValues(value, 4, new Random(1));
    map.putAll(four(), values);
    const gone = (column) => {
      structuredClone(column.buffer, { transfer: [column.buffer] });
      return column;
    };
    refuses(() => map.putAll(gone(two()), values), TypeError);
    refuses(() => map.putAll(gone(two()), values[0]), TypeError);
    refuses(() => map.putAll(four(), gone(values.slice())), TypeError);
    refuses(() => map.putAll(new Column(0), gone(values.slice())), TypeError);
    refuses(() => map.getAll(gone(two())), TypeError);
    refuses(() => map.getAll(four(), { values: gone(values.slice()) }), TypeError);
    refuses(() => map.getAll(two(), { found: gone(new Uint8Array(2)) }), TypeError);
    refuses(() => map.getAll(new Column(0), { found: gone(new Uint8Array(2)) }), TypeError);
    refuses(() => map.hasAll(gone(two())), TypeError);
    refuses(() => map.hasAll(two(), gone(new Uint8Array(2))), TypeError);
    refuses(() => map.deleteAll(gone(two())), TypeError);
    assert.is(map.size, 4);
    same(map.getAll(four()).values, values);
  }
});

test('a view that its shrunken buffer leaves out of bounds puts nothing', () => {
  const map = make('u32', 'u32').set(0, 1);
  const buffer = new ArrayBuffer(64, { maxByteLength: 64 });
  const keys = new Uint32Array(buffer, 16, 4);
  buffer.resize(20);
  for (const call of [() => map.putAll(keys, 5), () => map.deleteAll(keys), () => map.getAll(keys).hits]) {
    let answer = 0;
    try {
      answer = call();
    } catch (error) {
      assert.instance(error, TypeError);
    }
    assert.is(answer, 0);
  }
  assert.is(map.size, 1);
  assert.is(map.get(0), 1);
});

test.run();
