/** Keys made to crowd one place of the table: with a known seed, `unhash` tells which they are. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { agrees, refuses, same } from './support/check.js';
import { unhash } from './support/fmix32.js';
import { drawValues, keyKinds } from './support/kinds.js';
import { Model } from './support/model.js';
import { distinctKeys, Random } from './support/random.js';
import { build, CapacityError } from './support/tophash.js';

const test = behaviour('collisions');
const seed = 0xc0ffee;

/** How the bits that vary are placed: the others of all hashes are equal. */
const crowds = {
  'equal low bits': (i) => i * 2 ** 20 + 12345,
  'equal high bits': (i) => 2 ** 31 + i,
  'equal low and high bits': (i) => 2 ** 29 + i * 2 ** 17 + 3,
  'neighbours in the middle': (i) => i * 2 ** 10,
};

/** Those that keys of 8 bytes have besides, whose whole hash this is. */
const wideCrowds = {
  'equal low words': (i) => (BigInt(i) << 32n) | 12345n,
  'equal high words': (i) => (12345n << 32n) | BigInt(i),
};
const crowdsOf = (key) =>
  Object.entries(keyKinds[key].Column.BYTES_PER_ELEMENT === 8 ? { ...crowds, ...wideCrowds } : crowds);

const pairs = [
  ['u32', 'i32'],
  ['u32', 'u64'],
  ['i64', 'u32'],
  ['f64', 'f64'],
];

for (const [key, value] of pairs) {
  const { Column, withHash } = keyKinds[key];
  for (const [name, hashAt] of crowdsOf(key)) {
    test(`hashes with ${name}, ${key} -> ${value}`, () => {
      for (const rows of build === 'debug' ? [9, 65, 700] : [9, 65, 520, 1400]) {
        const random = new Random(rows);
        const keys = Column.from({ length: rows }, (_, i) => withHash(hashAt(i), seed));
        const others = distinctKeys(rows * 2, 1, Column);
        const map = make(key, value, { seed });
        const model = new Model(key, value);
        const step = (method, ...args) =>
          assert.is(map[method](...args), model[method](...args), `${method} of ${rows}`);

        step('putAll', keys.subarray(0, rows >> 1), drawValues(value, rows >> 1, random));
        agrees(map, model, keys);
        step('putAll', others, drawValues(value, others.length, random));
        agrees(map, model, keys);
        step('putAll', keys, drawValues(value, rows, random), 'max');
        agrees(map, model, keys);
        step(
          'deleteAll',
          keys.filter((_, i) => i % 2 === 1),
        );
        agrees(map, model, keys);
        for (const key of keys.filter((_, i) => i % 4 === 0)) step('delete', key);
        agrees(map, model, keys);
        step('putAll', keys, drawValues(value, rows, random));
        agrees(map, model, keys);
        step('deleteAll', others);
        agrees(map, model, others);
        step('deleteAll', keys);
        agrees(map, model, keys);
        step('putAll', keys.slice().reverse(), drawValues(value, rows, random));
        agrees(map, model, others);
        map.clear();
        assert.is(map.hasAll(keys).indexOf(1), -1);
      }
    });
  }
}

for (const [kind, name, hashAt] of ['u32', 'u64'].flatMap((kind) => crowdsOf(kind).map((crowd) => [kind, ...crowd]))) {
  test(`a crowd of thousands of ${kind}, hashes with ${name}`, () => {
    const { Column, withHash } = keyKinds[kind];
    const rows = build === 'debug' ? 2500 : 20000;
    const keys = new Set(Array.from({ length: rows }, (_, i) => withHash(hashAt(i), seed)));
    const column = Column.from(keys);
    const map = make(kind, 'u32', { seed });
    column.forEach((key, i) => map.set(key, i));
    assert.is(map.size, column.length);
    same(map.getAll(column).values, Uint32Array.from(column.keys()));
    const odd = column.filter((_, i) => i % 2 === 1);
    assert.is(map.deleteAll(odd), odd.length);
    same(
      map.hasAll(column),
      Uint8Array.from(column, (_, i) => (i % 2 === 0 ? 1 : 0)),
    );
    assert.is(map.putAll(column, 7, 'max'), odd.length);
    assert.is(map.deleteAll(column), column.length);
    assert.is(map.size, 0);
    assert.is(map.putAll(column, 9), column.length);
  });
}

test('a crowd that fills a limited map is refused, and the map stays whole', () => {
  for (const hashAt of Object.values(crowds)) {
    const keys = Uint32Array.from({ length: 4000 }, (_, i) => unhash(hashAt(i), seed));
    const map = make('u32', 'u32', { seed, maxBytes: 128 * 1024 });
    const { rows } = refuses(() => map.putAll(keys, 7), CapacityError);
    assert.ok(rows >= 700, `only ${rows} rows fitted`);
    assert.is(map.size, rows);
    assert.is(map.getAll(keys).hits, rows);
    assert.is(map.putAll(keys.subarray(0, rows), 8), 0);
    assert.is(map.deleteAll(keys), rows);
    assert.is(map.putAll(keys.subarray(0, 700), 9), 700);
  }
});

test('a crowd is moved in bounded steps', () => {
  const map = make('u32', 'u32', { seed });
  const rows = 900;
  for (let i = 0; i < rows; i++) map.set(unhash(i * 2 ** 20 + 12345, seed), i);
  for (const key of distinctKeys(rows * 3, 2)) map.set(key, 1);
  for (let i = 0; i < rows; i++) assert.is(map.get(unhash(i * 2 ** 20 + 12345, seed)), i);
  for (let i = 0; i < rows; i += 2) assert.is(map.delete(unhash(i * 2 ** 20 + 12345, seed)), true);
  // A step of growth moves at most three pages full, the split of a leaf of the spill three quarters of a page, each of
  // them through all of its buckets.
  const most = 1536 + 384 * 64;
  assert.ok(map.stats().maxMovedPerOp <= most, `${map.stats().maxMovedPerOp} entries moved by one operation`);
});

test.run();
