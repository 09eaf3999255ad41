/** Values of any kind: one call at a time, a HashMap is a drop-in for a Map of numbers. */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget, seed } from './support/budget.js';
import { refuses, same } from './support/check.js';
import { unhash } from './support/fmix32.js';
import { Random } from './support/random.js';
import { HashMap } from './support/tophash.js';

const test = behaviour('any');

/** One of each sort, and those that are easily taken for another. */
const everything = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  1.5,
  NaN,
  Infinity,
  2 ** 53,
  '',
  'text',
  '\ud800',
  0n,
  2n ** 70n,
  Symbol('a symbol'),
  Symbol.iterator,
  {},
  Object.create(null),
  Object.freeze([1]),
  [],
  [[]],
  () => 1,
  class {},
  new Map([[1, 2]]),
  new Uint32Array(3),
  new Proxy({}, {}),
  new Date(0),
  Promise.resolve(1),
  globalThis,
];

test('whatever was set comes back, the very same', () => {
  for (const key of ['u32', 'i32']) {
    const map = make(key, 'any');
    everything.forEach((value, k) => assert.is(map.set(k, value), map));
    everything.forEach((value, k) => {
      assert.ok(Object.is(map.get(k), value), typeof value);
      assert.is(map.has(k), true);
    });
    assert.is(map.size, everything.length);
  }
});

test('undefined is a value', () => {
  const map = make('u32', 'any').set(1, undefined);
  assert.is(map.get(1), undefined);
  assert.is(map.has(1), true);
  assert.is(map.get(2), undefined);
  assert.is(map.has(2), false);
  assert.is(map.size, 1);
  assert.is(map.getOrInsert(1, 5), undefined);
  assert.is(
    map.getOrInsertComputed(1, () => 5),
    undefined,
  );
  assert.equal([...map], [[1, undefined]]);
  assert.is(map.delete(1), true);
  assert.is(map.has(1), false);
  assert.is(map.delete(1), false);
});

test('each replaces each', () => {
  const map = make('u32', 'any');
  for (const before of everything) {
    for (const after of everything) {
      map.set(1, before).set(1, after);
      assert.ok(Object.is(map.get(1), after));
      assert.is(map.size, 1);
    }
  }
});

test('one value under many keys, and the map as its own value', () => {
  const map = make('u32', 'any');
  const value = {};
  for (let key = 0; key < 2000; key++) map.set(key, value);
  map.set(5, map);
  map.delete(6);
  assert.is(map.get(5), map);
  assert.is(map.get(6), undefined);
  for (let key = 7; key < 2000; key++) assert.is(map.get(key), value);
});

test('getOrInsert and getOrInsertComputed', () => {
  const map = make('u32', 'any');
  everything.forEach((value, k) => {
    assert.ok(Object.is(map.getOrInsert(k, value), value));
    assert.ok(Object.is(map.getOrInsert(k, 'other'), value));
    const computed = map.getOrInsertComputed(k + 100, (key) => {
      assert.is(key, k + 100);
      map.set(key, 'lost');
      return value;
    });
    assert.ok(Object.is(computed, value));
    assert.ok(Object.is(map.get(k + 100), value));
    map.getOrInsertComputed(k, () => assert.unreachable('it is there'));
  });
  assert.is(map.size, everything.length * 2);
  refuses(() => map.getOrInsertComputed(1000, 5), TypeError);
  assert.is(map.has(1000), false);
});

test('a callback that clears the map, and one that throws', () => {
  const map = make('u32', 'any');
  for (let key = 0; key < 2000; key++) map.set(key, { key });
  const value = {};
  const computed = map.getOrInsertComputed(5000, () => {
    map.clear();
    return value;
  });
  assert.is(computed, value);
  assert.equal([...map.keys()], [5000]);
  assert.throws(() =>
    map.getOrInsertComputed(1, () => {
      throw new Error('mine');
    }),
  );
  assert.is(map.has(1), false);
  assert.is(map.size, 1);
});

test('keys are checked as ever', () => {
  const map = make('u32', 'any');
  for (const [key, type] of [
    ['1', TypeError],
    [{}, TypeError],
    [undefined, TypeError],
    [1n, TypeError],
    [-1, RangeError],
    [0.5, RangeError],
    [NaN, RangeError],
    [2 ** 32, RangeError],
  ]) {
    refuses(() => map.set(key, {}), type);
    refuses(() => map.getOrInsert(key, {}), type);
    assert.is(map.get(key), undefined);
    assert.is(map.has(key), false);
    assert.is(map.delete(key), false);
  }
  assert.is(map.size, 0);
});

test('from and fromColumns', () => {
  const entries = everything.map((value, k) => [k, value]);
  const options = { key: 'u32', value: 'any' };
  const keys = Uint32Array.from(everything.keys());
  for (const map of [
    HashMap.from(entries, options),
    HashMap.from(new Map(entries), options),
    HashMap.fromColumns(keys, everything, options),
    HashMap.from(HashMap.from(entries, options), options),
  ]) {
    tracked(map);
    assert.is(map.size, everything.length);
    for (const [k, value] of entries) assert.ok(Object.is(map.get(k), value));
  }
});

test('a map that was disposed of throws', () => {
  for (const rows of [0, 1, 3000]) {
    const map = make('u32', 'any');
    for (let key = 0; key < rows; key++) map.set(key, {});
    map.dispose();
    map.dispose();
    for (const call of [
      () => map.get(1),
      () => map.set(1, {}),
      () => map.delete(1),
      () => map.putAll(Uint32Array.of(1), [1]),
      () => map.getAll(Uint32Array.of(1)),
      () => map.clear(),
      () => map.size,
    ]) {
      refuses(call, Error);
    }
  }
});

test('any program does what it does with a Map', () => {
  const random = new Random(seed);
  for (let program = budget(6, { debug: 2 }); program > 0; program--) {
    const keySeed = random.u32();
    const map = make('u32', 'any', { seed: keySeed });
    const model = new Map();
    const zero = unhash(0, keySeed);
    const most = random.pick([10, 300, 2000]);
    for (let i = 0; i < 4000; i++) {
      const key = random.below(50) === 0 ? zero : random.below(most);
      const value = random.pick([random.pick(everything), { i }, `value ${i}`, i]);
      switch (random.weighted({ set: 30, get: 10, has: 5, delete: 25, insert: 10, compute: 10, all: 1, clear: 0.1 })) {
        case 'set':
          map.set(key, value);
          model.set(key, value);
          break;
        case 'get':
          assert.ok(Object.is(map.get(key), model.get(key)));
          break;
        case 'has':
          assert.is(map.has(key), model.has(key));
          break;
        case 'delete':
          assert.is(map.delete(key), model.delete(key));
          break;
        case 'insert':
          if (!model.has(key)) model.set(key, value);
          assert.ok(Object.is(map.getOrInsert(key, value), model.get(key)));
          break;
        case 'compute':
          if (!model.has(key)) model.set(key, value);
          map.getOrInsertComputed(key, () => value);
          assert.ok(Object.is(map.get(key), model.get(key)));
          break;
        case 'all':
          same([...map].sort(byKey).flat(), [...model].sort(byKey).flat());
          break;
        case 'clear':
          map.clear();
          model.clear();
      }
      assert.is(map.size, model.size);
    }
    same([...map].sort(byKey).flat(), [...model].sort(byKey).flat());
  }
});

function byKey([a], [b]) {
  return a - b;
}

test('cleared in the body of a loop, with values in several chunks of slots', () => {
  for (const method of ['keys', 'values', 'entries', Symbol.iterator]) {
    for (const rows of [1, 20, 5000]) {
      const map = make('u32', 'any');
      for (let key = 0; key < rows; key++) map.set(key, { key });
      let steps = 0;
      for (const produced of map[method]()) {
        assert.ok(produced !== undefined);
        if (++steps === Math.ceil(rows / 2)) map.clear();
      }
      assert.is(steps, Math.ceil(rows / 2), String(method));
      assert.equal([...map[method]()], [], 'a map without entries');
      assert.equal(map[method]().next(), { value: undefined, done: true });
    }
  }
});

test.run();
