import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { agrees, refuses } from './support/check.js';
import { drawValues, keyColumn, keyKinds, pairs } from './support/kinds.js';
import { Model } from './support/model.js';
import { distinctKeys, Random } from './support/random.js';
import { CapacityError, HashMap } from './support/tophash.js';

const test = behaviour('construct');
const kinds = { key: 'u32', value: 'u32' };

test('every pair of kinds starts empty', () => {
  for (const { key, value } of pairs) {
    const map = make(key, value);
    assert.is(map.size, 0);
    assert.is(map.get(0), undefined);
    assert.is(map.has(0), false);
    assert.is(map.delete(0), false);
  }
});

test('is a HashMap by name', () => {
  const map = make('u32', 'u32');
  assert.is(map[Symbol.toStringTag], 'HashMap');
  assert.is(Object.prototype.toString.call(map), '[object HashMap]');
  assert.instance(map, HashMap);
  refuses(() => HashMap(kinds), TypeError);
});

test('kinds must be known', () => {
  for (const wrong of [undefined, null, 'u16', 'U32', '', 32, 'any', 'toString', '__proto__', ['u32'], {}]) {
    refuses(() => new HashMap({ key: wrong, value: 'u32' }), TypeError, `key ${String(wrong)}`);
  }
  for (const wrong of [undefined, null, 'u8', 'string', 'constructor', 0, ['f64']]) {
    refuses(() => new HashMap({ key: 'u32', value: wrong }), TypeError, `value ${String(wrong)}`);
  }
  for (const wrong of [undefined, null, 5, 'u32']) refuses(() => new HashMap(wrong), TypeError, String(wrong));
});

test('numbers among the options must be in range', () => {
  const outside = {
    capacity: [-1, NaN, 1.5, 2 ** 40, Infinity, -Infinity],
    maxLoad: [0, -1, NaN, 8.000001, Infinity],
    seed: [-1, 2 ** 32, 1.5, NaN, Infinity],
    maxBytes: [-1, NaN, -Infinity],
  };
  for (const [name, values] of Object.entries(outside)) {
    for (const wrong of values) refuses(() => new HashMap({ ...kinds, [name]: wrong }), RangeError, `${name} ${wrong}`);
  }
});

test('options of the wrong type are refused', () => {
  for (const name of ['capacity', 'maxLoad', 'seed', 'maxBytes']) {
    for (const wrong of ['5', 5n, {}, [5], true, Symbol(name)]) {
      refuses(() => new HashMap({ ...kinds, [name]: wrong }), TypeError, `${name} ${typeof wrong}`);
    }
  }
});

test('options at the ends of their range serve', () => {
  const ends = [{ capacity: 0 }, { capacity: 1 }, { maxLoad: 8 }, { maxLoad: 0.1 }, { seed: 0 }, { seed: 2 ** 32 - 1 }];
  for (const options of ends) {
    const map = make('u32', 'u32', options);
    for (let key = 0; key < 300; key++) map.set(key, key + 1);
    for (let key = 0; key < 300; key++) assert.is(map.get(key), key + 1, JSON.stringify(options));
    assert.is(map.size, 300);
  }
});

test('a capacity beyond all memory is a CapacityError at the latest when it is needed', () => {
  for (const capacity of [5e8, 1e9, 2 ** 31, 2 ** 32 - 2]) {
    for (const value of ['u32', 'f64']) {
      const fill = () => make('u32', value, { capacity }).set(1, 1);
      assert.is(refuses(fill, CapacityError, `${capacity} ${value}`).rows, 0);
    }
  }
});

test.layout('so many entries as capacity says fit without growth', () => {
  for (const capacity of [1, 8, 100, 1299, 1300, 1301, 5000]) {
    const keys = distinctKeys(capacity, capacity);
    const single = make('u32', 'u32', { capacity }).set(keys[0], 1);
    const batch = make('u32', 'f64', { capacity }).set(keys[0], 1);
    const [singleBuckets, batchBuckets] = [single.stats().buckets, batch.stats().buckets];
    for (const key of keys) single.set(key, 1);
    batch.putAll(keys, 1);
    assert.is(single.size, capacity);
    assert.is(batch.size, capacity);
    assert.is(single.stats().buckets, singleBuckets, `single calls, capacity ${capacity}`);
    assert.is(batch.stats().buckets, batchBuckets, `a batch, capacity ${capacity}`);
  }
});

test('from takes pairs from any iterable, the last of a key winning', () => {
  function* pairsOf(entries) {
    yield* entries;
  }
  for (const { key, value } of pairs) {
    const values = drawValues(value, 40, new Random(1));
    const entries = Array.from(values, (v, i) => [keyKinds[key].wrap(i % 30), v]);
    const model = new Model(key, value, entries);
    for (const iterable of [entries, pairsOf(entries), new Map(entries), new Set(entries)]) {
      agrees(tracked(HashMap.from(iterable, { key, value })), model);
    }
    assert.is(tracked(HashMap.from([], { key, value })).size, 0);
  }
});

test('from refuses what set refuses', () => {
  refuses(
    () =>
      HashMap.from(
        [
          [1, 1],
          ['2', 2],
        ],
        kinds,
      ),
    TypeError,
  );
  refuses(
    () =>
      HashMap.from(
        [
          [1, 1],
          [2, 2n],
        ],
        kinds,
      ),
    TypeError,
  );
  refuses(
    () =>
      HashMap.from(
        [
          [1, 1],
          [-2, 2],
        ],
        kinds,
      ),
    RangeError,
  );
  refuses(
    () =>
      HashMap.from(
        [
          [1, 1],
          [2, 2 ** 32],
        ],
        kinds,
      ),
    RangeError,
  );
  refuses(() => HashMap.from([[1, 1], 2], kinds), TypeError);
  refuses(() => HashMap.from(undefined, kinds), TypeError);
  refuses(() => HashMap.from(7, kinds), TypeError);
  refuses(() => HashMap.from([[1, 1]]), TypeError);
  refuses(() => HashMap.from([[1, 1]], { key: 'u32' }), TypeError);
});

test('fromColumns takes two columns', () => {
  for (const { key, value } of pairs) {
    const random = new Random(2);
    const model = new Model(key, value);
    model.putAll(
      keyColumn(key, 3000, () => random.below(2000)),
      drawValues(value, 3000, random),
    );
    agrees(tracked(HashMap.fromColumns(model.keyColumn(), model.valueColumn(), { key, value })), model);
    agrees(tracked(HashMap.fromColumns(model.keyColumn(), [...model.values()], { key, value })), model);
  }
});

test('fromColumns refuses what putAll refuses', () => {
  refuses(() => HashMap.fromColumns(Uint32Array.of(1), Uint32Array.of(1, 2), kinds), RangeError);
  refuses(() => HashMap.fromColumns(Int32Array.of(1), Uint32Array.of(1), kinds), TypeError);
  refuses(() => HashMap.fromColumns(Uint32Array.of(1), Float64Array.of(1), kinds), TypeError);
  refuses(() => HashMap.fromColumns(Uint32Array.of(1), Uint32Array.of(1)), TypeError);
});

test.run();
