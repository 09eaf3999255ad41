import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget, size } from './support/budget.js';
import { agrees, refuses } from './support/check.js';
import { drawValues, keyColumn, keyKinds, keysOf, pairs, ways } from './support/kinds.js';
import { Model } from './support/model.js';
import { Random } from './support/random.js';

const test = behaviour('put-map');

function drawn(key, value, rows, random) {
  const model = new Model(key, value);
  const keys = keyColumn(key, rows, () => Math.imul(random.below(rows * 2), 0x9e3779b1));
  model.putAll(keys, drawValues(value, rows, random));
  return model;
}

for (const { key, value } of pairs) {
  test(`another HashMap, a Map and any ReadonlyMap into ${key} -> ${value}`, () => {
    const random = new Random(31);
    const most = budget(6000, { debug: 1500, badHash: 700 });
    for (const [into, from] of [
      [0, 0],
      [0, 20],
      [20, 0],
      [20, 20],
      [100, size(2000, { badHash: 1300 })],
      [most, 500],
      [most, most],
    ]) {
      const target = drawn(key, value, into, random);
      const source = drawn(key, value, from, random);
      for (const how of [undefined, ...ways]) {
        const model = new Model(key, value, target);
        const fresh = model.putAll(source.keyColumn(), source.valueColumn(), how);
        const other = (options) => {
          const map = make(key, value, options);
          map.putAll(source.keyColumn(), source.valueColumn());
          return map;
        };
        const sources = {
          'of the same seed': other({ seed: 5 }),
          'of another seed': other({ seed: 6 }),
          'of another shape': other({ seed: 5, capacity: 9000, maxLoad: 3 }),
          'a Map': new Map(source),
          'a ReadonlyMap': readonly(source),
        };
        for (const [name, map] of Object.entries(sources)) {
          const actual = make(key, value, { seed: 5 });
          actual.putAll(target.keyColumn(), target.valueColumn());
          assert.is(actual.putAll(map, how), fresh, `${name}, ${how}`);
          agrees(actual, model);
          if (typeof map.stats === 'function') agrees(map, source);
          actual.dispose();
        }
      }
    }
  });
}

/** What TypeScript calls a ReadonlyMap, and no Map. */
function readonly(map) {
  return {
    size: map.size,
    get: (key) => map.get(key),
    has: (key) => map.has(key),
    forEach: (callback, that) => map.forEach((value, key) => void callback.call(that, value, key, map)),
    keys: () => map.keys(),
    values: () => map.values(),
    entries: () => map.entries(),
    [Symbol.iterator]: () => map[Symbol.iterator](),
  };
}

test('a map into itself changes nothing', () => {
  for (const { key, value } of pairs) {
    for (const rows of [0, 5, 1000, size(4000, { badHash: 1500 })]) {
      const model = drawn(key, value, rows, new Random(8));
      const map = make(key, value);
      map.putAll(model.keyColumn(), model.valueColumn());
      for (const how of [undefined, ...ways]) assert.is(map.putAll(map, how), 0);
      agrees(map, model);
    }
  }
});

test('a HashMap of other kinds is a TypeError', () => {
  for (const { key, value } of pairs) {
    const map = make(key, value);
    map.putAll(keysOf(key, 1), drawValues(value, 1, new Random(1)));
    const one = keyKinds[key].wrap(1);
    const before = map.get(one);
    for (const other of pairs) {
      if (other.key === key && other.value === value) continue;
      refuses(() => map.putAll(make(other.key, other.value)), TypeError, `empty ${other.key} -> ${other.value}`);
      const filled = make(other.key, other.value);
      filled.putAll(keysOf(other.key, 1, 2), drawValues(other.value, 2, new Random(1)));
      refuses(() => map.putAll(filled), TypeError, `${other.key} -> ${other.value}`);
    }
    assert.is(map.size, 1);
    assert.ok(Object.is(map.get(one), before));
  }
});

test('a Map with one bad entry changes nothing', () => {
  const map = make('u32', 'u32').set(1, 1);
  const good = Array.from({ length: 3000 }, (_, i) => [i, 5]);
  for (const [entry, type] of [
    [['9', 1], TypeError],
    [[9n, 1], TypeError],
    [[undefined, 1], TypeError],
    [[9, '1'], TypeError],
    [[9, 1n], TypeError],
    [[-1, 1], RangeError],
    [[2 ** 32, 1], RangeError],
    [[9, -1], RangeError],
  ]) {
    refuses(() => map.putAll(new Map([entry])), type, String(entry));
    refuses(() => map.putAll(new Map([...good, entry])), type, `after many, ${entry}`);
  }
  assert.is(map.size, 1);
  assert.is(map.get(1), 1);
});

test('what is no map is refused', () => {
  const map = make('u32', 'u32').set(1, 1);
  for (const wrong of [undefined, null, 5, 'map', {}, [], [[1, 2]], new Set([1]), new WeakMap(), Uint32Array.of(1)]) {
    refuses(() => map.putAll(wrong), TypeError, String(wrong));
  }
  const gone = make('u32', 'u32').set(1, 2);
  gone.dispose();
  refuses(() => map.putAll(gone), Error);
  assert.is(map.size, 1);
  assert.is(map.get(1), 1);
});

test.run();
