/** Input that runs code while it is read: the batch is what was read, applied to the map as that code left it. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { agrees, refuses, same } from './support/check.js';
import { Model } from './support/model.js';
import { distinctKeys } from './support/random.js';

const test = behaviour('batch-getters');

/** A plain array of `rows` values (the row) whose element `at` runs `code` when read. */
function trapped(rows, at, code) {
  const values = Array.from({ length: rows }, (_, row) => row);
  Object.defineProperty(values, at, {
    get() {
      code();
      return at;
    },
  });
  return values;
}

const places = [
  [3, 1],
  [300, 0],
  [300, 299],
  [5000, 1],
  [5000, 1800],
  [5000, 4999],
];

test('a getter that sets, deletes and clears', () => {
  for (const [rows, at] of places) {
    const keys = Uint32Array.from({ length: rows }, (_, row) => row * 2);
    const codes = [
      (map) => void map.set(0, 77).set(1, 78),
      (map) => void map.delete(2),
      (map) => map.clear(),
      (map) => void map.getOrInsert(3, 5),
    ];
    for (const code of codes) {
      const start = [0, 2, 1001].map((key) => [key, 9]);
      const map = make('u32', 'u32');
      for (const [key, value] of start) map.set(key, value);
      const model = new Model('u32', 'u32', start);
      model.getOrInsert = (key, value) => model.has(key) || model.set(key, value);
      code(model);
      const expected = model.putAll(
        keys,
        Array.from(keys, (_, row) => row),
      );
      assert.is(
        map.putAll(
          keys,
          trapped(rows, at, () => code(map)),
        ),
        expected,
      );
      agrees(map, model, [...keys, 1, 3]);
    }
  }
});

test('a getter that runs batches of its own, growing the map and its memory', () => {
  for (const [rows, at] of places) {
    const keys = distinctKeys(rows, 5);
    const others = distinctKeys(20000, 99);
    const map = make('u32', 'f64').set(1, 1);
    const model = new Model('u32', 'f64', [[1, 1]]);
    model.putAll(others, -1);
    let inner;
    const values = trapped(rows, at, () => {
      map.putAll(others, -1);
      inner = map.getAll(others).values;
    });
    assert.is(
      map.putAll(keys, values),
      model.putAll(
        keys,
        Array.from(keys, (_, row) => row),
      ),
    );
    same(inner, new Float64Array(others.length).fill(-1));
    agrees(map, model);
  }
});

test('a getter that writes to another map', () => {
  for (const [rows, at] of places) {
    const keys = distinctKeys(rows, 6);
    const map = make('u32', 'u32');
    const other = make('u32', 'u32');
    map.putAll(
      keys,
      trapped(rows, at, () => void other.putAll(keys, 3)),
    );
    same(
      map.getAll(keys).values,
      Uint32Array.from(keys, (_, row) => row),
    );
    same(other.getAll(keys).values, new Uint32Array(rows).fill(3));
  }
});

test('a getter that changes the keys: the batch has either the old or the new ones, row by row', () => {
  for (const [rows, at] of places) {
    const before = distinctKeys(rows, 7);
    const after = distinctKeys(rows, 8);
    const keys = before.slice();
    const map = make('u32', 'u32');
    map.putAll(
      keys,
      trapped(rows, at, () => keys.set(after)),
    );
    assert.is(map.size, rows);
    before.forEach((key, row) => {
      assert.is(map.get(key) ?? map.get(after[row]), row);
    });
  }
});

test('a getter that detaches or shrinks the keys: all or nothing', () => {
  for (const [rows, at] of places) {
    const acts = [
      (buffer) => structuredClone(buffer, { transfer: [buffer] }),
      (buffer) => buffer.resize(buffer.byteLength / 4),
      (buffer) => buffer.resize(0),
    ];
    for (const act of acts) {
      for (const length of [rows, undefined]) {
        const plain = distinctKeys(rows, 9);
        const buffer = new ArrayBuffer(rows * 4, { maxByteLength: rows * 4 });
        const keys = new Uint32Array(buffer, 0, length);
        keys.set(plain);
        const map = make('u32', 'u32').set(plain[0], 5);
        let fresh;
        try {
          fresh = map.putAll(
            keys,
            trapped(rows, at, () => act(buffer)),
          );
        } catch (error) {
          assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
        }
        assert.is(map.size, fresh === undefined ? 1 : rows);
        if (fresh === undefined) assert.is(map.get(plain[0]), 5);
        else
          same(
            map.getAll(plain).values,
            Uint32Array.from(plain, (_, row) => row),
          );
      }
    }
  }
});

test('a getter that disposes of the map gives an Error', () => {
  for (const [rows, at] of places) {
    const map = make('u32', 'u32').set(1, 1);
    refuses(
      () =>
        map.putAll(
          distinctKeys(rows, 3),
          trapped(rows, at, () => map.dispose()),
        ),
      Error,
    );
    const other = make('u32', 'u32');
    assert.is(other.hasAll(distinctKeys(rows, 3)).indexOf(1), -1, 'nothing in memory that was given back');
  }
});

test('a getter that throws leaves the map as it was', () => {
  for (const [rows, at] of places) {
    const map = make('u32', 'u32').set(1, 1);
    const error = new Error('mine');
    let thrown;
    const values = trapped(rows, at, () => {
      throw error;
    });
    try {
      map.putAll(distinctKeys(rows, 3), values);
    } catch (e) {
      thrown = e;
    }
    assert.is(thrown, error);
    assert.is(map.size, 1);
    map.putAll(distinctKeys(rows, 3), 1);
    assert.is(map.size, rows + 1);
  }
});

test('an iterator of a map that writes to the target', () => {
  const map = make('u32', 'u32').set(1, 1);
  class Busy extends Map {
    *entries() {
      for (const entry of super.entries()) {
        map.putAll(distinctKeys(3000, entry[0]), 7);
        yield entry;
      }
    }
    [Symbol.iterator]() {
      return this.entries();
    }
    forEach(callback) {
      for (const [key, value] of this) callback(value, key, this);
    }
  }
  map.putAll(
    new Busy([
      [1, 50],
      [2, 60],
      [3, 70],
    ]),
  );
  assert.equal([map.get(1), map.get(2), map.get(3)], [50, 60, 70]);
  for (const seed of [1, 2, 3]) assert.is(map.hasAll(distinctKeys(3000, seed)).indexOf(0), -1);
});

test('the properties of into may be getters that write to the map', () => {
  const keys = distinctKeys(3000, 4);
  const map = make('u32', 'u32').set(keys[0], 1);
  const into = {
    get values() {
      map.putAll(keys, 5);
      return new Uint32Array(3000);
    },
    get found() {
      map.putAll(distinctKeys(20000, 44), 6);
      return new Uint8Array(3000);
    },
  };
  const { values, hits } = map.getAll(keys, into);
  assert.is(hits, 3000);
  same(values, new Uint32Array(3000).fill(5));
  const deadly = {
    get values() {
      map.dispose();
      return new Uint32Array(3000);
    },
  };
  refuses(() => map.getAll(keys, deadly), Error);
});

test('a getter of a key that disposes of the map: an Error from every batch', () => {
  const batches = {
    putAll: (map, keys) => map.putAll(keys, 1),
    getAll: (map, keys) => map.getAll(keys),
    hasAll: (map, keys) => map.hasAll(keys),
    deleteAll: (map, keys) => map.deleteAll(keys),
  };
  for (const [name, batch] of Object.entries(batches)) {
    const map = make('string', 'u32');
    map.putAll(['a', 'b'], 1);
    const keys = ['a', 'b', 'c'];
    Object.defineProperty(keys, 1, {
      get() {
        map.dispose();
        return 'b';
      },
    });
    refuses(() => batch(map, keys), Error, name);
  }
});

test('a getter of a key that detaches the values', () => {
  for (const rows of [3, 17, 300]) {
    const map = make('string', 'f64');
    const values = new Float64Array(rows).fill(2);
    const keys = Array.from({ length: rows }, (_, row) => `key ${row}`);
    Object.defineProperty(keys, rows - 1, {
      get() {
        structuredClone(values.buffer, { transfer: [values.buffer] });
        return 'last';
      },
    });
    // Few values are copied when they are looked at, before the keys are.
    if (rows > 16) refuses(() => map.putAll(keys, values), TypeError, `${rows} rows`);
    else assert.is(map.putAll(keys, values), rows);
    assert.is(map.size, rows > 16 ? 0 : rows);
  }
});

test.run();
