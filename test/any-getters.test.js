/** Arrays that run code while they are read or written: the map must not mind what that code does to it. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { refuses, same } from './support/check.js';
import { distinctKeys } from './support/random.js';

const test = behaviour('any-getters');
const places = [
  [3, 1],
  [300, 0],
  [300, 299],
  [3000, 1],
  [3000, 1800],
  [3000, 2999],
];

const plain = (rows) => Array.from({ length: rows }, (_, row) => `row ${row}`);

/** Two ways to run `code` when element `at` is read. */
const traps = {
  getter(rows, at, code) {
    const values = plain(rows);
    Object.defineProperty(values, at, {
      get() {
        code();
        return `row ${at}`;
      },
    });
    return values;
  },
  proxy(rows, at, code) {
    return new Proxy(plain(rows), {
      get(target, property, receiver) {
        if (property === String(at)) code();
        return Reflect.get(target, property, receiver);
      },
    });
  },
};

const inner = { inner: true };

const codes = {
  set: (map) => void map.set(0, inner).set(1, 'inner'),
  delete: (map) => void map.delete(2),
  clear: (map) => map.clear(),
  getOrInsert: (map) => void map.getOrInsertComputed(3, () => map.size),
  iterate: (map) => void [...map],
  putAll: (map) => void map.putAll(distinctKeys(4000, 9), 'inner'),
  'putAll and deleteAll': (map) => {
    map.putAll(distinctKeys(4000, 9), 'inner');
    map.deleteAll(distinctKeys(4000, 9));
  },
  columns: (map) => void map.putAll(map.columns().keys, map.columns().values),
};

/** A Map that takes the calls of `codes`. */
class Model extends Map {
  getOrInsertComputed(key, compute) {
    if (!this.has(key)) this.set(key, compute(key));
    return this.get(key);
  }
  putAll(keys, value) {
    for (const key of keys) this.set(key, value);
  }
  deleteAll(keys) {
    for (const key of keys) this.delete(key);
  }
}

function holds(map, model) {
  assert.is(map.size, model.size);
  const { values, hits } = map.getAll(Uint32Array.from(model.keys()));
  assert.is(hits, model.size);
  same(values, [...model.values()]);
  assert.is([...map].length, model.size);
}

for (const [name, code] of Object.entries(codes)) {
  test(`${name}, while a column of values is read`, () => {
    for (const [rows, at] of places) {
      const keys = Uint32Array.from({ length: rows }, (_, row) => row * 2);
      for (const trapped of Object.values(traps)) {
        for (const how of ['replace', 'keep']) {
          const start = [0, 2, 1001].map((key) => [key, { start: key }]);
          const map = make('u32', 'any');
          for (const [key, value] of start) map.set(key, value);
          const model = new Model(start);
          if (name !== 'columns') code(model);
          let calls = 0;
          const values = trapped(rows, at, () => {
            if (++calls === 1) code(map);
          });
          const before = [...keys].filter((key) => model.has(key)).length;
          assert.is(map.putAll(keys, values, how), rows - before);
          plain(rows).forEach((value, row) => {
            if (how === 'replace' || !model.has(keys[row])) model.set(keys[row], value);
          });
          holds(map, model);
          assert.is(calls, 1, 'each value is read once');
          map.dispose();
        }
      }
    }
  });
}

test('code that throws leaves the map as it was', () => {
  for (const [rows, at] of places) {
    for (const trapped of Object.values(traps)) {
      const map = make('u32', 'any').set(1, 'kept');
      const error = new Error('mine');
      let thrown;
      try {
        map.putAll(
          distinctKeys(rows, 3),
          trapped(rows, at, () => {
            throw error;
          }),
        );
      } catch (e) {
        thrown = e;
      }
      assert.is(thrown, error);
      assert.equal([...map], [[1, 'kept']]);
    }
  }
});

test('code that disposes of the map gives an Error', () => {
  for (const [rows, at] of places) {
    for (const trapped of Object.values(traps)) {
      const map = make('u32', 'any').set(1, 'x');
      refuses(
        () =>
          map.putAll(
            distinctKeys(rows, 3),
            trapped(rows, at, () => map.dispose()),
          ),
        Error,
      );
      const other = make('u32', 'any');
      assert.is(other.hasAll(distinctKeys(rows, 3)).indexOf(1), -1);
    }
  }
});

test('a batch inside a batch', () => {
  const keys = distinctKeys(1500, 4);
  const map = make('u32', 'any');
  const outer = traps.getter(1500, 700, () => {
    map.putAll(
      keys,
      traps.proxy(1500, 900, () => void map.putAll(keys, inner)),
    );
  });
  assert.is(map.putAll(keys, outer), 0);
  same(map.getAll(keys).values, plain(1500));
  assert.is(map.size, 1500);
});

test('a Map whose forEach writes to the target', () => {
  const map = make('u32', 'any').set(1, 'old');
  class Busy extends Map {
    forEach(callback) {
      super.forEach((value, key) => {
        map.putAll(distinctKeys(2000, key), 'inner');
        callback(value, key, this);
      });
    }
    *[Symbol.iterator]() {
      for (const entry of super.entries()) {
        map.putAll(distinctKeys(2000, entry[0]), 'inner');
        yield entry;
      }
    }
    entries() {
      return this[Symbol.iterator]();
    }
  }
  map.putAll(
    new Busy([
      [1, 'a'],
      [2, 'b'],
    ]),
  );
  assert.equal([map.get(1), map.get(2)], ['a', 'b']);
  for (const key of [1, 2]) assert.is(map.hasAll(distinctKeys(2000, key)).indexOf(0), -1);
});

test('into.values that run code when written: the map stays whole', () => {
  for (const [rows, at] of places) {
    for (const [name, code] of Object.entries(codes)) {
      const keys = distinctKeys(rows, 5);
      const map = make('u32', 'any');
      map.putAll(keys, plain(rows));
      const model = new Model(Array.from(keys, (key, row) => [key, `row ${row}`]));
      let calls = 0;
      const values = new Proxy(new Array(rows), {
        set(target, property, value, receiver) {
          if (property === String(at) && ++calls === 1) code(map);
          return Reflect.set(target, property, value, receiver);
        },
      });
      const result = map.getAll(keys, { values });
      assert.is(result.values, values);
      for (let row = 0; row < at; row++) assert.is(values[row], `row ${row}`, name);
      if (name !== 'columns') code(model);
      holds(map, model);
      map.dispose();
    }
  }
});

test('the properties of into may be getters that write to the map', () => {
  const keys = distinctKeys(3000, 6);
  const map = make('u32', 'any').set(keys[0], 'old');
  const into = {
    get values() {
      map.putAll(keys, 'new');
      return new Array(3000);
    },
    get missing() {
      map.putAll(distinctKeys(9000, 7), 'more');
      return 'none';
    },
  };
  const { values, hits } = map.getAll(keys, into);
  assert.is(hits, 3000);
  same(values, new Array(3000).fill('new'));
});

test.run();
