import * as assert from 'uvu/assert';
import { arrow, encoded, isArrowVector, takeColumn } from './support/arrow.js';
import { behaviour, make } from './support/behaviour.js';
import { refuses, same } from './support/check.js';

const test = behaviour('arrow refusals');
const u32 = { name: 'u32', array: Uint32Array };
const uint32 = new arrow.Uint32();
const utf8 = new arrow.Utf8();

/** The methods that take a column of keys. */
const calls = {
  putAll: (map, keys) => map.putAll(keys, 1),
  getAll: (map, keys) => map.getAll(keys),
  hasAll: (map, keys) => map.hasAll(keys),
  deleteAll: (map, keys) => map.deleteAll(keys),
};

function refusedByAll(keys, type, what) {
  const map = make('u32', 'u32').set(0, 1).set(3, 3);
  for (const [name, call] of Object.entries(calls)) refuses(() => call(map, keys), type, `${name} ${what}`);
  assert.equal([...map.entries()].sort(), [
    [0, 1],
    [3, 3],
  ]);
  map.dispose();
}

test('types that do not hold the kind are named', () => {
  const wrong = [
    ['Int32', arrow.vectorFromArray([1], new arrow.Int32())],
    ['Int8', arrow.vectorFromArray([1], new arrow.Int8())],
    ['Uint64', arrow.vectorFromArray([1n], new arrow.Uint64())],
    ['Float64', arrow.vectorFromArray([1], new arrow.Float64())],
    ['Float16', arrow.vectorFromArray([1], new arrow.Float16())],
    ['Bool', arrow.vectorFromArray([true], new arrow.Bool())],
    ['Utf8', arrow.vectorFromArray(['1'], utf8)],
    ['Utf8', encoded([0], ['1'], utf8)],
    ['Null', arrow.vectorFromArray([null], new arrow.Null())],
    ['Decimal', new arrow.Vector([arrow.makeData({ type: new arrow.Decimal(0, 10), data: new Uint32Array(4) })])],
  ];
  for (const [name, vector] of wrong) {
    refusedByAll(vector, TypeError, name);
    const map = make('u32', 'u32');
    const { message } = refuses(() => map.putAll(vector, 1), TypeError);
    assert.match(message, 'expected an Arrow column of Uint32 (u32)');
    assert.match(message, `got ${name}`);
    refuses(() => map.putAll(Uint32Array.of(1), vector), TypeError, `values of ${name}`);
    if (name === 'Utf8') continue;
    refuses(() => takeColumn(vector, { name: 'string' }, 'keys'), TypeError, name);
    refuses(() => takeColumn(vector, { name: 'bytes' }, 'keys'), TypeError, name);
  }
  const binary = arrow.vectorFromArray([Uint8Array.of(1)], new arrow.Binary());
  refuses(() => takeColumn(binary, { name: 'string' }, 'keys'), TypeError);
});

test('other lengths', () => {
  const map = make('u32', 'u32').set(9, 9);
  const keys = arrow.vectorFromArray([1, 2, 3], uint32);
  for (const values of [keys.slice(1), keys.concat(keys), keys.slice(0, 0)]) {
    refuses(() => map.putAll(keys, values), RangeError);
    refuses(() => map.putAll(values, keys), RangeError);
  }
  refuses(() => map.hasAll(keys, new Uint8Array(2)), RangeError);
  assert.is(map.size, 1);
});

test('a vector is no place for answers', () => {
  const map = make('u32', 'u32').set(1, 9);
  const keys = arrow.vectorFromArray([1], uint32);
  refuses(() => map.getAll(keys, { values: keys }), TypeError);
  refuses(() => map.getAll(keys, { found: arrow.vectorFromArray([1], new arrow.Uint8()) }), TypeError);
});

/** A fake vector of one chunk, a good one but for what is given. */
const fake = (chunk, type = uint32) => ({
  type,
  data: [{ length: 2, offset: 0, nullCount: 0, nullBitmap: undefined, values: Uint32Array.of(1, 2), ...chunk }],
});

test('fakes: lengths and offsets that leave the buffers', () => {
  const map = make('u32', 'u32');
  assert.is(map.putAll(fake({}), 1), 2, 'the good one');
  for (const length of [3, 2 ** 31, 2 ** 53, -1, 1.5, NaN, Infinity, '2', null, 2n, undefined]) {
    refusedByAll(fake({ length }), RangeError, `length ${String(length)}`);
  }
  const nullBitmap = Uint8Array.of(255);
  for (const offset of [7, 8, 2 ** 31, 2 ** 40, -1, 0.5, NaN, '0', null]) {
    refusedByAll(fake({ offset, nullBitmap, nullCount: -1 }), RangeError, `offset ${String(offset)}`);
  }
  assert.is(map.putAll(fake({ offset: 6, nullBitmap, nullCount: -1 }), 1), 0, 'the last two bits');
  const strings = (chunk) => fake({ values: new Uint8Array(4), valueOffsets: Int32Array.of(0, 2, 4), ...chunk }, utf8);
  const take = (vector) => takeColumn(vector, { name: 'string' }, 'keys');
  same(take(strings({})).column.offsets, Int32Array.of(0, 2, 4));
  refuses(() => take(strings({ length: 3 })), RangeError);
  refuses(() => take(strings({ valueOffsets: new Int32Array(2) })), RangeError);
  refuses(() => take(strings({ valueOffsets: new BigInt64Array(3) })), TypeError);
  refuses(() => take(strings({ valueOffsets: [0, 2, 4] })), TypeError);
  refuses(() => take(strings({ valueOffsets: undefined })), TypeError);
  refuses(() => take(strings({ values: new Uint32Array(4) })), TypeError);
  refuses(() => take(strings({ values: undefined })), TypeError);
});

test('fakes: arrays of another class, detached buffers, chunks that are none', () => {
  const gone = new Uint32Array(2);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  const view = new DataView(new ArrayBuffer(8));
  for (const values of [[1, 2], new Int32Array(2), new Float64Array(2), gone, null, undefined, view]) {
    refusedByAll(fake({ values }), TypeError, String(values?.constructor.name));
  }
  const bitsGone = new Uint8Array(1);
  structuredClone(bitsGone.buffer, { transfer: [bitsGone.buffer] });
  for (const nullBitmap of [[1], new Uint32Array(1), bitsGone, 'a']) {
    refusedByAll(fake({ nullBitmap, nullCount: 1 }), TypeError, nullBitmap.constructor.name);
  }
  for (const chunk of [null, undefined, 1, 'chunk'])
    refusedByAll({ type: uint32, data: [chunk] }, TypeError, String(chunk));
  for (const typeId of [0, 2.5, 99, -2, NaN]) refusedByAll({ type: { typeId }, data: [] }, TypeError, String(typeId));
});

test('fakes: dictionaries', () => {
  const type = new arrow.Dictionary(uint32, new arrow.Int32(), 0);
  const entries = arrow.vectorFromArray([7, 8], uint32);
  const dictionary = (chunk) => fake({ values: Int32Array.of(0, 1), dictionary: entries, ...chunk }, type);
  const map = make('u32', 'u32');
  assert.is(map.putAll(dictionary({}), 1), 2, 'the good one');
  for (const index of [2, -1, 2 ** 31 - 1, -(2 ** 31)]) {
    refusedByAll(dictionary({ values: Int32Array.of(0, index) }), RangeError, `index ${index}`);
  }
  refusedByAll(dictionary({ length: 3 }), RangeError, 'length');
  refusedByAll(dictionary({ values: Uint32Array.of(0, 1) }), TypeError, 'another class of indices');
  for (const none of [undefined, null, Uint32Array.of(7, 8), [7, 8], {}]) {
    refusedByAll(dictionary({ dictionary: none }), TypeError, 'no dictionary');
  }
  const itself = dictionary({});
  itself.data[0].dictionary = itself;
  refusedByAll(itself, [TypeError, RangeError], 'its own dictionary');
  const nested = { typeId: -1, dictionary: type, indices: new arrow.Int32() };
  refusedByAll(
    fake({ values: Int32Array.of(0, 1), dictionary: dictionary({}) }, nested),
    TypeError,
    'a dictionary of one',
  );
  for (const indices of [undefined, new arrow.Float32(), utf8]) {
    refusedByAll(fake({ dictionary: entries }, { typeId: -1, dictionary: uint32, indices }), TypeError, 'indices');
  }
  refusedByAll(
    fake({ dictionary: entries, values: Uint32Array.of(0, 1) }, { typeId: -1, indices: uint32 }),
    TypeError,
    'entries of no type',
  );
});

test('getters run before the checks: what they dispose of, detach or change is noticed', () => {
  const map = make('u32', 'u32').set(1, 1);
  const disposing = fake({});
  Object.defineProperty(disposing.data[0], 'values', {
    get: () => {
      map.dispose();
      return Uint32Array.of(1, 2);
    },
  });
  for (const call of Object.values(calls)) assert.throws(() => call(map, disposing), /disposed/);

  const other = make('u32', 'u32').set(1, 1);
  const keys = Uint32Array.of(5, 6);
  const detaching = fake({});
  Object.defineProperty(detaching.data[0], 'values', {
    get: () => {
      structuredClone(keys.buffer, { transfer: [keys.buffer] });
      return Uint32Array.of(1, 2);
    },
  });
  refuses(() => other.putAll(fake({ values: keys }), detaching), TypeError);
  assert.is(other.size, 1);

  let reads = 0;
  const changing = fake({});
  Object.defineProperty(changing.data[0], 'length', { get: () => (reads++ === 0 ? 2 : 1e9) });
  assert.is(other.putAll(changing, 1), 1, 'keys 1 and 2');
  assert.is(reads, 1, 'read once');
});

test('isArrowVector throws only what a getter throws', () => {
  for (const property of ['data', 'type']) {
    const hostile = Object.defineProperty({}, property, {
      get: () => {
        throw new EvalError('mine');
      },
    });
    refuses(() => isArrowVector(hostile), EvalError);
  }
  for (const type of [null, 1, 'type', {}, Object.create(null)]) assert.not.ok(isArrowVector({ type, data: [] }));
  assert.not.ok(isArrowVector(Object.create(null)));
  const { column } = takeColumn({ type: uint32, data: [] }, u32, 'keys');
  same(column, new Uint32Array(0));
});

test('shared buffers, and answers over the keys', () => {
  const shared = new Uint32Array(new SharedArrayBuffer(4 * 4000));
  shared.set(Uint32Array.from({ length: 4000 }, (_, i) => i));
  const map = make('u32', 'u32');
  map.putAll(fake({ values: shared, length: 4000 }), fake({ values: shared, length: 4000 }));
  assert.is(map.size, 4000);
  const buffer = Uint32Array.from(shared);
  const vector = arrow.makeVector(buffer);
  map.putAll(vector, 1, 'add');
  const { values } = map.getAll(vector, { values: buffer });
  assert.is(values, buffer);
  same(
    values,
    Uint32Array.from({ length: 4000 }, (_, i) => i + 1),
  );
});

test.run();
