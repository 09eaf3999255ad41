/** Columns of apache-arrow through maps and sets of byte keys. */
import * as assert from 'uvu/assert';
import { arrow, encoded, shapesOf } from './support/arrow.js';
import { behaviour, make, tracked } from './support/behaviour.js';
import { agreesWith, byteKinds, keyOf, textOf } from './support/byte-keys.js';
import { refuses, same } from './support/check.js';
import { Random } from './support/random.js';
import { makeSet } from './support/sets.js';
import { HashMap, HashSet } from './support/tophash.js';

const test = behaviour('bytes-arrow');
const words = ['', 'a', 'straße', '日本語', '\u{1f600}', 'x'.repeat(300), 'b', '', 'Ω', 'a', 'long '.repeat(12_000)];
const many = Array.from({ length: 40 }, (_, i) => words.slice(0, -1).map((word) => `${word}${i % 17}`)).flat();

/** Every batch with a vector does what the package says is in it; `decode` makes a text of a row. */
function checkVector(kind, vector, what, decode = (row) => row) {
  const rows = [...vector].map((row) => (row === null ? null : decode(row)));
  const present = rows.filter((row) => row !== null);
  const values = Uint32Array.from(rows.keys());
  const map = make(kind, 'u32');
  const model = new Map();
  for (const [i, text] of words.entries()) {
    map.set(keyOf(kind, text), i + 5000);
    model.set(text, i + 5000);
  }
  const expected = Uint32Array.from(rows, (row) => model.get(row) ?? 77);
  const found = Uint8Array.from(rows, (row) => Number(model.has(row)));
  const got = map.getAll(vector, { missing: 77 });
  same(got.values, expected, what);
  same(got.found, found, what);
  assert.is(got.hits, found.filter(Boolean).length, what);
  same(map.hasAll(vector), found, what);
  const set = makeSet(kind);
  if (present.length < rows.length) {
    const pattern = new RegExp(`\\[${rows.indexOf(null)}\\]`);
    assert.match(refuses(() => map.putAll(vector, 1), TypeError, what).message, pattern);
    assert.match(refuses(() => set.addAll(vector), TypeError, what).message, pattern);
    assert.is(set.size, 0);
  } else {
    const before = model.size;
    rows.forEach((text, i) => model.set(text, i));
    assert.is(map.putAll(vector, values), model.size - before, what);
    agreesWith(map, kind, model);
    const fresh = tracked(HashMap.fromColumns(vector, values, { key: kind, value: 'u32' }));
    agreesWith(fresh, kind, new Map(rows.map((text, i) => [text, i])));
    assert.is(set.addAll(vector), new Set(rows).size, what);
    assert.equal([...set].map(textOf).sort(), [...new Set(rows)].sort());
    assert.is(tracked(HashSet.fromColumn(vector, { key: kind })).size, set.size);
    same(set.hasAll(vector), new Uint8Array(rows.length).fill(1));
  }
  assert.is(map.deleteAll(vector), new Set(present.filter((text) => model.has(text))).size, what);
  for (const text of present) model.delete(text);
  agreesWith(map, kind, model, present);
  map.dispose();
}

for (const kind of byteKinds) {
  for (const name of ['Utf8', 'LargeUtf8']) {
    for (const nulls of ['without', 'with']) {
      test(`${kind}: ${name} in every shape, ${nulls} nulls`, () => {
        for (const texts of [words, many]) {
          const rows = texts.slice();
          if (nulls === 'with') [2, 4, rows.length - 2].forEach((row) => (rows[row] = null));
          for (const [shape, vector] of Object.entries(shapesOf(rows, new arrow[name]())))
            checkVector(kind, vector, shape);
        }
      });
    }
  }

  test(`${kind}: dictionaries, in chunks with dictionaries of their own, with nulls`, () => {
    const random = new Random(1);
    const rows = Array.from({ length: 2000 }, () => random.pick(words.slice(0, -1)));
    const withNulls = rows.map((row, i) => (i % 9 === 4 ? null : row));
    for (const texts of [rows, withNulls]) {
      for (const index of [new arrow.Int8(), new arrow.Uint16(), new arrow.Int32()]) {
        const type = new arrow.Dictionary(new arrow.Utf8(), index);
        for (const [shape, vector] of Object.entries(shapesOf(texts, type))) checkVector(kind, vector, shape);
      }
      const first = arrow.vectorFromArray(texts.slice(0, 500));
      const second = arrow.vectorFromArray(['other', 'a', 'words']);
      checkVector(kind, first.concat(second, first.slice(3, 77)), 'two dictionaries');
    }
    const utf8 = new arrow.Utf8();
    const nullEntry = encoded([0, 1, 2, null, 1, 0], ['a', null, 'c'], utf8);
    for (const vector of [nullEntry, nullEntry.slice(1), nullEntry.slice(2, 3)])
      checkVector(kind, vector, 'a null entry');
    checkVector(kind, encoded([null, null], [], utf8), 'nothing but nulls');
  });

  test(`${kind}: no rows`, () => {
    for (const type of [
      new arrow.Utf8(),
      new arrow.LargeUtf8(),
      new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
    ]) {
      checkVector(kind, arrow.vectorFromArray([], type), 'no rows');
      checkVector(kind, new arrow.Vector([arrow.makeData({ type })]), 'no buffers');
    }
  });

  test(`${kind}: values from a vector, too`, () => {
    const keys = arrow.vectorFromArray(['a', 'b', 'c'], new arrow.Utf8());
    const map = make(kind, 'f64');
    assert.is(map.putAll(keys, arrow.vectorFromArray([0.5, 1.5, 2.5], new arrow.Float64())), 3);
    assert.equal(
      ['a', 'b', 'c'].map((text) => map.get(keyOf(kind, text))),
      [0.5, 1.5, 2.5],
    );
    refuses(() => map.putAll(keys, arrow.vectorFromArray([1], new arrow.Float64())), RangeError);
    refuses(() => map.putAll(keys, arrow.vectorFromArray([1, null, 3], new arrow.Float64())), TypeError);
  });

  test(`${kind}: vectors of numbers are refused`, () => {
    const map = make(kind, 'u32').set(keyOf(kind, 'a'), 1);
    for (const type of [new arrow.Int32(), new arrow.Float64(), new arrow.Bool()]) {
      const vector = arrow.vectorFromArray([1, 0], type);
      for (const call of [
        () => map.putAll(vector, 1),
        () => map.getAll(vector),
        () => map.hasAll(vector),
        () => map.deleteAll(vector),
      ]) {
        refuses(call, TypeError);
      }
    }
    agreesWith(map, kind, new Map([['a', 1]]));
  });
}

test('bytes: Binary and LargeBinary', () => {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const decode = (row) => decoder.decode(row);
  const rows = words.map((word) => encoder.encode(word));
  for (const list of [rows, rows.with(3, null)]) {
    for (const [shape, vector] of Object.entries(shapesOf(list, new arrow.Binary())))
      checkVector('bytes', vector, shape, decode);
  }
  const data = encoder.encode('straße');
  const type = new arrow.LargeBinary();
  const large = new arrow.Vector([arrow.makeData({ type, data, valueOffsets: BigInt64Array.of(0n, 1n, 1n, 7n) })]);
  for (const vector of [large, large.slice(1), large.concat(large).slice(2, 5)])
    checkVector('bytes', vector, 'large', decode);
  const map = make('string', 'u32');
  for (const vector of [large, arrow.vectorFromArray(rows, new arrow.Binary())]) {
    refuses(() => map.putAll(vector, 1), TypeError, 'Binary for strings');
    refuses(() => map.hasAll(vector), TypeError, 'Binary for strings');
  }
});

test('string: a Utf8 vector whose bytes are none is refused, with the row', () => {
  const data = Uint8Array.of(0x61, 0xc3, 0xa4, 0xff);
  const vector = new arrow.Vector([
    arrow.makeData({ type: new arrow.Utf8(), data, valueOffsets: Int32Array.of(0, 1, 3, 4) }),
  ]);
  const map = make('string', 'u32').set('a', 1);
  for (const call of [() => map.putAll(vector, 1), () => map.getAll(vector), () => map.deleteAll(vector)]) {
    assert.match(refuses(call, TypeError).message, /\[2\]/);
  }
  assert.is(make('bytes', 'u32').putAll(vector, 1), 3);
  assert.is(map.putAll(vector.slice(0, 2), 1), 1);
});

test('string: offsets of a vector that fall or leave its bytes', () => {
  const map = make('string', 'u32').set('a', 1);
  for (const offsets of [
    [0, 3, 2],
    [0, 2, 5],
    [-1, 0, 1],
  ]) {
    const type = new arrow.Utf8();
    const vector = new arrow.Vector([
      arrow.makeData({ type, data: new Uint8Array(4), valueOffsets: Int32Array.from(offsets) }),
    ]);
    refuses(() => map.putAll(vector, 1), RangeError);
    refuses(() => map.getAll(vector), RangeError);
  }
  agreesWith(map, 'string', new Map([['a', 1]]));
});

test.run();
