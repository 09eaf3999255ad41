/** Columns of byte keys on their way in, in every form that is allowed. */
import * as assert from 'uvu/assert';
import { behaviour, make, tracked } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { agreesWith, byteColumn, byteKinds, fewer, keyOf, keysOf, textOf } from './support/byte-keys.js';
import { same } from './support/check.js';
import { makeSet } from './support/sets.js';
import { HashMap, HashSet } from './support/tophash.js';

const test = behaviour('bytes-columns');
const offsetClasses = [Int32Array, Uint32Array, BigInt64Array];
const words = ['', 'a', 'straße', '日本語', '\u{1f600}', 'x'.repeat(300), 'b', 'Ω', '\0', '\ufeff', 'q'.repeat(9000)];
/** More rows and more bytes than pass at a time. */
const many = Array.from(
  { length: fewer(budget(3000, { debug: 1500 }), 60) },
  (_, i) => `${'long '.repeat(i % 40)}${i}`,
);
const inputs = { none: [], one: ['only'], 'an empty key': [''], words, many };

/** A map in which every second of the texts is, and its model. */
function halfOf(kind, texts) {
  const map = make(kind, 'u32');
  const model = new Map();
  texts.forEach((text, row) => {
    if (row % 2 === 0) return;
    map.set(keyOf(kind, text), row);
    model.set(text, row);
  });
  return { map, model };
}

/** Every batch with the column does what it does with texts one by one. */
function checkBatches(kind, texts, column) {
  const values = Uint32Array.from(texts, (_, row) => row + 7);
  const { map, model } = halfOf(kind, texts);
  const old = texts.map((text) => model.get(text));
  const expected = Uint32Array.from(old, (value) => value ?? 99);
  const present = Uint8Array.from(old, (value) => Number(value !== undefined));
  const { values: got, found, hits } = map.getAll(column, { missing: 99 });
  same(got, expected, 'getAll');
  same(found, present, 'found');
  assert.is(hits, model.size);
  same(map.hasAll(column), present, 'hasAll');
  assert.is(map.putAll(column, values), texts.length - model.size, 'putAll');
  texts.forEach((text, row) => model.set(text, values[row]));
  agreesWith(map, kind, model);
  assert.is(map.putAll(column, 5, 'add'), 0);
  texts.forEach((text, row) => model.set(text, values[row] + 5));
  agreesWith(map, kind, model);
  assert.is(map.deleteAll(column), texts.length, 'deleteAll');
  assert.is(map.size, 0);

  const made = tracked(HashMap.fromColumns(column, values, { key: kind, value: 'u32' }));
  agreesWith(made, kind, new Map(texts.map((text, row) => [text, values[row]])));
  const set = makeSet(kind);
  assert.is(set.addAll(column), texts.length);
  assert.is(set.addAll(column), 0);
  same(set.hasAll(column), new Uint8Array(texts.length).fill(1));
  assert.equal([...set].map(textOf).sort(), texts.toSorted());
  assert.is(tracked(HashSet.fromColumn(column, { key: kind })).size, texts.length);
  assert.is(set.deleteAll(column), texts.length);
}

for (const kind of byteKinds) {
  for (const Offsets of offsetClasses) {
    test(`${kind}: a ByteColumn with ${Offsets.name}, wherever its rows and views begin`, () => {
      for (const texts of Object.values(inputs)) {
        for (const place of [{}, { before: 5, behind: 9 }, { spare: 3 }, { before: 1, spare: 8, behind: 1 }]) {
          checkBatches(kind, texts, byteColumn(texts, { Offsets, ...place }));
        }
      }
    });

    test(`${kind}: a ByteColumn with ${Offsets.name} in shared memory`, () => {
      for (const texts of Object.values(inputs)) {
        checkBatches(kind, texts, byteColumn(texts, { Offsets, shared: true, spare: 2, before: 1 }));
      }
      const { bytes } = byteColumn(words, { shared: true });
      checkBatches(kind, words, { bytes, offsets: byteColumn(words, { Offsets }).offsets });
    });
  }

  test(`${kind}: an array`, () => {
    for (const texts of Object.values(inputs)) checkBatches(kind, texts, keysOf(kind, texts));
  });

  test(`${kind}: rows of a ByteColumn may be cut out of it by their offsets`, () => {
    const whole = byteColumn(many, { before: 4 });
    for (const [from, to] of [
      [0, 0],
      [1, 2],
      [many.length >> 1, many.length - 1],
      [many.length, many.length],
    ]) {
      checkBatches(kind, many.slice(from, to), { bytes: whole.bytes, offsets: whole.offsets.subarray(from, to + 1) });
    }
  });

  test(`${kind}: equal rows of one column`, () => {
    const texts = ['a', '', 'b', 'a', '', 'a'];
    for (const column of [byteColumn(texts), keysOf(kind, texts)]) {
      const map = make(kind, 'u32');
      assert.is(map.putAll(column, Uint32Array.of(1, 2, 3, 4, 5, 6)), 3);
      assert.equal([map.get(keyOf(kind, 'a')), map.get(keyOf(kind, '')), map.get(keyOf(kind, 'b'))], [6, 5, 3]);
      map.clear();
      assert.is(map.putAll(column, Uint32Array.of(1, 2, 3, 4, 5, 6), 'keep'), 3);
      assert.equal([map.get(keyOf(kind, 'a')), map.get(keyOf(kind, '')), map.get(keyOf(kind, 'b'))], [1, 2, 3]);
      assert.is(map.deleteAll(column), 3);
    }
  });

  test(`${kind}: a million rows of no bytes are one key`, () => {
    const column = { bytes: new Uint8Array(0), offsets: new Int32Array(1_000_001) };
    const map = make(kind, 'u32');
    assert.is(map.putAll(column, 1, 'add'), 1);
    assert.is(map.get(keyOf(kind, '')), 1_000_000);
    assert.is(map.getAll(column).hits, 1_000_000);
    assert.is(map.deleteAll(column), 1);
  });

  test(`${kind}: a ByteColumn is read once, whatever its getters give the next time`, () => {
    const { bytes, offsets } = byteColumn(words);
    let reads = 0;
    const column = {
      get bytes() {
        reads++;
        return reads > 2 ? null : bytes;
      },
      get offsets() {
        reads++;
        return reads > 2 ? null : offsets;
      },
    };
    const map = make(kind, 'u32');
    assert.is(map.putAll(column, 1), words.length);
    assert.is(reads, 2);
    same(map.hasAll({ bytes, offsets }), new Uint8Array(words.length).fill(1));
  });

  test(`${kind}: getters of a ByteColumn that write to the map come before the batch`, () => {
    const given = byteColumn(many);
    const map = make(kind, 'u32').set(keyOf(kind, many[0]), 1);
    const busy = {
      get bytes() {
        map.putAll(byteColumn(many.map((text) => `other ${text}`)), 2);
        map.delete(keyOf(kind, many[0]));
        return given.bytes;
      },
      get offsets() {
        map.putAll(byteColumn(words), 3);
        return given.offsets;
      },
    };
    assert.is(map.putAll(busy, 4), many.length);
    assert.is(map.size, 2 * many.length + words.length);
    same(map.getAll(given).values, new Uint32Array(many.length).fill(4));
    same(map.getAll(byteColumn(words)).values, new Uint32Array(words.length).fill(3));
  });

  test(`${kind}: a ByteColumn of subclasses with methods and getters of their own`, () => {
    class OddBytes extends Uint8Array {
      static get [Symbol.species]() {
        return Array;
      }
      subarray() {
        throw new Error('asked');
      }
      slice() {
        throw new Error('asked');
      }
      get [Symbol.toStringTag]() {
        return 'Int8Array';
      }
    }
    class OddOffsets extends Int32Array {
      subarray() {
        throw new Error('asked');
      }
      slice() {
        throw new Error('asked');
      }
      *[Symbol.iterator]() {
        yield 77;
      }
    }
    const { bytes, offsets } = byteColumn(many);
    checkBatches(kind, many, { bytes: new OddBytes(bytes), offsets: OddOffsets.from(offsets) });
  });
}

test('bytes: any bytes at all are a key', () => {
  const pairs = fewer(budget(65_536, { debug: 2000, full: 65_536 }), 300);
  const map = make('bytes', 'u32');
  const rows = Array.from({ length: pairs }, (_, i) => Uint8Array.of(i >> 8, i & 255));
  const single = Array.from({ length: 256 }, (_, i) => Uint8Array.of(i));
  for (const column of [byteColumn(rows), rows]) {
    assert.is(
      map.putAll(
        column,
        Uint32Array.from(rows, (_, i) => i),
      ),
      pairs,
    );
    assert.is(map.putAll(byteColumn(single), 7), 256);
    rows.forEach((key, i) => assert.is(map.get(key), i));
    const { keys, values } = map.columns({ strings: 'bytes' });
    assert.is(keys.offsets.length, pairs + 256 + 1);
    same(map.getAll(keys).values, values);
    map.clear();
  }
});

test('bytes: arrays in shared memory, Buffers, views with an offset, one array in many rows', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(20), 5, 3).fill(65);
  const view = new Uint8Array(8).fill(66).subarray(2, 6);
  const map = make('bytes', 'u32');
  assert.is(map.putAll([shared, view, Buffer.from('buffer'), view, shared], Uint32Array.of(1, 2, 3, 4, 5)), 3);
  assert.is(map.get(keyOf('bytes', 'AAA')), 5);
  assert.is(map.get(keyOf('bytes', 'BBBB')), 4);
  assert.is(map.get(Buffer.from('buffer')), 3);
  map.set(shared, 9);
  assert.is(map.get(keyOf('bytes', 'AAA')), 9);
  for (const key of map.keys()) assert.is(key.constructor, Uint8Array);
});

test('bytes: a key is copied, both ways', () => {
  const map = make('bytes', 'u32');
  const key = Uint8Array.of(1, 2, 3);
  map.set(key, 1);
  map.putAll([key], 1, 'add');
  key[0] = 9;
  assert.is(map.get(key), undefined);
  for (const given of [map.columns().keys[0], [...map.keys()][0], map.columns({ strings: 'bytes' }).keys.bytes]) {
    assert.equal([...given], [1, 2, 3]);
    assert.is(given.buffer.byteLength, 3, 'a buffer of its own');
    given.fill(0);
  }
  assert.is(map.get(Uint8Array.of(1, 2, 3)), 2);
});

test.run();
