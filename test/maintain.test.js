/** `maintain` does in idle time what the next writes would have to. */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agrees, refuses } from './support/check.js';
import { unhash } from './support/fmix32.js';
import { everyPair, drawValues, keyKinds } from './support/kinds.js';
import { Model } from './support/model.js';
import { distinctKeys, Random } from './support/random.js';
import { HashMap, HashSet } from './support/tophash.js';

const test = behaviour('maintain');

/** Calls it until nothing is left to do; returns how often. */
function settle(map) {
  for (let calls = 1; ; calls++) {
    if (!map.maintain(0)) return calls;
    assert.ok(calls < 1e5, 'it comes to an end');
  }
}

test('there is nothing to do for a map that was never written, or is small', () => {
  const map = make('u32', 'u32');
  assert.is(map.maintain(), false);
  map.set(1, 1);
  assert.is(map.maintain(), false);
  const set = tracked(new HashSet({ key: 'string' }));
  set.add('a');
  assert.is(set.maintain(1), false);
});

test.layout('after it the next 128 new keys move nothing', () => {
  const random = new Random(3);
  const map = make('u32', 'u32');
  map.putAll(distinctKeys(3000, 1), 1);
  let worked = 0;
  for (let round = 0; round < budget(40, { debug: 12 }); round++) {
    if (settle(map) > 1) worked++;
    const { nextGrowthAt } = map.stats().forecast;
    assert.ok(nextGrowthAt >= map.size + 128, `growth at ${nextGrowthAt}, size ${map.size}`);
    for (let row = 0; row < 128; row++) map.set(random.u32(), row);
  }
  assert.ok(worked > 0, 'some rounds had growth to do');
});

test.layout('it shrinks what batches of deletions left', () => {
  const keys = distinctKeys(budget(60000, { debug: 6000 }), 4);
  const map = make('u32', 'u32');
  map.putAll(keys, 1);
  for (const key of map.columns().keys) map.delete(key);
  settle(map);
  assert.is(map.stats().buckets, 128);
});

test.layout('entries that had no room at home come home when there is some', () => {
  const seed = 0xbad;
  const crowd = Uint32Array.from({ length: 4000 }, (_, i) => unhash(((i << 12) | 77) >>> 0, seed));
  const map = make('u32', 'u32', { seed });
  map.putAll(crowd, crowd);
  const lines = () => map.stats().probeHistogram.length;
  settle(map);
  const crowded = map.stats().overflow;
  map.deleteAll(crowd.subarray(400));
  settle(map);
  assert.ok(map.stats().overflow < crowded / 4, `${map.stats().overflow} of ${crowded} away from home`);
  assert.ok(lines() <= 64);
  assert.is(map.getAll(crowd.subarray(0, 400)).hits, 400);
});

test.layout('it closes the holes between byte keys', () => {
  const keys = distinctKeys(budget(60000, { debug: 20000 }), 9, keyKinds.string.Column);
  const map = make('string', 'u32');
  map.putAll(keys, 1);
  const { bytes } = map.stats();
  map.deleteAll(keys.filter((_, row) => row % 2 === 1));
  settle(map);
  // What was freed is there for new keys: as many fit in a tenth and a segment more.
  map.putAll(distinctKeys(keys.length / 2, 10, keyKinds.string.Column), 2);
  assert.ok(map.stats().bytes <= bytes * 1.1 + 65536, `${map.stats().bytes} of ${bytes}`);
});

test('it changes no entry, between any writes', () => {
  for (const { key, value } of everyPair) {
    const random = new Random(11);
    const map = make(key, value);
    const model = new Model(key, value);
    const keys = distinctKeys(budget(2500, { debug: 1500 }), 12, keyKinds[key].Column);
    for (let from = 0; from < keys.length; from += 500) {
      const some = keys.slice(from, from + 500);
      const values = drawValues(value, some.length, random);
      map.putAll(some, values);
      model.putAll(some, values);
      map.maintain(0);
    }
    for (let from = 0; from < keys.length - 500; from += 500) {
      const some = keys.slice(from, from + 500);
      map.deleteAll(some);
      model.deleteAll(some);
      map.maintain();
    }
    agrees(map, model, keys);
    map.dispose();
  }
});

test('iterators go on across it', () => {
  const keys = distinctKeys(budget(6000, { debug: 2000 }), 13);
  const map = make('u32', 'u32');
  map.putAll(keys, 1);
  const seen = new Set();
  for (const key of map.keys()) {
    assert.not(seen.has(key));
    seen.add(key);
    if (seen.size % 100 === 0) {
      map.deleteAll(keys.filter((one) => !seen.has(one)).subarray(0, 90));
      map.maintain(0);
    }
  }
  for (const key of map.keys()) assert.ok(seen.has(key));
});

test.layout('it ends where byte keys are so long that each segment has room left behind its last one', () => {
  for (const [length, count] of [
    [12_000, 200],
    [24_000, 100],
    [40_000, 10],
    [50_000, 40],
    [62_000, 40],
  ]) {
    const map = make('string', 'u32');
    for (let i = 0; i < count; i++) map.set(String(i).padEnd(length, 'x'), i);
    const { moved } = map.stats();
    settle(map);
    for (let i = 0; i < 1000; i++) map.set('short', i) && map.delete('short');
    assert.ok(
      map.stats().moved - moved < 2 * count,
      `${map.stats().moved - moved} moved of ${count} of ${length} bytes`,
    );
  }
});

test('a budget that is none is refused, and so is a disposed map', () => {
  const map = new HashMap({ key: 'u32', value: 'u32' });
  refuses(() => map.maintain('1'), TypeError);
  refuses(() => map.maintain(null), TypeError);
  refuses(() => map.maintain(-1), RangeError);
  refuses(() => map.maintain(NaN), RangeError);
  map.dispose();
  refuses(() => map.maintain(), Error);
});

test('it comes to an end at every load', () => {
  for (const maxLoad of [1 / 64, 2 / 64, 3 / 64, 0.1, 0.25, 0.5, 1, 1.5, 2, 6.5]) {
    for (const left of [1, 5, 20, 40, 90]) {
      const map = make('u32', 'u32', { maxLoad, seed: 1 });
      const rows = Math.ceil(maxLoad * 64 * 8);
      for (let key = 0; key < rows; key++) map.set(key, key);
      for (let key = left; key < rows; key++) map.delete(key);
      let calls = 0;
      while (map.maintain(0) && calls < 1000) calls++;
      assert.ok(calls < 1000, `load ${maxLoad}, ${left} of ${rows} entries left`);
    }
  }
  for (const entriesPerPage of [1, 2, 3, 4, 5, 6, 8]) {
    const map = make('u32', 'u32', { maxLoad: entriesPerPage / 64, seed: 3 });
    const rows = entriesPerPage * 20;
    for (let key = 0; key < rows; key++) settle(map.set(key, key));
    for (let key = 0; key < rows; key++) {
      map.delete(key);
      settle(map);
    }
  }
});

test.run();
