import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agrees, refuses, same } from './support/check.js';
import { drawValues, fittingAgain, keyColumn, keyKinds, pairs, valueKinds, ways } from './support/kinds.js';
import { Model } from './support/model.js';
import { distinctKeys, Random } from './support/random.js';
import { build, CapacityError } from './support/tophash.js';

const test = behaviour('capacity-error');
const limits = [4096, 20000, 65536, 150000, 600000].slice(0, build === 'debug' ? 3 : 5);

/** A map of at most `maxBytes` filled by batches until it refuses one, with its model. */
function full(key, value, maxBytes, { rows = 7000, how, plain = false } = {}) {
  const random = new Random(maxBytes);
  const map = make(key, value, { maxBytes, seed: 9 });
  const model = new Model(key, value);
  for (let drawn = 0; drawn < 2e6; drawn += rows) {
    const keys = keyColumn(key, rows, () => Math.imul(random.below(400000), 0x9e3779b1));
    const values = drawValues(value, rows, random);
    try {
      const fresh = map.putAll(keys, plain ? [...values] : values, how);
      assert.is(fresh, model.putAll(keys, values, how));
    } catch (error) {
      assert.instance(error, CapacityError, error.stack);
      assert.ok(Number.isInteger(error.rows) && error.rows >= 0 && error.rows < rows, `rows ${error.rows}`);
      model.putAll(keys.subarray(0, error.rows), values, how);
      assert.not(model.has(keys[error.rows]), 'the first row that does not fit is a new key');
      return { map, model, refused: keys[error.rows], random };
    }
    assert.ok(map.stats().bytes <= maxBytes, `${map.stats().bytes} bytes of ${maxBytes}`);
  }
  assert.unreachable('never full');
}

for (const { key, value } of pairs) {
  test(`a full ${key} -> ${value} has applied exactly the first rows`, () => {
    for (const maxBytes of limits) {
      for (const how of build === 'debug' ? ['add'] : ways) {
        const { map, model } = full(key, value, maxBytes, { how });
        assert.ok(map.stats().bytes <= maxBytes, `${map.stats().bytes} bytes of ${maxBytes}`);
        agrees(map, model);
        map.dispose();
      }
      const { map, model } = full(key, value, maxBytes, { plain: true, rows: 333 });
      agrees(map, model);
    }
  });

  test(`a full ${key} -> ${value} serves reads, overwrites and deletes`, () => {
    for (const maxBytes of limits) {
      const { map, model, refused, random } = full(key, value, maxBytes);
      const [value0] = drawValues(value, 1, random);
      for (let round = 0; round < 3; round++) {
        assert.is(refuses(() => map.set(refused, value0), CapacityError).rows, 0);
        assert.is(refuses(() => map.getOrInsert(refused, value0), CapacityError).rows, 0);
        assert.is(refuses(() => map.getOrInsertComputed(refused, () => value0), CapacityError).rows, 0);
        assert.is(map.has(refused), false);
      }
      const keys = model.keyColumn();
      const values = drawValues(value, keys.length, random);
      assert.is(map.putAll(keys, values), 0, 'overwriting every key');
      model.putAll(keys, values);
      for (const k of keys.subarray(0, 50)) {
        map.set(k, value0);
        model.set(k, value0);
        assert.ok(Object.is(map.getOrInsert(k, values[0]), value0));
      }
      agrees(map, model);

      const half = keys.filter((_, row) => row % 2 === 0);
      assert.is(map.deleteAll(half), half.length);
      model.deleteAll(half);
      agrees(map, model, half);
      const again = fittingAgain(key, half);
      assert.is(map.putAll(again, value0), again.length, 'the same keys fit again');
      model.putAll(again, value0);
      agrees(map, model, half);
      assert.ok(map.stats().bytes <= maxBytes);

      map.clear();
      assert.is(map.size, 0);
      assert.is(map.putAll(again, value0), again.length, 'after clear');
    }
  });
}

test('after deletes new keys fit up to the limit again', () => {
  for (const maxBytes of limits) {
    const { map, model, random } = full('u32', 'u32', maxBytes);
    const limit = model.size;
    for (let round = 0; round < 5; round++) {
      const gone = model.keyColumn().filter((_, row) => row % 3 === round % 3);
      assert.is(map.deleteAll(gone), model.deleteAll(gone));
      let error;
      for (let i = 0; i < gone.length * 2 && !error; i++) {
        const key = random.u32();
        try {
          map.set(key, i);
          model.set(key, i);
        } catch (e) {
          error = e;
        }
      }
      assert.instance(error, CapacityError);
      assert.ok(model.size >= limit * 0.9, `${model.size} entries of ${limit} before`);
      agrees(map, model, gone);
    }
  }
});

test('single writes up to the limit', () => {
  for (const maxBytes of limits.slice(0, 3)) {
    const map = make('u32', 'f64', { maxBytes });
    const model = new Model('u32', 'f64');
    const error = refuses(() => {
      for (const key of distinctKeys(20000, 12)) {
        map.set(key, key / 3);
        model.set(key, key / 3);
      }
    }, CapacityError);
    assert.is(error.rows, 0);
    assert.ok(model.size * 100 > maxBytes / 4, `only ${model.size} entries in ${maxBytes} bytes`);
    agrees(map, model);
  }
});

test('putAll of a map tells the rows too', () => {
  const source = new Map(Array.from(distinctKeys(30000, 2), (key, i) => [key, i]));
  const map = make('u32', 'u32', { maxBytes: 65536 });
  const { rows } = refuses(() => map.putAll(source), CapacityError);
  assert.is(map.size, rows);
  agrees(map, new Model('u32', 'u32', [...source].slice(0, rows)));

  const big = make('u32', 'u32');
  big.putAll(Uint32Array.from(source.keys()), Uint32Array.from(source.values()));
  const small = make('u32', 'u32', { maxBytes: 65536 });
  const error = refuses(() => small.putAll(big), CapacityError);
  assert.is(small.size, error.rows);
  assert.ok(error.rows > 0 && error.rows < 30000);
  const { values, found, hits } = small.getAll(Uint32Array.from(source.keys()));
  assert.is(hits, error.rows);
  values.forEach((value, i) => void assert.is(value, found[i] ? i : 0));
});

test('a limit that holds nothing refuses the first row', () => {
  for (const maxBytes of [0, 1, 63]) {
    const map = make('u32', 'u32', { maxBytes });
    assert.is(refuses(() => map.set(1, 1), CapacityError).rows, 0);
    assert.is(refuses(() => map.putAll(Uint32Array.of(1, 2), 1), CapacityError).rows, 0);
    assert.is(map.size, 0);
    assert.is(map.get(1), undefined);
    assert.is(map.hasAll(Uint32Array.of(1, 2)).indexOf(1), -1);
    assert.ok(map.stats().bytes <= maxBytes);
  }
});

test('reserve past the limit is refused and the map stays whole', () => {
  const keys = distinctKeys(1000, 4);
  for (const [options, entries] of [
    [{ maxBytes: 100000 }, 100000],
    [{}, 2 ** 32 - 1],
    [{}, 1e9],
  ]) {
    const map = make('u32', 'f64', options);
    map.putAll(keys, 3);
    refuses(() => map.reserve(entries), CapacityError, `reserve(${entries})`);
    assert.is(map.size, 1000);
    same(map.getAll(keys).values, new Float64Array(1000).fill(3));
    map.set(1, 1);
    assert.is(map.deleteAll(keys), 1000);
    assert.ok(map.stats().bytes < 200000);
  }
});

test('a refused reserve grows nothing, wherever in its rounds of growth the table is', () => {
  const maxBytes = 700000;
  let refused = 0;
  for (let size = 20000; size < 30000; size += 2000) {
    const map = make('u32', 'u32', { maxBytes, seed: 9 });
    map.putAll(distinctKeys(size, 6), 1);
    const { moved, bytes } = map.stats();
    for (let entries = 3 * size; entries > size && map.stats().moved === moved; entries -= 499) {
      try {
        map.reserve(entries);
      } catch (error) {
        assert.instance(error, CapacityError);
        refused++;
        assert.equal([map.stats().moved, map.stats().bytes], [moved, bytes], `reserve(${entries}) of ${size}`);
      }
    }
  }
  assert.ok(refused > 50, `${refused} refused`);
});

test('a small map that is refused room takes no more memory than before', () => {
  for (const key of ['u32', 'string']) {
    const { wrap } = keyKinds[key];
    for (const [size, maxBytes, entries] of [
      [1, undefined, 2 ** 32 - 1],
      [46, 190000, 1e6],
      [46, 2500, 1000],
      [300, 190000, 1e6],
    ]) {
      const map = make(key, 'u32', { maxBytes, seed: 1 });
      const model = new Model(key, 'u32');
      for (let i = 0; i < size && map.stats().bytes < 2000; i++) {
        map.set(wrap(i), i);
        model.set(wrap(i), i);
      }
      const { bytes } = map.stats();
      refuses(() => map.reserve(entries), CapacityError);
      assert.is(map.stats().bytes, bytes, `${key}, reserve(${entries})`);
      agrees(map, model);
      const { nextGrowthAt } = map.stats().forecast;
      map.reserve(model.size + 20);
      assert.ok(map.stats().forecast.nextGrowthAt >= Math.max(nextGrowthAt, model.size + 20));
      agrees(map, model);
    }
  }
});

test('maxBytes bounds every step of growth, and lets be used what it allows', () => {
  const perEntry = { u32: 8, f64: 12 };
  for (const value of ['u32', 'f64']) {
    for (const maxBytes of [300000, 1000003, budget(3e6, { debug: 3e5 })]) {
      const map = make('u32', value, { maxBytes, seed: 3 });
      const keys = distinctKeys(maxBytes / 6, 5);
      const { rows } = refuses(() => map.putAll(keys, 1), CapacityError);
      assert.is(map.size, rows);
      const { bytes } = map.stats();
      assert.ok(bytes <= maxBytes, `${bytes} of ${maxBytes} bytes`);
      const used = (rows * perEntry[value]) / maxBytes;
      assert.ok(used > 0.5, `entries fill ${used} of the allowed memory`);
      same(map.getAll(keys.subarray(0, rows)).values, new valueKinds[value].Column(rows).fill(1));
    }
  }
});

test.run();
