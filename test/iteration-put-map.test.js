/** `putAll` of a map reads it in hash order, the order in which a table that is filled has its hardest time. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { Twin, valueFor } from './support/iteration.js';
import { allPairs, keyKinds } from './support/kinds.js';
import { distinctKeys } from './support/random.js';
import { CapacityError, checked } from './support/tophash.js';

const test = behaviour('iteration-put-map');
const most = budget(20000, { debug: 1700 });

/** Checks that `map` has the entries of a Map and no others. */
function holds(map, model) {
  assert.is(map.size, model.size);
  const keys = keyKinds.u32.Column.from(model.keys());
  const { values, hits } = map.getAll(keys);
  assert.is(hits, model.size);
  let row = 0;
  for (const value of model.values()) {
    if (!Object.is(values[row], value)) assert.unreachable(`the value of ${keys[row]}`);
    row++;
  }
}

test('into an empty map, of the same seed and of another', () => {
  for (const rows of [0, 1, 60, 420, 1250, 1700, most]) {
    const source = new Twin('u32', 'f64', { seed: 1 }).putAll(distinctKeys(rows, rows));
    for (const seed of [1, 2]) {
      for (const options of [{}, { capacity: rows }, { maxLoad: 8 }]) {
        const target = make('u32', 'f64', { seed, ...options });
        assert.is(target.putAll(source.map), rows);
        holds(target, source.model);
        assert.is(new Set(target.keys()).size, rows);
      }
    }
    source.agrees();
  }
});

test('into a map that has entries, some of them the same', () => {
  for (const rows of [1, 60, 420, 1250, most]) {
    for (const have of [1, 50, 1300]) {
      const keys = distinctKeys(rows + have, rows);
      const source = new Twin('u32', 'u32', { seed: 1 }).putAll(keys.subarray(0, rows));
      for (const seed of [1, 2]) {
        for (const how of ['replace', 'keep']) {
          const target = new Twin('u32', 'u32', { seed }).putAll(keys.subarray(rows >> 1, (rows >> 1) + have));
          const expected = new Map(
            how === 'keep' ? [...source.model, ...target.model] : [...target.model, ...source.model],
          );
          assert.is(target.map.putAll(source.map, how), expected.size - target.model.size);
          holds(target.map, expected);
        }
      }
    }
  }
});

test('of every kind', () => {
  for (const { key, value } of allPairs) {
    for (const rows of [1, 500, 1700]) {
      const source = new Twin(key, value, { seed: 1 }).putAll(distinctKeys(rows, 3, keyKinds[key].Column));
      for (const seed of [1, 2]) {
        const target = make(key, value, { seed });
        assert.is(target.putAll(source.map), rows);
        for (const [k, v] of target) assert.ok(Object.is(v, source.model.get(k)));
        assert.is(target.putAll(source.map, 'keep'), 0);
        assert.is(target.size, rows);
      }
    }
  }
});

test('into itself, also while it is iterated', () => {
  for (const rows of [0, 1, 60, 1250, most]) {
    const twin = new Twin().putAll(distinctKeys(rows, rows));
    twin.each('entries', (_, walk) => {
      if (walk.steps % Math.ceil(rows / 3) === 0) assert.is(twin.map.putAll(twin.map), 0);
    });
    assert.is(twin.each('keys').length, rows);
    assert.is(twin.map.putAll(new Map(twin.map)), 0);
  }
});

test('an iterator of the source and one of the target stay as they are', () => {
  for (const rows of [10, 420, 1250, 3000]) {
    const keys = distinctKeys(rows * 2, rows);
    const source = new Twin('u32', 'u32', { seed: 1 }).putAll(keys.subarray(0, rows));
    const target = new Twin('u32', 'u32', { seed: 1 }).putAll(keys.subarray(rows));
    const [from, to] = [source.walk(), target.walk()];
    for (let i = 0; i < rows >> 1; i++) {
      from.next();
      to.next();
    }
    for (const [key, value] of source.model) target.model.set(key, value);
    assert.is(target.map.putAll(source.map), rows);
    assert.is(from.rest().length, rows);
    to.rest();
    target.agrees();
  }
});

test('a loop of set over an iterator is the same, and so is from', () => {
  for (const rows of [1, 420, 1250, most]) {
    const source = new Twin('u32', 'u32', { seed: 1 }).putAll(distinctKeys(rows, rows));
    for (const seed of [1, 2]) {
      const copy = make('u32', 'u32', { seed });
      for (const [key, value] of source.map) copy.set(key, value);
      holds(copy, source.model);
      const from = copy.constructor.from(source.map, { key: 'u32', value: 'u32', seed });
      holds(from, source.model);
      from.dispose();
    }
  }
});

test('a map that is full says how many rows were written, and has those', () => {
  const rows = checked ? 2000 : 20000;
  for (const value of ['u32', 'any']) {
    for (const seed of [1, 2]) {
      const source = make('u32', value, { seed: 1 });
      source.putAll(distinctKeys(rows, 1), valueFor(value, 5));
      const order = [...source.keys()];
      const target = make('u32', value, { seed, maxBytes: rows * 4 });
      let thrown;
      try {
        target.putAll(source);
      } catch (error) {
        thrown = error;
      }
      assert.instance(thrown, CapacityError);
      assert.ok(thrown.rows > 0 && thrown.rows < rows, `${thrown.rows} rows`);
      assert.is(target.size, thrown.rows);
      assert.is(target.getAll(Uint32Array.from(order.slice(0, thrown.rows))).hits, thrown.rows);
      assert.is([...target].length, thrown.rows);
    }
  }
});

test.run();
