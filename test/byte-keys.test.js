/**
 * What keys of kind 'string' and 'bytes' have that others have not: forms of columns, long ones, equal hashes, bytes
 * that somebody else may write to.
 */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget, seed } from './support/budget.js';
import { byteColumn, ByteArrays, inSomeForm, isSame, KeySet, rowsOf, Texts, viewOf } from './support/byte-domains.js';
import { byteHash, unhashBytes } from './support/byte-hash.js';
import { agrees, refuses, same } from './support/check.js';
import { drawValues, keyColumn, keyKinds } from './support/kinds.js';
import { Model } from './support/model.js';
import { distinctKeys, Random } from './support/random.js';
import { hash, HashMap, HashSet } from './support/tophash.js';

const test = behaviour('byte-keys');
const kinds = ['string', 'bytes'];
const utf8 = (text) => new TextEncoder().encode(text);

for (const key of kinds) {
  test(`a batch of ${key} keys is the same in every form`, () => {
    const random = new Random(1);
    const plain = keyColumn(key, 2100, () => random.below(3000));
    const values = drawValues('f64', plain.length, random);
    const asked = keyColumn(key, 3000, (i) => i);
    for (let round = 0; round < 8; round++) {
      const map = make(key, 'f64');
      const model = new Model(key, 'f64');
      assert.is(map.putAll(inSomeForm(plain, random), values), model.putAll(plain, values));
      assert.is(map.putAll(inSomeForm(plain, random), values, 'add'), 0);
      model.putAll(plain, values, 'add');
      agrees(map, model);
      const expected = model.getAll(asked);
      const { values: got, found, hits } = map.getAll(inSomeForm(asked, random));
      same(got, expected.values);
      same(found, expected.found);
      assert.is(hits, expected.hits);
      same(map.hasAll(inSomeForm(asked, random)), expected.found);
      const copy = tracked(HashMap.fromColumns(inSomeForm(plain, random), values, { key, value: 'f64' }));
      assert.is(copy.putAll(map), 0);
      agrees(copy, model);
      const some = plain.subarray(0, 700);
      assert.is(map.deleteAll(inSomeForm(some, random)), model.deleteAll(some));
      agrees(map, model, some);
    }
  });

  test(`what comes out of a map of ${key} keys as a ByteColumn goes in again`, () => {
    for (const rows of [0, 1, 60, 1300, budget(5000, { debug: 1500, badHash: 1500 })]) {
      const map = make(key, 'u32');
      const keys = distinctKeys(rows, 3, keyKinds[key].Column);
      map.putAll(keys, Uint32Array.from(keys.keys()));
      const { keys: column, values } = map.columns({ strings: 'bytes' });
      assert.is(column.bytes.constructor, Uint8Array);
      assert.is(column.offsets.constructor, Int32Array);
      assert.is(column.offsets.length, rows + 1);
      assert.is(column.offsets[rows], column.bytes.length);
      same(rowsOf(column, key), keyKinds[key].Column.from(map.columns().keys));
      const copy = tracked(HashMap.fromColumns(column, values, { key, value: 'u32' }));
      same(copy.getAll(keys).values, Uint32Array.from(keys.keys()));
      assert.is(copy.size, rows);
    }
  });

  test(`long keys of kind ${key}: 70,000 bytes, a megabyte`, () => {
    const long = (length, end) =>
      key === 'string' ? 'x'.repeat(length) + end : Uint8Array.from(utf8('x'.repeat(length) + end));
    const lengths = [2000, 8000, 8180, 32_700, 65_500, 65_535, 65_536, 70_000, 2 ** 20];
    const keys = keyKinds[key].Column.from(
      lengths.flatMap((length) => ['a', 'b', 'ä'].map((end) => long(length, end))),
    );
    const short = distinctKeys(300, 5, keyKinds[key].Column);
    for (const [order, inBatch] of [
      [keys, true],
      [keys.slice().reverse(), false],
    ]) {
      const map = make(key, 'u32');
      const model = new Model(key, 'u32');
      const write = (column) => {
        const values = Uint32Array.from(column.keys());
        if (inBatch) assert.is(map.putAll(column, values), model.putAll(column, values));
        else column.forEach((one, row) => void (map.set(one, row), model.set(one, row)));
      };
      for (const one of order) assert.is(map.get(one), undefined, 'of an empty map');
      write(short);
      for (const one of order) assert.is(map.has(one), false);
      assert.is(map.hasAll(order).indexOf(1), -1);
      write(order);
      agrees(map, model, order);
      for (const [one, value] of model) assert.is(map.get(one), value);
      const given = new KeySet(map.keys());
      assert.ok([...model.keys()].every((one) => given.has(one)) && given.size === model.size);
      same(rowsOf(map.columns({ strings: 'bytes' }).keys, key), keyKinds[key].Column.from(map.columns().keys));
      const half = order.filter((_, row) => row % 2 === 0);
      if (inBatch) assert.is(map.deleteAll(half), half.length);
      else for (const one of half) assert.is(map.delete(one), true);
      model.deleteAll(half);
      agrees(map, model, half);
      write(half);
      agrees(map, model);
      const copy = make(key, 'u32');
      assert.is(copy.putAll(map), model.size);
      agrees(copy, model);
      map.clear();
      assert.is(map.hasAll(order).indexOf(1), -1);
      map.dispose();
      copy.dispose();
    }
  });

  test(`churn of ${key} keys of every length keeps what is there, and little more`, () => {
    const random = new Random(2);
    const map = make(key, 'f64');
    const model = new Model(key, 'f64');
    const draw = () => {
      const length = random.below(random.pick([10, 200, 200, 3000]));
      const text = String.fromCharCode(97 + random.below(3)).repeat(length) + random.below(4000);
      return key === 'string' ? text : utf8(text);
    };
    for (let round = budget(40, { debug: 6, badHash: 4 }); round > 0; round--) {
      const keys = keyKinds[key].Column.from({ length: 300 }, draw);
      assert.is(map.putAll(inSomeForm(keys, random), round), model.putAll(keys, round));
      for (const one of [...model.keys()].filter(() => random.below(4) === 0)) {
        assert.is(map.delete(one), true);
        model.delete(one);
      }
      const some = keys.filter((_, row) => row % 3 === 0);
      assert.is(map.deleteAll(inSomeForm(some, random)), model.deleteAll(some));
      agrees(map, model, keys);
    }
  });

  test(`columns of ${key} keys that are none are refused, and nothing changes`, () => {
    const map = make(key, 'u32');
    const model = new Model(key, 'u32');
    const keys = distinctKeys(5, 1, keyKinds[key].Column);
    map.putAll(keys, 1);
    model.putAll(keys, 1);
    const bytes = utf8('abcdef');
    const detached = new Uint8Array(4);
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    const stranger = key === 'string' ? utf8('a') : 'a';
    const wrong = [
      ...[null, undefined, 5, 'abc', bytes, {}, { bytes }, new Set(['a']), () => 1].map((column) => [
        column,
        TypeError,
      ]),
      [{ offsets: Int32Array.of(0) }, TypeError],
      [{ bytes: 'abc', offsets: Int32Array.of(0, 1) }, TypeError],
      [{ bytes: new Int8Array(4), offsets: Int32Array.of(0, 1) }, TypeError],
      [{ bytes: detached, offsets: Int32Array.of(0) }, TypeError],
      [{ bytes, offsets: [0, 1] }, TypeError],
      [{ bytes, offsets: Float64Array.of(0, 1) }, TypeError],
      [{ bytes, offsets: BigUint64Array.of(0n, 1n) }, TypeError],
      [{ bytes, offsets: new Int32Array(0) }, RangeError],
      [{ bytes, offsets: Int32Array.of(-1, 1) }, RangeError],
      [{ bytes, offsets: Int32Array.of(0, 3, 2) }, RangeError],
      [{ bytes, offsets: Int32Array.of(0, 7) }, RangeError],
      [{ bytes, offsets: Uint32Array.of(0, 2 ** 32 - 1) }, RangeError],
      [{ bytes, offsets: BigInt64Array.of(0n, 2n ** 40n) }, RangeError],
      [{ bytes, offsets: BigInt64Array.of(-(2n ** 60n), 1n) }, RangeError],
      [[keys[0], stranger], TypeError],
      [[keys[0], undefined], TypeError],
      [new Array(2), TypeError],
    ];
    const calls = {
      putAll: (column) => map.putAll(column, 2),
      getAll: (column) => map.getAll(column),
      hasAll: (column) => map.hasAll(column),
      deleteAll: (column) => map.deleteAll(column),
    };
    for (const [name, call] of Object.entries(calls)) {
      wrong.forEach(([column, type], i) => refuses(() => call(column), type, `${name}, number ${i}`));
    }
    agrees(map, model);
  });

  test(`a column of ${key} keys whose rows are getters that write to the map`, () => {
    const map = make(key, 'u32');
    const keys = distinctKeys(900, 6, keyKinds[key].Column);
    const column = Array.from(keys);
    Object.defineProperty(column, 3, {
      get() {
        map.putAll(keys.subarray(0, 800), 1);
        map.deleteAll(keys.subarray(0, 400));
        return keys[899];
      },
    });
    assert.is(map.putAll(column, 2), 899 - 400);
    assert.is(map.has(keys[3]), false);
    assert.is(map.get(keys[899]), 2);
    assert.is(map.size, 899);
  });
}

test('a ByteColumn of UTF-8 addresses the keys of its strings', () => {
  const random = new Random(7);
  const texts = Texts.from(keyKinds.string.corners.filter((text) => text.isWellFormed()));
  const map = make('string', 'u32');
  texts.forEach((text, i) => map.set(text, i));
  const column = byteColumn(texts, random);
  same(map.getAll(column).values, Uint32Array.from(texts.keys()));
  assert.is(map.putAll(column, 9), 0);
  for (const text of texts) assert.is(map.get(text), 9);
});

test('a ByteColumn that is no UTF-8 is refused, with the row', () => {
  const map = make('string', 'u32').set('a', 1);
  const bad = [
    [0xff],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe2, 0x82],
    [0x80],
    [0xf0, 0x9f, 0x98],
  ];
  for (const bytes of bad) {
    for (const at of [0, 1, 40, 1500]) {
      const rows = ByteArrays.from({ length: 1501 }, (_, row) =>
        row === at ? Uint8Array.from(bytes) : utf8(`row ${row}`),
      );
      const column = byteColumn(rows, new Random(at));
      for (const call of [() => map.putAll(column, 2), () => map.getAll(column), () => map.deleteAll(column)]) {
        assert.match(refuses(call, TypeError).message, `keys[${at}]`);
      }
    }
  }
  // Halves of a character on both sides of a boundary make whole bytes, but no rows.
  const split = { bytes: utf8('ä'), offsets: Int32Array.of(0, 1, 2) };
  refuses(() => map.putAll(split, 2), TypeError);
  const long = byteColumn(
    ByteArrays.of(utf8('x'.repeat(200_000)), Uint8Array.from([...utf8('y'.repeat(200_000)), 0xed, 0xa0, 0x80])),
    new Random(1),
  );
  assert.match(refuses(() => map.putAll(long, 2), TypeError).message, 'keys[1]');
  assert.equal([...map], [['a', 1]]);
});

test('lone surrogates come back, and are keys of their own', () => {
  const texts = Texts.from([
    '\ud800',
    '\udc00',
    '\ud800\udc00',
    '\udc00\ud800',
    '\ufffd',
    'a\ud800',
    '\ud800a',
    '\ud83d\ud83d\ude00',
  ]);
  for (const inBatch of [false, true]) {
    const map = make('string', 'u32');
    if (inBatch) map.putAll(texts, Uint32Array.from(texts.keys()));
    else texts.forEach((text, i) => map.set(text, i));
    assert.is(map.size, texts.length);
    texts.forEach((text, i) => assert.is(map.get(text), i));
    assert.equal([...map.keys()].sort(), [...texts].sort());
    assert.equal([...map.columns().keys].sort(), [...texts].sort());
    assert.equal([...rowsOf(map.columns({ strings: 'bytes' }).keys, 'string')].sort(), [...texts].sort());
  }
});

test('the map has its own copy of the bytes, and gives away copies', () => {
  const map = make('bytes', 'u32');
  const key = Uint8Array.of(1, 2, 3);
  map.set(key, 7);
  const column = ByteArrays.of(Uint8Array.of(4, 5), Uint8Array.of(6));
  map.putAll(column, 8);
  key.fill(9);
  column[0].fill(9);
  assert.is(map.get(Uint8Array.of(1, 2, 3)), 7);
  assert.is(map.get(Uint8Array.of(4, 5)), 8);
  for (const given of [...map.keys(), ...map.columns().keys]) given.fill(0);
  map.columns({ strings: 'bytes' }).keys.bytes.fill(0);
  map.forEach((_, given) => given.fill(0));
  assert.is(map.hasAll([Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5), Uint8Array.of(6)]).indexOf(0), -1);
  const computed = Uint8Array.of(3, 3);
  map.getOrInsertComputed(computed, (asked) => {
    assert.ok(isSame(asked, computed));
    return 5;
  });
  assert.is(map.get(Uint8Array.of(3, 3)), 5);
});

test('byte arrays of every make are the same key', () => {
  const random = new Random(3);
  const map = make('bytes', 'u32');
  const keys = distinctKeys(400, 4, ByteArrays);
  keys.forEach((key, i) => map.set(viewOf(key, random), i));
  assert.is(map.size, keys.length);
  keys.forEach((key, i) => {
    assert.is(map.get(viewOf(key, random)), i);
    assert.is(map.set(viewOf(key, random), i).size, keys.length);
  });
  class Own extends Uint8Array {}
  assert.is(map.get(Own.from(keys[7])), 7);
  const resizable = new Uint8Array(new ArrayBuffer(keys[8].length, { maxByteLength: 1000 }));
  resizable.set(keys[8]);
  assert.is(map.get(resizable), 8);
});

test('a key may lie in the memory of the columns that are written', () => {
  const map = make('bytes', 'f64');
  const buffer = new ArrayBuffer(4096);
  const bytes = new Uint8Array(buffer);
  const keys = ByteArrays.from({ length: 100 }, (_, i) => bytes.subarray(i * 8 + 3, i * 8 + 11).fill(i + 1));
  const copies = keys.map((key) => key.slice());
  map.putAll(copies, Float64Array.from(copies.keys()));
  const values = new Float64Array(buffer, 0, 100);
  same(map.getAll(keys, { values }).values, Float64Array.from(copies.keys()));
  copies.forEach((copy, i) => keys[i].set(copy));
  const found = new Uint8Array(buffer, 40, 100);
  same(map.hasAll(keys, found), new Uint8Array(100).fill(1));
  const column = byteColumn(copies, new Random(2));
  const over = new Uint8Array(column.bytes.buffer, column.bytes.byteOffset, 100);
  same(map.hasAll(column, over), new Uint8Array(100).fill(1));
});

// --- equal hashes ---

const twins = (hash, count, from = 0) =>
  ByteArrays.from({ length: count }, (_, i) => unhashBytes(hash, seed, from + i));

test('keys can be made that have one hash', () => {
  const keys = twins(0xdeadbeef, 50);
  assert.is(new KeySet(keys).size, 50);
  for (const key of keys) {
    assert.is(hash.bytes(key, seed), 0xdeadbeef);
    assert.is(Number(byteHash(key, seed) & 0xffffffffn), 0xdeadbeef);
  }
});

for (const rows of [2, 3, 40, budget(300, { debug: 120 })]) {
  test(`${rows} keys of one hash are keys like all others`, () => {
    for (const value of ['u32', 'f64', 'any']) {
      for (const hash of [0, 1, 77, 2 ** 32 - 1]) {
        const random = new Random(rows);
        const map = make('bytes', value);
        const model = new Model('bytes', value);
        // 0 and 1 are one hash to the table.
        const keys = ByteArrays.from([...twins(hash, rows), ...twins(1, 2, 1000), ...twins(0, 2, 1000)]);
        const others = distinctKeys(2000, 8, ByteArrays);
        const step = (method, ...args) => assert.is(map[method](...args), model[method](...args), method);
        step('putAll', keys, drawValues(value, keys.length, random));
        step('putAll', others.subarray(0, 900), drawValues(value, 900, random));
        agrees(map, model, keys);
        for (const key of keys.filter(() => random.below(2) === 0)) step('delete', key);
        agrees(map, model, keys);
        step('putAll', others, drawValues(value, others.length, random));
        for (const key of keys.toReversed()) {
          const [drawn] = drawValues(value, 1, random);
          map.set(key, drawn);
          model.set(key, drawn);
        }
        agrees(map, model, keys);
        step('deleteAll', others);
        agrees(map, model, others);
        assert.is(new KeySet(map.keys()).size, model.size);
        const copy = make('bytes', value, { seed: 5 });
        assert.is(copy.putAll(map), model.size);
        agrees(copy, model);
        step('deleteAll', keys);
        assert.is(map.size, 0);
        step('putAll', keys, drawValues(value, keys.length, random));
        agrees(map, model);
      }
    }
  });
}

test('a short key at the end of the memory and a long one of the same hash', () => {
  const long = new Uint8Array(3_000_000).fill(7);
  const short = unhashBytes(hash.bytes(long, seed), seed);
  const map = make('bytes', 'u32').set(long, 1);
  map.delete(long);
  const others = distinctKeys(budget(60_000, { debug: 4000, badHash: 300 }), 9, ByteArrays);
  map.putAll(others, 2);
  map.set(short, 3);
  const [asked, values] = [ByteArrays.of(long, short), Uint32Array.of(0, 3)];
  same(map.getAll(asked).values, values);
  assert.is(map.deleteAll(ByteArrays.of(long)), 0);
  assert.is(map.putAll(asked, 5), 1);
  same(map.getAll(asked).values, Uint32Array.of(5, 5));
  assert.is(map.size, others.length + 2);
});

test('keys of one hash are given once each while they come and go', () => {
  const rows = budget(200, { debug: 60 });
  const random = new Random(4);
  const keys = ByteArrays.from([...twins(5, rows), ...twins(2 ** 31 + 5, rows)]);
  const set = tracked(new HashSet({ key: 'bytes', seed }));
  const model = new KeySet();
  for (let round = 0; round < 20; round++) {
    const owed = new KeySet(model);
    const given = new KeySet();
    for (const key of set) {
      assert.ok(model.has(key) && !given.has(key));
      given.add(key);
      owed.delete(key);
      const [gone, more] = [random.pick(keys), random.pick(keys)];
      assert.is(set.delete(gone), model.delete(gone));
      owed.delete(gone);
      set.add(more);
      model.add(more);
    }
    assert.is(owed.size, 0);
    const added = keys.filter(() => random.below(3) === 0);
    set.addAll(added);
    for (const key of added) model.add(key);
    assert.is(set.size, model.size);
    same(
      set.hasAll(keys),
      Uint8Array.from(keys, (key) => Number(model.has(key))),
    );
  }
});

test.run();
