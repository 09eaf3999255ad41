/** A map or set goes there and back: every kind, every form that a table can have. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { refuses, same } from './support/check.js';
import { drawValues, everyPair, keyKinds, keysWithHash, numericKeys } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';
import { makeSet } from './support/sets.js';
import { fieldOf, HEADER, restored, sameEntries, signSlowly } from './support/snapshots.js';
import { build, CapacityError, HashMap, HashSet, SnapshotError } from './support/tophash.js';
import { hasBadHash } from './support/builds.js';

const test = behaviour('snapshot');
const pairs = everyPair.filter(({ value }) => value !== 'any');
/** Under a bad hash every key costs a walk. */
const most = budget(700, { badHash: 100 });

/** Columns of random entries: every fifth value a corner. */
function columns({ key, value }, rows, seed = 7) {
  const { Column, corners } = keyKinds[key];
  const keys = Column.from([...distinctKeys(rows, seed, Column), ...(rows > 40 ? corners : [])]);
  return [keys, drawValues(value, keys.length, new Random(seed))];
}

/** There and back, and the copy is worth as much as the original. */
function thereAndBack(it) {
  const before = JSON.stringify(it.stats());
  const snapshot = it.snapshot();
  assert.is(JSON.stringify(it.stats()), before, 'the statistics of the source');
  const copy = restored(snapshot);
  sameEntries(copy, it);
  assert.is(copy.stats().seed, it.stats().seed);
  // Entries of the spill go to their page where that has room by now.
  if (fieldOf(snapshot, 'key') < numericKeys.length && fieldOf(snapshot, 'spilled') === 0) {
    same(copy.snapshot(), snapshot, 'a snapshot of the copy');
    for (const name of ['buckets', 'growing', 'evacuated', 'load', 'overflow', 'probeHistogram'])
      assert.equal(copy.stats()[name], it.stats()[name], name);
  }
  return copy;
}

for (const pair of pairs) {
  test(`${pair.key} -> ${pair.value}`, () => {
    for (const rows of [0, 1, 9, 100, most]) {
      const map = make(pair.key, pair.value, { maxLoad: 5 + (rows % 3) });
      const [keys, values] = columns(pair, rows);
      map.putAll(keys, values);
      map.deleteAll(keys.subarray(0, rows >> 2));
      const copy = thereAndBack(map);
      assert.ok(copy instanceof HashMap);
      // It goes on as a map does.
      const [more, moreValues] = columns(pair, rows, 8);
      for (const it of [map, copy]) {
        it.putAll(more, moreValues);
        it.deleteAll(keys.subarray(rows >> 2, rows >> 1));
      }
      sameEntries(copy, map);
    }
  });
}

for (const key of Object.keys(keyKinds)) {
  test(`a set of ${key}`, () => {
    for (const rows of [0, 1, 9, most]) {
      const set = makeSet(key);
      const [keys] = columns({ key, value: 'u32' }, rows);
      set.addAll(keys);
      const copy = thereAndBack(set);
      assert.ok(copy instanceof HashSet);
      copy.addAll(distinctKeys(100, 9, keyKinds[key].Column));
      set.addAll(distinctKeys(100, 9, keyKinds[key].Column));
      sameEntries(copy, set);
    }
  });

  test(`never written to, cleared and emptied: ${key}`, () => {
    const fresh = make(key, 'u32', { seed: undefined });
    assert.is(fresh.snapshot().length, HEADER + 8);
    assert.is(restored(fresh.snapshot()).size, 0);
    const [keys, values] = columns({ key, value: 'u32' }, 50);
    for (const empty of [(map) => map.clear(), (map) => map.deleteAll(keys)]) {
      const map = make(key, 'u32', { seed: undefined });
      map.putAll(keys, values);
      const { seed } = map.stats();
      empty(map);
      const copy = restored(map.snapshot());
      assert.is(copy.size, 0);
      assert.is(copy.stats().seed, seed);
      copy.putAll(keys, values);
      assert.is(copy.stats().seed, seed);
      map.putAll(keys, values);
      sameEntries(copy, map);
    }
  });
}

test('every size at which a table changes its form, and every step of a round of growth', () => {
  for (const pair of [
    { key: 'u32', value: 'u32' },
    { key: 'f64', value: 'f32' },
    { key: 'bytes', value: 'u64' },
  ]) {
    const step = hasBadHash(build) ? 31 : 29;
    const [keys, values] = columns(pair, budget(1500, { badHash: 100 }));
    const map = make(pair.key, pair.value);
    for (let row = 0; row < keys.length; row += step) {
      map.putAll(keys.subarray(row, row + step), values.subarray(row, row + step));
      thereAndBack(map);
    }
  }
});

test('large tables in mid-growth', () => {
  const rows = budget(6000, { debug: 2500, badHash: 150 });
  for (const pair of [
    { key: 'u32', value: 'u32' },
    { key: 'u64', value: 'f64' },
  ]) {
    const map = make(pair.key, pair.value);
    const [keys, values] = columns(pair, rows);
    map.putAll(keys, values);
    let added = 0;
    while (!map.stats().growing) map.set(keyKinds[pair.key].wrap(1e7 + added++), 1);
    for (let steps = 0; steps < 3; steps++) {
      const copy = thereAndBack(map);
      assert.is(copy.stats().growing, map.stats().growing);
      copy.putAll(...columns(pair, rows, 3));
      assert.is(copy.getAll(keys).hits, keys.length);
      const { evacuated } = map.stats();
      while (map.stats().evacuated === evacuated) map.set(keyKinds[pair.key].wrap(1e7 + added++), 1);
    }
  }
});

test('crowds that fill the spill', () => {
  for (const key of keysWithHash) {
    const { Column, withHash } = keyKinds[key];
    for (const crowd of [(i) => 2 ** 29 + i * 2 ** 17 + 3, (i) => i * 2 ** 20 + 12345]) {
      const rows = budget(1200, { debug: 800, badHash: 150 });
      const keys = Column.from({ length: rows }, (_, i) => withHash(crowd(i), 5));
      const map = make(key, 'i64', { seed: 5 });
      map.putAll(keys, drawValues('i64', rows, new Random(2)));
      map.putAll(...columns({ key, value: 'i64' }, rows));
      map.deleteAll(keys.filter((_, i) => i % 7 === 0));
      const snapshot = map.snapshot();
      const copy = restored(snapshot);
      sameEntries(copy, map);
      copy.deleteAll(keys);
      map.deleteAll(keys);
      sameEntries(copy, map);
    }
  }
});

test('the key whose hash is 0', () => {
  for (const key of keysWithHash) {
    for (const value of ['u32', 'f64']) {
      for (const rows of [0, 30, most * 3]) {
        const { Column, withHash } = keyKinds[key];
        const zero = withHash(0, 1234);
        const map = make(key, value, { seed: 1234 });
        map.putAll(distinctKeys(rows, 3, Column), 1);
        map.set(zero, 7);
        assert.is(thereAndBack(map).get(zero), 7);
        map.delete(zero);
        assert.is(thereAndBack(map).has(zero), false);
      }
    }
  }
});

test('long keys', () => {
  const lengths = [2000, 8180, 8200, 43_000, 45_000, 65_520, 65_530, 70_000, 300_000];
  for (const key of ['string', 'bytes']) {
    const of = (length) => (key === 'string' ? 'ä\ud800'.repeat(length / 5) : new Uint8Array(length).fill(7));
    for (const some of [[0], [3], [4], [5], lengths.map((_, i) => i)]) {
      const map = make(key, 'f64');
      for (const i of some) map.set(of(lengths[i]), i);
      map.putAll(distinctKeys(most >> 2, 3, keyKinds[key].Column), 0.5);
      const copy = thereAndBack(map);
      for (const i of some) assert.is(copy.get(of(lengths[i])), i);
      assert.is(copy.get(of(1_000_000)), undefined);
    }
  }
});

test('chains of keys with one hash', () => {
  const { withHash } = keyKinds.bytes;
  for (const length of [2, 3, 50, budget(2000, { badHash: 300 })]) {
    const keys = Array.from({ length }, (_, twin) => withHash(77, 5, twin));
    const map = make('bytes', 'u32', { seed: 5 });
    map.putAll(keys, Uint32Array.from(keys.keys()));
    map.putAll(distinctKeys(100, 1, keyKinds.bytes.Column), 1);
    const copy = thereAndBack(map);
    assert.is(copy.deleteAll(keys), length);
    assert.is(copy.size, 100);
  }
});

test('holes of deleted records are left out, and values of deleted entries forgotten', () => {
  const map = make('string', 'u32');
  const texts = Array.from({ length: 500 }, (_, i) => `a text of some length, number ${i}`);
  map.putAll(texts, 1);
  const full = map.snapshot().length;
  map.deleteAll(texts.slice(50));
  assert.ok(map.snapshot().length < full / 8);
  const numbers = make('u32', 'u64');
  numbers.putAll(Uint32Array.from(texts.keys()), 0x1234_5678_9abc_def0n);
  numbers.deleteAll(Uint32Array.from(texts.keys()));
  assert.is(Buffer.from(numbers.snapshot()).includes(Uint8Array.of(0xbc, 0x9a)), false);
});

test('the checksum is the one that is described', () => {
  for (const map of [make('u32', 'u32').set(1, 2), make('string', 'f64').set('a', 1).set('b', 2)]) {
    const snapshot = map.snapshot();
    same(signSlowly(snapshot.slice()), snapshot);
    assert.is(Buffer.from(snapshot).toString('latin1', 0, 8), 'tophash\0');
  }
});

test('arrays with an offset, buffers, shared and resizable ones', () => {
  const map = make('u32', 'f32');
  map.putAll(distinctKeys(3000, 1), 1.5);
  const snapshot = map.snapshot();
  const { length } = snapshot;
  sameEntries(HashMap.restore(snapshot.buffer), map);
  for (const Memory of [ArrayBuffer, SharedArrayBuffer]) {
    for (const offset of [1, 4, 8]) {
      const view = new Uint8Array(new Memory(length + 20), offset, length);
      view.set(snapshot);
      sameEntries(restored(view), map);
    }
  }
  const resizable = new Uint8Array(new ArrayBuffer(length, { maxByteLength: 2 * length }));
  resizable.set(snapshot);
  sameEntries(restored(resizable), map);
  sameEntries(restored(Buffer.from(snapshot)), map);
});

test('arguments of another type', () => {
  const snapshot = make('u32', 'u32').set(1, 2).snapshot();
  const gone = snapshot.slice();
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  for (const no of [
    undefined,
    null,
    1,
    'tophash',
    [],
    {},
    new Uint16Array(100),
    new DataView(new ArrayBuffer(200)),
    gone,
    gone.buffer,
  ])
    for (const Type of [HashMap, HashSet]) refuses(() => Type.restore(no), TypeError);
  for (const options of [null, 1, 'u32', { key: 'u16' }, { key: 1 }, { value: 'string' }, { maxBytes: '1' }])
    refuses(() => HashMap.restore(snapshot, options), TypeError);
  for (const maxBytes of [-1, NaN]) refuses(() => HashMap.restore(snapshot, { maxBytes }), RangeError);
  refuses(() => HashSet.restore(snapshot, { key: 'u33' }), TypeError);
});

test('other kinds than asked for', () => {
  const map = make('u32', 'i32').set(1, 2).snapshot();
  const set = makeSet('i64').add(1n).snapshot();
  assert.is(restored(map, { key: 'u32', value: 'i32' }).get(1), 2);
  assert.is(restored(map, { value: 'i32' }).get(1), 2);
  assert.is(restored(set, { key: 'i64' }).has(1n), true);
  for (const options of [{ key: 'i32' }, { value: 'u32' }, { key: 'u32', value: 'any' }, { key: 'f64' }]) {
    assert.match(refuses(() => HashMap.restore(map, options), SnapshotError).message, /HashMap<u32, i32>/);
  }
  refuses(() => HashMap.restore(set), SnapshotError);
  refuses(() => HashSet.restore(map), SnapshotError);
  refuses(() => HashSet.restore(set, { key: 'u64' }), SnapshotError);
});

test("values of kind 'any'", () => {
  const map = make('u32', 'any').set(1, {});
  assert.match(refuses(() => map.snapshot(), TypeError).message, /any/);
  refuses(() => map.snapshotStream(), TypeError);
});

test('a map that was disposed of', () => {
  const map = make('u32', 'u32').set(1, 2);
  map.dispose();
  assert.throws(() => map.snapshot(), /disposed/);
  assert.throws(() => map.snapshotStream(), /disposed/);
});

test.layout('maxBytes', () => {
  for (const pair of [
    { key: 'u32', value: 'u32' },
    { key: 'string', value: 'u32' },
  ]) {
    for (const rows of [5, most]) {
      const map = make(pair.key, pair.value);
      map.putAll(...columns(pair, rows));
      const snapshot = map.snapshot();
      const { bytes } = restored(snapshot).stats();
      const limited = restored(snapshot, { maxBytes: bytes + 131072 });
      sameEntries(limited, map);
      refuses(() => HashMap.restore(snapshot, { maxBytes: bytes >> 1 }), CapacityError);
      refuses(() => {
        for (let i = 0; i < 1e6; i++) limited.set(keyKinds[pair.key].wrap(1e7 + i), 1);
      }, CapacityError);
    }
  }
});

test('iterators of the source go on', () => {
  const map = make('u64', 'u32');
  map.putAll(distinctKeys(3000, 1, BigUint64Array), 1);
  const seen = new Set();
  for (const [key] of map) {
    seen.add(key);
    if (seen.size % 1000 === 500) map.snapshot();
  }
  assert.is(seen.size, 3000);
});

test('random programs, with a snapshot every now and then', () => {
  const random = new Random(99);
  for (const { key, value } of pairs.filter((_, i) => i % 4 === 1)) {
    let map = make(key, value, { maxLoad: 1 + random.below(8) });
    const model = new HashMap({ key, value, seed: 3 });
    const all = distinctKeys(600, 4, keyKinds[key].Column);
    for (let step = 0; step < budget(40, { debug: 20, badHash: 10 }); step++) {
      const from = random.below(500);
      const keys = all.subarray(from, from + random.below(100));
      if (random.below(3) === 0) assert.is(map.deleteAll(keys), model.deleteAll(keys));
      else {
        const values = drawValues(value, keys.length, random);
        assert.is(map.putAll(keys, values), model.putAll(keys, values));
      }
      if (random.below(4) === 0) map = restored(map.snapshot());
    }
    sameEntries(map, model);
    model.dispose();
  }
});

test.run();
