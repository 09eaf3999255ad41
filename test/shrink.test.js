/** After mass deletion the table gives pages back, a few entries at a time, and grows again as before. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agrees } from './support/check.js';
import { allPairs, drawValues, keyKinds } from './support/kinds.js';
import { Model } from './support/model.js';
import { distinctKeys, Random } from './support/random.js';

const test = behaviour('shrink');
const bound = 1536;

function filled(rows, options) {
  const keys = distinctKeys(rows, rows);
  const map = make('u32', 'u32', options);
  map.putAll(keys, keys);
  return { map, keys };
}

test.layout(
  'deletions one by one bring the buckets down with the entries, and each moves a bounded number of them',
  () => {
    const { map, keys } = filled(budget(60000, { debug: 6000, full: 1e6, whole: true }));
    const { buckets } = map.stats();
    let moved = map.stats().moved;
    let most = 0;
    for (const [row, key] of keys.entries()) {
      assert.is(map.delete(key), true);
      const now = map.stats().moved;
      most = Math.max(most, now - moved);
      moved = now;
      if (row % 1000 === 999) {
        // A quarter of the load at which it grows, and what a round of growth may differ by.
        const expected = (map.size * 4 * 1.5) / 6.5 + 256;
        assert.ok(map.stats().buckets <= Math.max(expected, 128), `${map.stats().buckets} buckets for ${map.size}`);
      }
    }
    assert.ok(buckets > 512);
    assert.is(map.stats().buckets, 128);
    assert.ok(most > 0 && most <= bound, `one deletion moved ${most} entries`);
    assert.ok(map.stats().maxMovedPerOp <= bound);
  },
);

test.layout('a batch of deletions moves hardly more than what fills the holes, and shrinks in the end', () => {
  const { map, keys } = filled(budget(60000, { debug: 6000, full: 1e6, whole: true }));
  const { moved } = map.stats();
  assert.is(map.deleteAll(keys), keys.length);
  assert.ok(map.stats().moved - moved < keys.length / 5, `it moved ${map.stats().moved - moved} entries`);
  assert.is(map.stats().buckets, 128);
});

for (const { key, value } of allPairs) {
  test(`what is left, and what comes anew, is right: ${key} -> ${value}`, () => {
    const rows = budget(9000, { debug: 2500 });
    const random = new Random(rows);
    const map = make(key, value);
    const model = new Model(key, value);
    const keys = distinctKeys(rows, 5, keyKinds[key].Column);
    for (const way of ['deleteAll', 'delete']) {
      const values = drawValues(value, rows, random);
      assert.is(map.putAll(keys, values), model.putAll(keys, values));
      const some = keys.filter((_, row) => row % 16 !== 0);
      if (way === 'deleteAll') assert.is(map.deleteAll(some), model.deleteAll(some));
      else some.forEach((one) => assert.is(map.delete(one), model.delete(one)));
      agrees(map, model, keys);
    }
  });
}

test.layout('a table does not shrink below what capacity or reserve asked for', () => {
  for (const options of [{ capacity: 20000 }, {}]) {
    const map = make('u32', 'u32', options);
    if (options.capacity === undefined) map.reserve(20000);
    const keys = distinctKeys(15000, 3);
    map.putAll(keys, 1);
    map.deleteAll(keys.subarray(1));
    assert.ok(map.stats().forecast.nextGrowthAt >= 20000);
    map.trim();
    assert.ok(map.stats().buckets < 128, 'trim does');
  }
});

test.layout('nor below what reserve asked for, once an empty map has taken the entries of another one', () => {
  const other = make('u32', 'u32', { seed: 1 });
  other.putAll(distinctKeys(20000, 3), 1);
  const map = make('u32', 'u32', { seed: 1 });
  map.reserve(5000);
  map.set(1, 1).delete(1);
  map.putAll(other);
  map.deleteAll(other.columns().keys.subarray(1));
  assert.is(map.size, 1);
  assert.ok(map.stats().forecast.nextGrowthAt >= 5000);
});

test.layout('a table that holds half of what it could stays as it is: nothing is moved to and fro', () => {
  const { map, keys } = filled(budget(20000, { debug: 3000, whole: true }));
  map.deleteAll(keys.subarray(keys.length / 2));
  const { buckets, moved } = map.stats();
  for (let round = 0; round < 3; round++) {
    for (const key of keys.subarray(0, 500)) map.delete(key);
    for (const key of keys.subarray(0, 500)) map.set(key, key);
  }
  assert.is(map.stats().buckets, buckets);
  assert.ok(map.stats().moved - moved < 3000 * 2, `${map.stats().moved - moved} moved`);
});

test.layout(
  'deletion in the order of iteration, which empties one part of the table after the other, crowds nothing',
  () => {
    const { map } = filled(budget(60000, { debug: 6000 }));
    const { bytes } = map.stats();
    const { keys } = map.columns();
    for (const key of keys) map.delete(key);
    assert.is(map.size, 0);
    assert.is(map.stats().bytes, bytes);
    assert.ok(map.stats().maxMovedPerOp <= bound, `${map.stats().maxMovedPerOp} moved by one deletion`);
  },
);

for (const key of ['u32', 'string']) {
  test(`room that was asked for is kept where the table moves: ${key}`, () => {
    const { wrap } = keyKinds[key];
    const rows = budget(3000, { debug: 2000, badHash: 1300 });
    const asks = [
      (map) => map, // by capacity
      (map) => void map.reserve(1100),
    ];
    for (const [i, ask] of asks.entries()) {
      const map = make(key, 'u32', i === 0 ? { capacity: 1100 } : {});
      ask(map);
      for (let row = 0; row < rows; row++) map.set(wrap(row), row);
      for (let row = 10; row < rows; row++) map.delete(wrap(row));
      const { size, forecast } = map.stats();
      assert.is(size, 10);
      assert.ok(forecast.nextGrowthAt >= 1100, `grows at ${forecast.nextGrowthAt}`);
    }
  });
}

test.run();
