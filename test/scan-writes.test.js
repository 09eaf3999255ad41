/** `scan` of a map that is written to between its calls: what src/scan.ts promises, sentence by sentence. */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { hasBadHash } from './support/builds.js';
import { allPairs, drawValues, keyKinds } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';
import { build, HashMap } from './support/tophash.js';
import { DatedModel, Scan } from './support/walker.js';

const test = behaviour('scan-writes');
const rows = budget(2000, { debug: 1000, badHash: 400 });
const limits = [1, 30, 300, undefined];

/** A map, its model and the keys that both have. */
function filled(key, value, keys, random) {
  const map = make(key, value, { seed: 11 });
  const model = new DatedModel(key, value);
  const both = (act) => {
    act(map);
    act(model);
  };
  putAll({ map, model }, value, keys, random);
  return { map, model, both };
}

/** A putAll of one batch to both. */
function putAll({ map, model }, value, keys, random) {
  const values = drawValues(value, keys.length, random);
  map.putAll(keys, values);
  model.putAll(keys, values);
}

for (const { key, value } of allPairs) {
  test(`${key} -> ${value}: single writes, deletions and overwrites between calls`, () => {
    const random = new Random(1);
    const all = distinctKeys(2 * rows, 1, keyKinds[key].Column);
    const pair = filled(key, value, all.slice(0, rows), random);
    const { map, model } = pair;
    const scan = new Scan(model);
    while (!scan.done) {
      scan.call(map, 60);
      for (let i = 0; i < 40; i++) {
        const one = random.pick(all);
        if (random.below(2) === 0) model.delete(one) === map.delete(one) || assert.unreachable('delete');
        else putAll(pair, value, keyKinds[key].Column.of(one), random);
      }
    }
  });
}

test('growth, from a small table to a large one and from call to call', () => {
  for (const first of [5, 300, 1300]) {
    for (const limit of limits) {
      const random = new Random(first);
      const keys = distinctKeys(rows * 3, 2);
      const pair = filled('u32', 'u32', keys.subarray(0, first), random);
      const scan = new Scan(pair.model);
      for (let next = first; !scan.done;) {
        scan.call(pair.map, limit);
        const to = Math.min(next + 200, keys.length);
        putAll(pair, 'u32', keys.subarray(next, to), random);
        next = to;
      }
    }
  }
});

test('deletion of nearly all, and of all', () => {
  for (const stay of [0, 1, 40, rows >> 3]) {
    for (const limit of limits) {
      const keys = distinctKeys(rows, 3);
      const { map, model, both } = filled('u32', 'f64', keys, new Random(stay));
      const scan = new Scan(model);
      scan.call(map, limit);
      both((one) => one.deleteAll(keys.subarray(stay)));
      scan.drain(map, limit);
    }
  }
});

test('clear, and what is written afterwards', () => {
  for (const again of [0, 3, 500, rows]) {
    for (const limit of limits) {
      const keys = distinctKeys(rows, 4);
      const pair = filled('u32', 'u32', keys, new Random(again));
      const scans = [new Scan(pair.model), new Scan(pair.model)];
      scans[1].call(pair.map, limit);
      pair.both((one) => one.clear());
      if (again > 0) putAll(pair, 'u32', keys.subarray(0, again), new Random(2));
      const late = new Scan(pair.model);
      for (const scan of [...scans, late]) if (!scan.done) scan.drain(pair.map, limit);
    }
  }
});

test('the whole map moves to another one of the same seed, larger or smaller', () => {
  for (const options of [{}, { capacity: 40000 }, { maxLoad: 8 }, { maxLoad: 1 }]) {
    const { map, model } = filled('u32', 'u32', distinctKeys(rows, 5), new Random(5));
    const scan = new Scan(model);
    scan.call(map, 100);
    scan.call(map, 100);
    const moved = tracked(new HashMap({ key: 'u32', value: 'u32', seed: 11, ...options }));
    moved.putAll(map);
    map.dispose();
    scan.drain(moved, 100);
  }
});

test('many scans at once, each with a limit of its own', () => {
  const random = new Random(6);
  const keys = distinctKeys(rows * 2, 6);
  const pair = filled('u32', 'u32', keys.subarray(0, rows), random);
  let scans = Array.from({ length: 12 }, () => new Scan(pair.model));
  while (scans.length > 0) {
    random.pick(scans).call(pair.map, random.pick(limits));
    const one = Uint32Array.of(random.pick(keys));
    if (random.below(2) === 0) putAll(pair, 'u32', one, random);
    else pair.both((each) => each.delete(one[0]));
    scans = scans.filter((scan) => !scan.done);
  }
});

test('a value is that of the call that returns it', () => {
  const keys = distinctKeys(rows, 7);
  const { map, both } = filled('u32', 'u32', keys, new Random(7));
  let cursor = 0;
  let calls = 0;
  do {
    const part = map.scan(cursor, 50);
    cursor = part.cursor;
    if (calls > 0) part.values.forEach((value) => assert.is(value, calls));
    calls++;
    both((one) => one.putAll(keys, new Uint32Array(rows).fill(calls)));
  } while (cursor !== 0);
});

test('a key that is deleted and comes back is not returned a second time', () => {
  const keys = distinctKeys(rows, 8);
  const map = make('u32', 'u32');
  map.putAll(keys, 1);
  const times = new Map(Array.from(keys, (key) => [key, 0]));
  let cursor = 0;
  do {
    const part = map.scan(cursor, 50);
    cursor = part.cursor;
    for (const key of part.keys) times.set(key, times.get(key) + 1);
    map.deleteAll(keys);
    map.putAll(keys, 1);
  } while (cursor !== 0);
  for (const count of times.values()) assert.is(count, 1);
});

test('rows returned, over entries that were there throughout: never more than once each', () => {
  const random = new Random(9);
  const keys = distinctKeys(rows * 2, 9);
  const stay = new Set(keys.subarray(0, rows));
  const map = make('u32', 'u32');
  map.putAll(keys.subarray(0, rows), 1);
  let cursor = 0;
  let returned = 0;
  do {
    const part = map.scan(cursor, 100);
    cursor = part.cursor;
    for (const key of part.keys) returned += Number(stay.has(key));
    for (let i = 0; i < 100; i++) {
      const other = keys[rows + random.below(rows)];
      if (random.below(2) === 0) map.set(other, i);
      else map.delete(other);
    }
  } while (cursor !== 0);
  assert.is(returned, stay.size);
});

test('a scan ends, though each call is followed by more insertions than it gave rows', () => {
  const random = new Random(10);
  const map = make('u32', 'u32');
  map.putAll(distinctKeys(500, 10), 1);
  const most = hasBadHash(build) ? 20 : 200;
  let calls = 0;
  let cursor = 0;
  do {
    const part = map.scan(cursor, 50);
    cursor = part.cursor;
    if (++calls > 20_000) assert.unreachable('no end in sight');
    if (calls < most) for (let i = 0; i < 2 * part.keys.length; i++) map.set(random.u32(), 1);
  } while (cursor !== 0);
});

test.run();
