/**
 * The key whose hash is 0 does not live in the table proper; iteration must not tell. Nor must those at the other ends.
 */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { isSame, KeySet } from './support/byte-domains.js';
import { same } from './support/check.js';
import { forms, Twin } from './support/iteration.js';
import { pairsWithHash, keyKinds } from './support/kinds.js';
import { distinctKeys } from './support/random.js';

const test = behaviour('iteration-zero-hash');
const seeds = [0, 1, 0xc0ffee];
const sizes = [0, 1, 7, 60, 420, 1250, 2000];
const hashes = [0, 1, 2, 2 ** 25, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1];

const keyOf = (hash, key, seed) => keyKinds[key].withHash(hash, seed);

/** A twin of `rows` keys, and the one with the hash 0. */
function withZero(rows, { key = 'u32', value = 'u32', seed = 1 } = {}) {
  const zero = keyOf(0, key, seed);
  const keys = distinctKeys(rows, rows, keyKinds[key].Column).filter((k) => !isSame(k, zero));
  return { zero, keys, twin: new Twin(key, value, { seed }).putAll(keys).set(zero) };
}

test('is produced once, with every kind and size', () => {
  for (const seed of seeds) {
    for (const kinds of pairsWithHash) {
      for (const rows of sizes) {
        const { zero, twin } = withZero(rows, { ...kinds, seed });
        for (const form of forms) assert.ok(new KeySet(twin.each(form)).has(zero));
      }
    }
  }
});

test('deleted before its turn, in its turn and after it', () => {
  for (const kinds of pairsWithHash) {
    for (const rows of sizes) {
      const before = withZero(rows, kinds);
      const walk = before.twin.walk();
      before.twin.delete(before.zero);
      assert.is(new KeySet(walk.rest()).has(before.zero), false);

      const during = withZero(rows, kinds);
      const produced = during.twin.each('entries', (key) => isSame(key, during.zero) && during.twin.delete(key));
      assert.is(produced.length, rows + 1);
      assert.is(new KeySet(during.twin.each('keys')).has(during.zero), false);

      const all = withZero(rows, kinds);
      all.twin.each('forEach', (key) => all.twin.delete(key));
      assert.equal(all.twin.each('entries'), []);
    }
  }
});

test('deleted by another entry, if that comes first', () => {
  for (const rows of sizes.slice(1)) {
    const { zero, twin } = withZero(rows);
    const [first] = twin.each('keys');
    const produced = twin.each('entries', (key) => {
      if (key === first && key !== zero) twin.delete(zero);
    });
    assert.is(produced.includes(zero), first === zero);
    assert.is(produced.length, first === zero ? rows + 1 : rows);
  }
});

test('inserted, overwritten, deleted and inserted again at every step', () => {
  for (const kinds of pairsWithHash) {
    for (const rows of [1, 60, 1250]) {
      const { zero, twin } = withZero(rows, kinds);
      twin.each('entries', (_, walk) => {
        if (walk.steps % 3 === 0) twin.delete(zero);
        else twin.set(zero);
      });
      twin.agrees();
    }
  }
});

test('alone, and when the map was cleared', () => {
  for (const kinds of pairsWithHash) {
    const { zero, twin } = withZero(500, kinds);
    const walk = twin.walk();
    walk.next();
    twin.clear();
    assert.is(walk.next(), undefined);
    twin.set(zero);
    for (const form of forms) assert.equal(twin.each(form), [zero]);
    const { keys, values } = twin.map.columns();
    same(keys, keyKinds[kinds.key].Column.of(zero));
    assert.is(values.length, 1);
    assert.ok(Object.is(values[0], twin.map.get(zero)));
    twin.delete(zero);
    assert.is(twin.map.columns().keys.length, 0);
  }
});

test('comes through growth while it is waiting', () => {
  for (const seed of seeds) {
    for (const rows of [1, 50, 410, 1245, 1700]) {
      const { twin } = withZero(rows, { seed });
      const others = distinctKeys(3000, 3);
      let next = 0;
      twin.each('entries', () => {
        if (next < others.length) twin.putAll(others.subarray(next, (next += 100)));
      });
      twin.agrees();
    }
  }
});

test('the hashes at the ends, alone and among others', () => {
  for (const seed of seeds) {
    for (const kinds of pairsWithHash) {
      const keys = keyKinds[kinds.key].Column.from(hashes, (hash) => keyOf(hash, kinds.key, seed));
      const special = new KeySet(keys);
      for (const rows of [0, 100, 1300]) {
        const twin = new Twin(kinds.key, kinds.value, { seed }).putAll(keys);
        twin.putAll(distinctKeys(rows, 9, keyKinds[kinds.key].Column));
        twin.agrees();
        for (const form of forms) {
          twin.each(form, (key) => {
            if (special.has(key)) twin.delete(key);
          });
          for (const key of keys) assert.is(twin.map.has(key), false);
          twin.putAll(keys);
        }
      }
    }
  }
});

test('columns, and a map made of them', () => {
  for (const rows of sizes) {
    const { zero, twin } = withZero(rows, { value: 'f64', seed: 3 });
    const { keys, values } = twin.map.columns();
    assert.is(keys.length, rows + 1);
    assert.ok(Object.is(values[keys.indexOf(zero)], twin.map.get(zero)));
    const copy = new Twin('u32', 'f64', { seed: 3 });
    assert.is(copy.map.putAll(twin.map), rows + 1);
    assert.is(copy.map.columns().keys.length, keys.length);
    same(copy.map.getAll(keys).values, values);
  }
});

test.run();
