/**
 * Typed arrays that hide what they are: behind getters that run the caller's code, or behind a buffer that another
 * realm has made.
 */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { same } from './support/check.js';
import { drawValues, keyColumn, keyKinds, numericPairs, valueKinds } from './support/kinds.js';
import { Random } from './support/random.js';
import { hash, HashMap } from './support/tophash.js';

const test = behaviour('odd-columns');
const lengths = [0, 3, 300, 4000];

/** A subclass all of whose getters throw. */
function shy(Column) {
  return class extends Column {
    static get [Symbol.species]() {
      throw new Error('species asked');
    }
    get length() {
      throw new Error('length asked');
    }
    get buffer() {
      throw new Error('buffer asked');
    }
    get byteOffset() {
      throw new Error('byteOffset asked');
    }
    get byteLength() {
      throw new Error('byteLength asked');
    }
    get [Symbol.toStringTag]() {
      throw new Error('toStringTag asked');
    }
  };
}

/** The same elements behind getters that throw. */
function hidden(column) {
  return new (shy(column.constructor))(column.buffer, column.byteOffset, column.length);
}

for (const { key, value } of numericPairs) {
  test(`no getter of a subclass runs in a batch over ${key} -> ${value}`, async () => {
    for (const length of lengths) {
      const random = new Random(length);
      const keys = keyColumn(key, length, (row) => row);
      const values = drawValues(value, length, random);
      const map = make(key, value);
      assert.is(map.putAll(hidden(keys), hidden(values)), length);
      const into = {
        values: hidden(new valueKinds[value].Column(length)),
        found: hidden(new Uint8Array(length)),
      };
      const look = (answer) => {
        assert.is(answer.hits, length);
        assert.is(answer.values, into.values);
        assert.is(answer.found, into.found);
        for (let row = 0; row < length; row++) assert.ok(Object.is(into.values[row], values[row]) && into.found[row]);
      };
      look(map.getAll(hidden(keys), into));
      look(await map.getAllAsync(hidden(keys), { into }));
      assert.is(map.hasAll(hidden(keys), into.found), into.found);
      assert.is(await map.putAllAsync(hidden(keys), hidden(values), { how: 'keep' }), 0);
      assert.is(map.deleteAll(hidden(keys)), length);
    }
  });
}

for (const key of ['string', 'bytes']) {
  test(`nor in one of ${key}`, async () => {
    const { Column, wrap } = keyKinds[key];
    const rows = Array.from({ length: 500 }, (_, row) => wrap(row));
    const map = make(key, 'u32');
    map.putAll(Column.from(rows), 1);
    const { bytes, offsets } = map.columns({ strings: 'bytes' }).keys;
    const columns = [{ bytes: hidden(bytes), offsets: hidden(offsets) }];
    if (key === 'bytes') columns.push(rows.map(hidden));
    for (const column of columns) {
      assert.is(map.putAll(column, 2), 0);
      assert.is(map.getAll(column).hits, rows.length);
      assert.is(await map.putAllAsync(column, 3), 0);
      assert.is((await map.getAllAsync(column)).hits, rows.length);
      assert.is(hash.strings(columns[0]).length, rows.length);
    }
    if (key === 'bytes') assert.is(map.get(hidden(rows[7])), 3);
    assert.is(map.deleteAll(columns.at(-1)), rows.length);
  });
}

test('nor in the hasher, or where a snapshot is restored', () => {
  for (const [call, Column] of [
    [hash.u32, Uint32Array],
    [hash.u32, Int32Array],
    [hash.u64, BigUint64Array],
    [hash.u64, BigInt64Array],
    [hash.u64, Float64Array],
  ]) {
    const keys = new Column(new ArrayBuffer(8000));
    new Uint8Array(keys.buffer).fill(0x3f);
    same(call(hidden(keys)), call(keys), Column.name);
    const out = hidden(new Uint32Array(keys.length));
    assert.is(call(keys, 5, out), out);
  }
  const bytes = Uint8Array.of(1, 2, 3);
  assert.is(hash.bytes(hidden(bytes)), hash.bytes(bytes));
  assert.is(hash.partition(hidden(new Uint32Array(100)), 3).order.length, 100);
  const map = make('u32', 'u32').set(1, 2);
  assert.is(tracked(HashMap.restore(hidden(map.snapshot()))).get(1), 2);
});

/** Another object over the same shared memory; undefined where the host makes none. */
function twinOf(buffer) {
  try {
    const twin = structuredClone(buffer);
    new Uint8Array(buffer)[0] = 7;
    return new Uint8Array(twin)[0] === 7 ? twin : undefined;
  } catch {
    return undefined;
  }
}

test('answers may overlap keys in shared memory of another realm', () => {
  const rows = 4000;
  const buffer = new SharedArrayBuffer(4 * 2 * rows);
  const twin = twinOf(buffer);
  if (twin === undefined) return;
  Object.setPrototypeOf(buffer, {}); // the class that it has there is none that is known here
  const keys = new Uint32Array(buffer, 0, rows);
  const ahead = new Uint32Array(twin, 4 * (rows / 2), rows);
  const fill = () => {
    for (let row = 0; row < rows; row++) keys[row] = rows - row;
    return keys.slice();
  };
  const map = make('u32', 'u32');
  map.putAll(
    fill(),
    Uint32Array.from(keys, (key) => key * 3),
  );
  const expected = Uint32Array.from(fill(), (key) => key * 3);
  same(map.getAll(keys, { values: ahead }).values, expected, 'getAll');
  const hashes = hash.u32(fill());
  same(hash.u32(keys, 0, ahead), hashes, 'hash.u32');
});

for (const key of ['string', 'bytes']) {
  test(`a ByteColumn of ${key} in memory of another realm`, () => {
    const { Column, wrap } = keyKinds[key];
    const rows = Array.from({ length: 500 }, (_, row) => wrap(row));
    const map = make(key, 'u32');
    map.putAll(Column.from(rows), 1);
    const { bytes, offsets } = map.columns({ strings: 'bytes' }).keys;
    for (const Buffer of [ArrayBuffer, SharedArrayBuffer]) {
      const foreign = new Buffer(offsets.byteLength + bytes.length);
      const column = {
        offsets: new Int32Array(foreign, 0, offsets.length),
        bytes: new Uint8Array(foreign, offsets.byteLength),
      };
      column.offsets.set(offsets);
      column.bytes.set(bytes);
      Object.setPrototypeOf(foreign, {});
      assert.is(map.getAll(column).hits, rows.length, Buffer.name);
      assert.is(map.putAll(column, 2), 0, Buffer.name);
    }
  });
}

test.run();
