/** What maps of byte keys take: pools, memories of their own, limits. */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agreesWith, byteColumn, byteKinds, fewer, keyOf, keysOf, randomText } from './support/byte-keys.js';
import { refuses, same } from './support/check.js';
import { Random } from './support/random.js';
import { build, CapacityError, HashMap } from './support/tophash.js';

const test = behaviour('bytes-memory');
const measuredLayout = test.measured === test ? test.layout : test.skip;
const WASM_PAGE = 65536;
const texts = (count, from = 0, length = 100) =>
  Array.from({ length: count }, (_, i) => `${from + i}`.padEnd(length, '.'));

test.layout('many live maps of ten strings', () => {
  const count = budget(10_000, { debug: 1000, high: 3000, full: 10_000 });
  const keys = Array.from({ length: 10 }, (_, i) => `the key number ${i}`);
  const maps = Array.from({ length: count }, (_, i) => {
    const map = make(byteKinds[i % 2], 'u32');
    const own = keysOf(byteKinds[i % 2], keys);
    if (i % 3 === 0) map.putAll(own, i);
    else for (const key of own) map.set(key, i);
    return map;
  });
  maps.forEach((map, i) => {
    const own = keysOf(byteKinds[i % 2], keys);
    assert.is(map.size, 10);
    same(map.getAll(own).values, new Uint32Array(10).fill(i));
    assert.is(map.get(own[9]), i);
    const { bytes } = map.stats();
    assert.ok(bytes > 0 && bytes <= 1536, `${bytes} bytes for ten entries`);
  });
  maps.forEach((map, i) => {
    if (i % 2 === 0) map.delete(keys[0]);
    else map.clear();
  });
  maps.forEach((map, i) => void assert.is(map.size, i % 2 === 0 ? 9 : 0));
});

/** Each memory of the high build begins with 2 GiB that nobody uses. */
const ownBytes = (bytes) => (build === 'high' ? bytes % 2 ** 31 : bytes);

measuredLayout('small maps that grow in turns share pools', () => {
  const count = budget(3000, { debug: 600 });
  const { external } = process.memoryUsage();
  const maps = Array.from({ length: count }, () => make('string', 'u32'));
  for (let round = 0; round < 12; round++) for (const map of maps) map.set(`the key number ${round}`, round);
  let bytes = 0;
  for (const map of maps) {
    assert.is(map.size, 12);
    for (let round = 0; round < 12; round++) assert.is(map.get(`the key number ${round}`), round);
    bytes += map.stats().bytes;
  }
  const taken = ownBytes(process.memoryUsage().external - external);
  assert.ok(taken < 8 * bytes + 2 ** 25, `${taken} bytes taken for maps that hold ${bytes}`);
});

measuredLayout('dispose gives the blocks back to the pool', () => {
  const rounds = budget(300, { debug: 30 });
  const { external } = process.memoryUsage();
  const keys = texts(300, 0, 60);
  for (let round = 0; round < rounds; round++) {
    const maps = Array.from({ length: 10 }, () => new HashMap({ key: 'string', value: 'f64', seed: round }));
    for (const map of maps) {
      assert.is(map.putAll(keys, round), 300);
      assert.is(map.size, 300);
    }
    for (const map of maps) {
      assert.is(map.getAll(keys).hits, 300);
      map.dispose();
    }
  }
  const taken = ownBytes(process.memoryUsage().external - external);
  assert.ok(taken < 2 ** 24, `${taken} bytes more than before ${rounds} rounds`);
});

test('a block that was given back holds nothing of its map', () => {
  for (let round = 0; round < 50; round++) {
    const map = new HashMap({ key: 'string', value: 'u32', seed: 1 });
    map.putAll(texts(200, round), 1);
    map.dispose();
    const other = make('string', 'u32', { seed: 1 });
    other.set('only', 1);
    assert.is(other.size, 1);
    same(other.hasAll(texts(200, round)), new Uint8Array(200));
    assert.equal([...other], [['only', 1]]);
  }
});

for (const kind of byteKinds) {
  test(`${kind}: maps that outgrow the pool, by entries and by bytes`, () => {
    const inputs = {
      'by entries': texts(fewer(budget(3000, { debug: 1500 }), 150), 0, 4),
      'by bytes': texts(fewer(500, 250), 0, 300),
      'by one record': [...texts(20), 'x'.repeat(8300), ...texts(50, 20)],
      'by the largest records of a pool': texts(20, 0, 8100),
    };
    for (const [how, all] of Object.entries(inputs)) {
      for (const step of [1, 7, all.length]) {
        const map = make(kind, 'u32');
        const model = new Map();
        for (let row = 0; row < all.length; row += step) {
          const some = all.slice(row, row + step);
          if (step === 1) map.set(keyOf(kind, some[0]), row);
          else assert.is(map.putAll(keysOf(kind, some), row), some.length, how);
          for (const text of some) model.set(text, row);
        }
        agreesWith(map, kind, model);
        assert.is(map.deleteAll(keysOf(kind, all.slice(1))), all.length - 1);
        agreesWith(map, kind, new Map([[all[0], 0]]), all);
        map.dispose();
      }
    }
  });
}

test('an iterator goes on while its map leaves the pool', () => {
  const map = make('string', 'u32');
  const first = texts(100);
  map.putAll(first, 1);
  const produced = [];
  for (const key of map.keys()) {
    produced.push(key);
    if (produced.length <= 20) map.set(`${produced.length}`.padEnd(8000, '+'), 2);
  }
  const counted = new Map();
  for (const key of produced) counted.set(key, (counted.get(key) ?? 0) + 1);
  for (const key of first) assert.is(counted.get(key), 1);
  assert.is(new Set(produced).size, produced.length);
  assert.is(map.size, 120);
});

test.layout('reserve and capacity make room for entries: the table does not grow on the way', () => {
  for (const entries of [10, 300, 1200, budget(20_000, { debug: 2500 })]) {
    const reserved = make('string', 'u32');
    reserved.reserve(entries);
    for (const map of [reserved, make('string', 'u32', { capacity: entries })]) {
      map.set('first', 0);
      const { buckets, forecast } = map.stats();
      assert.ok(forecast.nextGrowthAt >= entries, `${forecast.nextGrowthAt} of ${entries}`);
      for (let i = 1; i < entries; i++) map.set(`key ${i}`, i);
      assert.is(map.size, entries);
      assert.is(map.stats().buckets, buckets);
    }
  }
  const map = make('string', 'u32').set('a', 1);
  map.reserve(5000);
  assert.is(map.get('a'), 1);
  map.reserve(3);
  assert.equal([...map], [['a', 1]]);
  refuses(() => make('string', 'u32', { maxBytes: 2 ** 20 }).reserve(1e6), CapacityError);
});

/** A map filled one by one, or by batches, until it is full, with its model. */
function full(kind, maxBytes, { length = [0, 100], rows = 1 } = {}) {
  const random = new Random(maxBytes);
  const map = make(kind, 'u32', { maxBytes, seed: 1 });
  const model = new Map();
  for (let i = 0; i < 1e6; i += rows) {
    const batch = Array.from(
      { length: rows },
      (_, j) => `${i + j} ${randomText(random, random.below(length[1]) + length[0])}`,
    );
    try {
      if (rows === 1) map.set(keyOf(kind, batch[0]), i);
      else assert.is(map.putAll(keysOf(kind, batch), i), rows);
      for (const text of batch) model.set(text, i);
    } catch (error) {
      assert.instance(error, CapacityError, error.stack);
      for (const text of batch.slice(0, error.rows)) model.set(text, i);
      return { map, model, refused: batch[error.rows], random };
    }
    if (map.stats().bytes > maxBytes) assert.unreachable(`${map.stats().bytes} bytes, maxBytes is ${maxBytes}`);
  }
  return assert.unreachable('never full');
}

/** Puts a column; returns how many rows were applied. */
function rowsThatFit(map, keys) {
  try {
    return map.putAll(keys, 1);
  } catch (error) {
    assert.instance(error, CapacityError, error.stack);
    return error.rows;
  }
}

const limits = [0, 1, 500, 4096, 20_000, 65_536, 200_000, 300_000, 400_000, 700_000, 2_000_000].slice(
  0,
  build === 'release' ? 11 : 9,
);

for (const kind of byteKinds) {
  for (const rows of [1, 50, 3000]) {
    test.layout(`${kind}: a full map has the first rows and serves, filled by ${rows}`, () => {
      for (const maxBytes of limits) {
        const { map, model, refused } = full(kind, maxBytes, { rows });
        assert.ok(map.stats().bytes <= maxBytes);
        agreesWith(map, kind, model, [refused]);
        for (let i = 0; i < 2; i++) {
          assert.is(refuses(() => map.set(keyOf(kind, refused), 1), CapacityError).rows, 0);
          assert.is(refuses(() => map.getOrInsert(keyOf(kind, refused), 1), CapacityError).rows, 0);
          assert.is(refuses(() => map.putAll(byteColumn([refused]), 1), CapacityError).rows, 0);
        }
        const held = [...model.keys()];
        assert.is(map.putAll(keysOf(kind, held), 7), 0, 'overwrites');
        for (const text of held) model.set(text, 7);
        const refusedWithin = [...held.slice(0, 5), refused];
        if (held.length >= 5) {
          assert.is(refuses(() => map.putAll(keysOf(kind, refusedWithin), 8), CapacityError).rows, 5);
          for (const text of held.slice(0, 5)) model.set(text, 8);
        }
        agreesWith(map, kind, model, [refused]);
        assert.ok(map.stats().bytes <= maxBytes);
        map.clear();
        assert.ok(rowsThatFit(map, keysOf(kind, held)) >= 0.8 * held.length, 'after clear');
        map.dispose();
      }
    });
  }
}

test.layout('after deletes inserts fit again: of the oldest, the youngest, every other, and any', () => {
  const picks = {
    oldest: (n) => (i) => i < n / 2,
    youngest: (n) => (i) => i >= n / 2,
    'the last few': (n) => (i) => i >= n - 60,
    'every other': () => (i) => i % 2 === 0,
    any: () => (i) => (i * 7919) % 13 < 5,
    all: () => () => true,
  };
  for (const maxBytes of limits.slice(3)) {
    for (const [which, pick] of Object.entries(picks)) {
      const map = make('string', 'u32', { maxBytes, seed: 1 });
      const fill = (from) => {
        let i = from;
        try {
          for (; ; i++) map.set(`${i}`.padEnd(100, '.'), i);
        } catch (error) {
          assert.instance(error, CapacityError, error.stack);
          return i - from;
        }
      };
      const count = fill(0);
      const isGone = pick(count);
      const model = new Map();
      let gone = 0;
      for (let i = 0; i < count; i++) {
        const text = `${i}`.padEnd(100, '.');
        if (!isGone(i)) model.set(text, i);
        else gone += Number(map.delete(text));
      }
      agreesWith(map, 'string', model);
      const added = fill(1e6);
      for (let i = 0; i < added; i++) model.set(`${1e6 + i}`.padEnd(100, '.'), 1e6 + i);
      agreesWith(map, 'string', model);
      assert.ok(added >= 0.8 * gone, `${which}: ${added} fit for ${gone} that went, of ${count} in ${maxBytes} bytes`);
      assert.ok(map.stats().bytes <= maxBytes);
      map.dispose();
    }
  }
});

test.layout('a map fills most of what it may take', () => {
  for (const maxBytes of [2 ** 20, 2 ** 22]) {
    const { map, model } = full('string', maxBytes, { length: [50, 51] });
    const used = [...model.keys()].reduce((sum, { length }) => sum + length, 0);
    assert.ok(used > 0.55 * maxBytes, `${used} bytes of keys in ${maxBytes}, ${map.stats().bytes} taken`);
  }
});

test.layout('maxBytes that ends on a page of the memory is used to its end', () => {
  for (const pages of [6, 9]) {
    const most = [0, 1, WASM_PAGE - 1].map((more) => full('string', pages * WASM_PAGE + more).map.stats().bytes);
    assert.equal(most, [pages * WASM_PAGE, pages * WASM_PAGE, pages * WASM_PAGE]);
  }
});

test('stats of maps and sets of byte keys', () => {
  const map = make('string', 'u32', { maxBytes: 2 ** 20 }).set('a', 1);
  const { size, bytes, bytesPerEntry, forecast } = map.stats();
  assert.is(size, 1);
  assert.is(bytesPerEntry, bytes);
  assert.ok(Number.isInteger(forecast.entriesLeft) && forecast.entriesLeft > 0);
});

test.layout('more than a thousand segments: marks and directory move', () => {
  const count = budget(40, { debug: 0, full: 700, whole: true });
  // Quick: long keys that nearly fill the 64 MiB, then short ones across the seam; full: many of 120 KB.
  const length = count >= 700 ? 120_000 : 1_700_000;
  const map = make('string', 'u32');
  const model = new Map();
  const longs = Array.from({ length: count }, (_, i) => `${i}`.padEnd(length, '-'));
  longs.forEach((text, i) => {
    map.set(text, i);
    model.set(text, i);
  });
  for (const text of texts(count === 0 ? 10 : 20_000)) {
    map.set(text, 1);
    model.set(text, 1);
  }
  if (count > 0) assert.ok(map.stats().bytes > 1024 * WASM_PAGE, `${map.stats().bytes} bytes`);
  agreesWith(map, 'string', model);
  for (const [i, text] of longs.entries()) {
    if (i % 2 === 0) continue;
    assert.is(map.delete(text), true);
    model.delete(text);
  }
  const { bytes } = map.stats();
  for (const text of texts(20_000, 1e6)) {
    map.set(text, 2);
    model.set(text, 2);
  }
  agreesWith(map, 'string', model, longs);
  if (count > 0) assert.is(map.stats().bytes, bytes, 'the segments of the long keys are used again');
  tracked(map).dispose();
});

test.run();
