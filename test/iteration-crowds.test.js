/** Keys made to crowd one place of the table, iterated while they come and go. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { same } from './support/check.js';
import { forms, Twin } from './support/iteration.js';
import { keyKinds } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';
import { CapacityError, checked } from './support/tophash.js';

const test = behaviour('iteration-crowds');
const seed = 0xc0ffee;
const sizes = checked ? [9, 65, 400] : [9, 65, 520, 1500];

/** How the bits that vary are placed: the others of all hashes are equal. */
const crowds = {
  'equal low bits': (i) => i * 2 ** 17 + 12345,
  'equal high bits': (i) => 2 ** 31 + i,
  'equal low and high bits': (i) => 2 ** 29 + (i % 2048) * 2 ** 17 + (i >> 11) * 8 + 3,
  'neighbours in the middle': (i) => i * 2 ** 10,
};

const crowd = (hashAt, rows, key = 'u32') => {
  const { Column, withHash } = keyKinds[key];
  return Column.from({ length: rows }, (_, i) => withHash(hashAt(i), seed));
};

/** The same of 8-byte keys, and hashes with one word in common. */
const wideCrowds = {
  ...crowds,
  'equal low words': (i) => (BigInt(i) << 32n) | 12345n,
  'equal high words': (i) => (12345n << 32n) | BigInt(i),
};

for (const [name, hashAt] of Object.entries(wideCrowds)) {
  test(`${name}, keys of 8 bytes: all are produced, whatever the body does`, () => {
    for (const rows of sizes) {
      for (const [key, value] of [
        ['u64', 'u32'],
        ['i64', 'f64'],
      ]) {
        const keys = crowd(hashAt, rows, key);
        const random = new Random(rows);
        const twin = new Twin(key, value, { seed }).putAll(keys);
        for (const form of forms) assert.is(twin.each(form).length, rows);
        twin.putAll(distinctKeys(rows, 1, keys.constructor));
        twin.each('entries', (current) => {
          twin.delete(random.below(2) === 0 ? current : random.pick(keys));
          twin.set(random.pick(keys));
        });
        twin.agrees();
      }
    }
  });
}

for (const [name, hashAt] of Object.entries(crowds)) {
  test(`${name}: all are produced`, () => {
    for (const rows of sizes) {
      const keys = crowd(hashAt, rows);
      const twin = new Twin('u32', 'u32', { seed }).putAll(keys);
      for (const form of forms) assert.is(twin.each(form).length, rows);
      twin.putAll(distinctKeys(3000, 1));
      for (const form of forms) assert.is(twin.each(form).length, twin.model.size);
      const back = new Twin('u32', 'u32', { seed });
      for (const key of keys.toReversed()) back.set(key);
      for (const form of forms) assert.is(back.each(form).length, rows, 'by single writes');
    }
  });

  test(`${name}: deleted, inserted and overwritten in the body`, () => {
    for (const rows of sizes) {
      const keys = crowd(hashAt, rows);
      const random = new Random(rows);
      for (const value of ['u32', 'f64', 'any']) {
        const twin = new Twin('u32', value, { seed }).putAll(keys);
        twin.each('entries', (key) => {
          twin.delete(random.below(2) === 0 ? key : random.pick(keys));
          twin.set(random.pick(keys));
        });
        twin.agrees();
      }
    }
  });

  test(`${name}: the table grows, by others, in the body`, () => {
    for (const rows of sizes) {
      const others = distinctKeys(checked ? 2000 : 6000, 2);
      const twin = new Twin('u32', 'u32', { seed }).putAll(crowd(hashAt, rows));
      const portion = Math.ceil(others.length / rows);
      let next = 0;
      twin.each('entries', () => {
        if (next < others.length) twin.putAll(others.subarray(next, (next += portion)));
      });
      twin.agrees();
    }
  });

  test(`${name}: the crowd comes in the body`, () => {
    for (const rows of sizes) {
      const keys = crowd(hashAt, rows);
      const twin = new Twin('u32', 'u32', { seed }).putAll(distinctKeys(400, 3));
      let next = 0;
      twin.each('keys', () => {
        if (next < rows) twin.putAll(keys.subarray(next, (next += Math.ceil(rows / 300))));
      });
      twin.each('values', (key) => void twin.delete(key));
      assert.is(twin.map.size, 0);
    }
  });

  test(`${name}: cleared in the body, and back again`, () => {
    for (const rows of sizes) {
      const keys = crowd(hashAt, rows);
      const twin = new Twin('u32', 'u32', { seed }).putAll(keys);
      const produced = twin.each('entries', (_, walk) => {
        if (walk.steps % Math.ceil(rows / 5) !== 0) return;
        twin.clear();
        twin.putAll(keys);
      });
      same(Uint32Array.from(produced).sort(), keys.toSorted());
    }
  });
}

test('a crowd of 20,000, or as many as fit, is iterated under mutation', () => {
  const most = checked ? 3000 : 20000;
  for (const [name, hashAt] of Object.entries(crowds)) {
    const all = crowd(hashAt, most);
    const map = make('u32', 'u32', { seed });
    try {
      map.putAll(all, Uint32Array.from(all.keys()));
    } catch (error) {
      assert.instance(error, CapacityError);
    }
    const { size } = map;
    assert.ok(size > 1500, `${name}: ${size} fitted`);
    const seen = new Uint8Array(most);
    let steps = 0;
    for (const [key, row] of map) {
      assert.is(key, all[row]);
      assert.is(seen[row]++, 0, `${name}: row ${row} came twice`);
      if (++steps % 3 === 0) map.delete(key);
      if (steps % 3 === 1) map.set(key, row);
    }
    assert.is(steps, size);
    assert.is(map.size, size - Math.floor(size / 3));
    assert.is(map.columns().keys.length, map.size);
    let left = 0;
    for (const key of map.keys()) {
      assert.ok(map.delete(key));
      left++;
    }
    assert.is(left, size - Math.floor(size / 3));
    assert.is(map.size, 0);
  }
});

test('a step that is full to its last row, with the key whose hash is 0', () => {
  const rows = 2560; // of a step, see assembly/table/walk.ts
  for (let more = -2; more <= 2; more++) {
    const keys = crowd((i) => i * 2 ** 16, rows + more); // one group, and 0 the first of its hashes
    for (const value of ['i32', 'u64']) {
      const twin = new Twin('u32', value, { seed }).putAll(keys);
      for (const form of forms) assert.is(twin.each(form).length, rows + more, `${rows + more} rows, ${form}`);
      assert.is(twin.map.hasAll(keys).indexOf(0), -1);
    }
  }
});

test.run();
