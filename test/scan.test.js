/** `scan` of a map or set that nobody writes to: what it gives, how much, and where it goes on. */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { isSame, KeyMap } from './support/byte-domains.js';
import { classOf, refuses, same } from './support/check.js';
import { allPairs, drawValues, keyKinds, numericKeys } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';
import { HashSet } from './support/tophash.js';

const test = behaviour('scan');
const sizes = [0, 1, 9, 420, 1300, budget(6000, { debug: 1700 })];
const limits = [undefined, 1, 10, 100, 700, 5000];
const MOST_BEYOND = 512;

/** All calls of a scan. */
function* scanOf(map, limit) {
  let cursor = 0;
  do {
    const part = map.scan(cursor, limit);
    yield part;
    assert.ok(Number.isSafeInteger(part.cursor) && part.cursor >= 0, `${part.cursor} is no cursor`);
    cursor = part.cursor;
  } while (cursor !== 0);
}

for (const { key, value } of allPairs) {
  test(`${key} -> ${value}: every entry once, as columns of the classes that columns() gives`, () => {
    const random = new Random(1);
    for (const rows of sizes) {
      const keys = distinctKeys(rows, rows, keyKinds[key].Column);
      const values = drawValues(value, rows, random);
      const map = make(key, value);
      map.putAll(keys, values);
      const model = new KeyMap(Array.from(keys, (one, row) => [one, values[row]]));
      const whole = map.columns();
      const left = new KeyMap(model);
      for (const part of scanOf(map, rows > 1000 ? 300 : 7)) {
        assert.equal(Object.keys(part).sort(), ['cursor', 'keys', 'values']);
        assert.is(classOf(part.keys), classOf(whole.keys));
        assert.is(part.values.constructor, whole.values.constructor);
        assert.is(part.values.length, part.keys.length);
        part.keys.forEach((one, row) => {
          assert.ok(left.delete(one), `${one} came twice, or is no key`);
          assert.ok(isSame(part.values[row], model.get(one)));
        });
      }
      assert.is(left.size, 0);
    }
  });
}

for (const key of Object.keys(keyKinds)) {
  test(`${key}: of a set, every key once`, () => {
    for (const rows of sizes) {
      const keys = distinctKeys(rows, rows, keyKinds[key].Column);
      const set = tracked(HashSet.fromColumn(keys, { key, seed: 3 }));
      const found = [];
      for (const part of scanOf(set, 200)) {
        assert.equal(Object.keys(part).sort(), ['cursor', 'keys']);
        assert.is(classOf(part.keys), classOf(set.column()));
        for (const one of part.keys) found.push(one);
      }
      same(keyKinds[key].Column.from(found).sort(), keys.toSorted(), 'keys');
    }
  });
}

test.layout('a call gives at least as many rows as the limit, and at most 512 more; the last one what is left', () => {
  for (const key of [...numericKeys, 'string', 'bytes']) {
    for (const rows of sizes) {
      const map = make(key, 'u32', { seed: 9 });
      map.putAll(distinctKeys(rows, 2, keyKinds[key].Column), 1);
      for (const limit of limits) {
        if (limit === 1 && rows > 1300) continue;
        for (const { keys, cursor } of scanOf(map, limit)) {
          const least = limit ?? 512;
          if (cursor !== 0) assert.ok(keys.length >= least, `${keys.length} rows, limit ${limit}`);
          assert.ok(keys.length <= (limit ?? 1024) + MOST_BEYOND, `${keys.length} rows, limit ${limit}`);
        }
      }
    }
  }
});

test('another limit at each call', () => {
  const random = new Random(7);
  const keys = distinctKeys(5000, 5);
  const map = make('u32', 'u32');
  map.putAll(keys, 1);
  for (let round = 0; round < 20; round++) {
    const found = [];
    let cursor = 0;
    do {
      const part = map.scan(cursor, random.pick(limits));
      found.push(...part.keys);
      cursor = part.cursor;
    } while (cursor !== 0);
    same(Uint32Array.from(found).sort(), keys.toSorted(), 'keys');
  }
});

test('a cursor gives the same rows each time, and may be kept as text', () => {
  const map = make('u64', 'f64');
  map.putAll(distinctKeys(4000, 1, BigUint64Array), 0.5);
  for (const { cursor } of scanOf(map, 150)) {
    const url = new URL(`https://localhost/rows?cursor=${cursor}`);
    const [first, second] = [map.scan(cursor, 40), map.scan(Number(url.searchParams.get('cursor')), 40)];
    assert.equal(first, second);
  }
});

test("what comes is the caller's", () => {
  const map = make('u32', 'any');
  map.putAll(distinctKeys(1000, 1), 'value');
  const first = map.scan(0);
  const copy = { keys: first.keys.slice(), values: first.values.slice() };
  map.putAll(first.keys, 'another');
  map.scan(0);
  same(first.keys, copy.keys, 'keys');
  same(first.values, copy.values, 'values');
  first.keys.fill(1);
  first.values.fill('mine');
  assert.is(map.get(copy.keys[0]), 'another');
});

test('cursors and limits that are none are refused', () => {
  for (const map of [
    make('u32', 'u32'),
    make('string', 'any').set('a', 1),
    tracked(new HashSet({ key: 'u32' })).add(1),
  ]) {
    for (const wrong of [undefined, null, '0', 0n, {}, [0]]) {
      refuses(() => map.scan(wrong), TypeError, `cursor ${String(wrong)}`);
      if (wrong !== undefined) refuses(() => map.scan(0, wrong), TypeError, `limit ${String(wrong)}`);
    }
    for (const wrong of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
      refuses(() => map.scan(wrong), RangeError, `cursor ${wrong}`);
      refuses(() => map.scan(0, wrong), RangeError, `limit ${wrong}`);
    }
    refuses(() => map.scan(0, 0), RangeError, 'limit 0');
  }
});

test('any other number is a cursor as well: it gives entries, and the scan ends', () => {
  const random = new Random(3);
  for (const rows of [0, 1, 800, 4000]) {
    const map = make('u32', 'u32');
    map.putAll(distinctKeys(rows, 1), 1);
    const strange = [1, 2 ** 48 - 1, 2 ** 48, 31 * 2 ** 48, 2 ** 53 - 1];
    for (let i = 0; i < 40; i++) strange.push(random.below(2 ** 21) * 2 ** 32 + random.u32());
    for (const first of strange) {
      let cursor = first;
      const seen = new Set();
      for (let calls = 0; calls === 0 || cursor !== 0; calls++) {
        assert.ok(calls <= rows / 500 + 2, `no end after ${first}`);
        const { keys, cursor: next } = map.scan(cursor, 500);
        for (const key of keys) {
          assert.ok(map.has(key) && !seen.has(key));
          seen.add(key);
        }
        cursor = next;
      }
    }
  }
});

test('after dispose it throws', () => {
  const map = make('u32', 'u32').set(1, 1);
  map.dispose();
  refuses(() => map.scan(0), Error, 'disposed');
});

test.run();
