import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { refuses, same } from './support/check.js';
import { unhash } from './support/fmix32.js';
import { drawValues } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';

const test = behaviour('any-batch');
const sizes = [0, 1, 2, 60, 128, 129, 420, 1024, 1025, 1250, budget(5000, { debug: 1700 })];

const objects = (rows, tag) => Array.from({ length: rows }, (_, row) => ({ tag, row }));

/** `map` has the entries of `model`, by single look-ups, by a batch and by columns. */
function holds(map, model) {
  assert.is(map.size, model.size);
  const keys = Uint32Array.from(model.keys());
  const values = [...model.values()];
  keys.forEach((key, row) => {
    if (!Object.is(map.get(key), values[row])) assert.unreachable(`the value of ${key}`);
  });
  const all = map.getAll(keys);
  same(all.values, values);
  assert.is(all.hits, keys.length);
  assert.is(all.found.indexOf(0), -1);
  const columns = map.columns();
  same(
    columns.values,
    Array.from(columns.keys, (key) => model.get(key)),
  );
  assert.is(columns.keys.length, model.size);
}

function put(model, keys, values, how) {
  let fresh = 0;
  keys.forEach((key, row) => {
    if (!model.has(key)) fresh++;
    else if (how === 'keep') return;
    model.set(key, values[row]);
  });
  return fresh;
}

test('a column of values, into an empty map and over others', () => {
  for (const rows of sizes) {
    for (const how of [undefined, 'replace', 'keep']) {
      const map = make('u32', 'any');
      const model = new Map();
      const keys = distinctKeys(rows + (rows >> 1), rows);
      for (const part of [keys.subarray(0, rows), keys.subarray(rows >> 1), keys]) {
        const values = drawValues('any', part.length, new Random(rows));
        assert.is(map.putAll(part, values, how), put(model, part, values, how));
        holds(map, model);
      }
    }
  }
});

test('one value for all rows', () => {
  for (const value of [{}, () => 1, 'text', '', 5, -0, NaN, 7n, null, undefined, Symbol('one'), new Map(), true]) {
    for (const rows of [1, 60, 1300]) {
      const keys = distinctKeys(rows, rows);
      const map = make('u32', 'any').set(keys[0], 'before');
      assert.is(map.putAll(keys, value, 'keep'), rows - 1);
      assert.is(map.get(keys[0]), 'before');
      assert.is(map.putAll(keys, value), 0);
      holds(map, new Map(Array.from(keys, (key) => [key, value])));
    }
  }
});

test('equal keys in one batch: the last wins, with keep the first', () => {
  const random = new Random(3);
  for (const rows of sizes) {
    for (const different of [1, 2, 10, 300]) {
      const zero = unhash(0, 8);
      const keys = Uint32Array.from({ length: rows }, () => {
        const key = random.below(different);
        return key === 0 ? zero : key;
      });
      for (const how of ['replace', 'keep']) {
        const map = make('u32', 'any', { seed: 8 });
        const model = new Map();
        for (let round = 0; round < 2; round++) {
          const values = objects(rows, round);
          assert.is(map.putAll(keys, values, how), put(model, keys, values, how));
          holds(map, model);
        }
      }
    }
  }
});

test('with keep, undefined is a value that is there', () => {
  const map = make('u32', 'any').set(1, undefined);
  assert.is(map.putAll(Uint32Array.of(1, 2, 2), ['a', undefined, 'b'], 'keep'), 1);
  assert.is(map.get(1), undefined);
  assert.is(map.get(2), undefined);
  assert.is(map.size, 2);
});

test('holes are undefined', () => {
  const map = make('u32', 'any');
  assert.is(map.putAll(Uint32Array.of(1, 2, 3), new Array(3)), 3);
  assert.equal([map.has(1), map.has(2), map.has(3), map.get(2)], [true, true, true, undefined]);
  const { values } = map.getAll(Uint32Array.of(1, 9));
  assert.ok(0 in values && 1 in values, 'and no holes come back');
});

test('add, min and max are TypeErrors before anything changes', () => {
  const keys = distinctKeys(2000, 1);
  const other = make('u32', 'any').set(1, 5);
  for (const how of ['add', 'min', 'max', 'sum', '', null, 5]) {
    for (const map of [make('u32', 'any'), make('u32', 'any').set(keys[0], 'kept')]) {
      const { size } = map;
      refuses(() => map.putAll(keys, objects(2000), how), TypeError, String(how));
      refuses(() => map.putAll(keys, 5, how), TypeError, String(how));
      refuses(() => map.putAll(keys.subarray(0, 0), [], how), TypeError, String(how));
      refuses(() => map.putAll(other, how), TypeError, String(how));
      refuses(() => map.putAll(new Map([[1, 1]]), how), TypeError, String(how));
      assert.is(map.size, size);
      assert.is(map.get(keys[0]), size === 0 ? undefined : 'kept');
    }
  }
});

test('columns of other lengths and keys of other classes change nothing', () => {
  const map = make('u32', 'any').set(1, 'kept');
  const keys = distinctKeys(1500, 2);
  for (const values of [[], objects(1499), objects(1501), [1]]) {
    refuses(() => map.putAll(keys, values), RangeError, `${values.length} values`);
  }
  for (const wrong of [Int32Array.of(1), [1], 'keys', 5, null, undefined, new Float64Array(1)]) {
    refuses(() => map.putAll(wrong, ['a']), TypeError);
  }
  holds(map, new Map([[1, 'kept']]));
});

test('getAll: a miss is undefined, or into.missing', () => {
  for (const rows of sizes) {
    const keys = distinctKeys(rows, rows);
    const map = make('u32', 'any');
    const values = objects(rows);
    keys.forEach((key, row) => row % 3 !== 0 && map.set(key, values[row]));
    const missing = { missing: true };
    const found = Uint8Array.from(keys, (_, row) => (row % 3 === 0 ? 0 : 1));
    for (const miss of [undefined, null, 5, missing, 'none']) {
      const result = map.getAll(keys, miss === undefined ? {} : { missing: miss });
      same(
        result.values,
        values.map((value, row) => (row % 3 === 0 ? miss : value)),
      );
      same(result.found, found);
      assert.is(
        result.hits,
        found.reduce((sum, bit) => sum + bit, 0),
      );
    }
    same(map.getAll(keys).values, map.getAll(keys, { values: new Array(rows) }).values);
    same(map.hasAll(keys), found);
  }
});

test('getAll of a map that was never written', () => {
  const { values, found, hits } = make('u32', 'any').getAll(Uint32Array.of(1, 2), { missing: 'none' });
  same(values, ['none', 'none']);
  same(found, new Uint8Array(2));
  assert.is(hits, 0);
  same(make('u32', 'any').getAll(Uint32Array.of(1)).values, [undefined]);
});

test('getAll into arrays of the caller', () => {
  const keys = distinctKeys(1500, 4);
  const map = make('u32', 'any');
  map.putAll(keys, objects(1500));
  const into = { values: new Array(1500).fill('old'), found: new Uint8Array(1500).fill(9) };
  const result = map.getAll(keys, into);
  assert.is(result.values, into.values);
  assert.is(result.found, into.found);
  same(
    into.values,
    Array.from(keys, (key) => map.get(key)),
  );
  same(into.found, new Uint8Array(1500).fill(1));

  const untouched = () => ['old', 'old'];
  for (const [values, type] of [
    [untouched().concat('old'), RangeError],
    [['old'], RangeError],
    [[], RangeError],
    [new Uint32Array(2), TypeError],
    [new Float64Array(2), TypeError],
    [{ length: 2 }, TypeError],
    ['ab', TypeError],
    [5, TypeError],
    [null, TypeError],
  ]) {
    refuses(() => map.getAll(keys.subarray(0, 2), { values }), type, String(values));
  }
  const values = untouched();
  refuses(() => map.getAll(keys.subarray(0, 2), { values, found: new Uint8Array(3) }), RangeError);
  refuses(() => map.getAll(keys.subarray(0, 2), { values, found: new Int8Array(2) }), TypeError);
  same(values, untouched());
});

test('deleteAll, with keys that are in the batch more than once', () => {
  const random = new Random(5);
  for (const rows of sizes) {
    const map = make('u32', 'any', { seed: 8 });
    const model = new Map();
    const keys = distinctKeys(rows, rows);
    const values = objects(rows);
    for (let round = 0; round < 3; round++) {
      map.putAll(keys, values);
      put(model, keys, values);
      const doomed = Uint32Array.from({ length: rows }, () => random.pick([random.pick(keys), unhash(0, 8), 7]));
      const before = model.size;
      for (const key of doomed) model.delete(key);
      assert.is(map.deleteAll(doomed), before - model.size);
      holds(map, model);
      assert.is(map.deleteAll(doomed), 0);
    }
    assert.is(map.deleteAll(keys), model.size);
    assert.is(map.size, 0);
    assert.equal(map.columns().values, []);
  }
});

test.run();
