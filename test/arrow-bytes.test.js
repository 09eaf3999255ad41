import * as assert from 'uvu/assert';
import { arrow, encoded, shapesOf, takeColumn, takePresentRows } from './support/arrow.js';
import { behaviour } from './support/behaviour.js';
import { refuses, same } from './support/check.js';
import { Random } from './support/random.js';

const test = behaviour('arrow bytes');
const words = ['', 'a', 'straße', '日本語', '😀', 'x'.repeat(300), 'b', '', 'Ω', 'a'];
const encoder = new TextEncoder();

/** What a ByteColumn holds, as texts or as arrays of bytes. */
function rowsOf({ bytes, offsets }, name = 'string') {
  assert.is(bytes.constructor, Uint8Array);
  return Array.from({ length: offsets.length - 1 }, (_, row) => {
    const [begin, end] = [Number(offsets[row]), Number(offsets[row + 1])];
    assert.ok(begin <= end && end <= bytes.length, `row ${row}: ${begin} .. ${end} of ${bytes.length}`);
    const one = bytes.slice(begin, end);
    return name === 'string' ? new TextDecoder('utf-8', { fatal: true }).decode(one) : one;
  });
}

const take = (vector, name) => takeColumn(vector, { name }, 'keys');

/** Does the column of a vector hold what the package says it does? */
function check(vector, name, what) {
  const expected = [...vector];
  const { column, nulls } = take(vector, name);
  const rows = rowsOf(column, name);
  assert.is(rows.length, expected.length, what);
  expected.forEach((row, i) => {
    assert.is(nulls?.[i] ?? 0, row === null ? 1 : 0, `${what}: null at ${i}`);
    if (row !== null) assert.equal(rows[i], row, `${what}: row ${i}`);
  });
  assert.equal(
    rowsOf(takePresentRows(vector, { name }, 'keys'), name),
    expected.filter((row) => row !== null),
    `${what}, present rows`,
  );
  return column;
}

for (const name of ['Utf8', 'LargeUtf8']) {
  for (const nulls of [false, true]) {
    test(`${name} in every shape ${nulls ? 'with' : 'without'} nulls`, () => {
      for (const times of [1, 30]) {
        const rows = Array(times).fill(words).flat();
        if (nulls) [0, 3, 7, rows.length - 1].forEach((row) => (rows[row] = null));
        for (const [shape, vector] of Object.entries(shapesOf(rows, new arrow[name]()))) check(vector, 'string', shape);
      }
    });
  }

  test(`${name} for 'bytes' is its UTF-8`, () => {
    const { column } = take(arrow.vectorFromArray(words, new arrow[name]()), 'bytes');
    assert.equal(
      rowsOf(column, 'bytes'),
      words.map((word) => encoder.encode(word)),
    );
  });
}

test('Binary and LargeBinary in every shape', () => {
  const rows = words.map((word) => encoder.encode(word)).concat([null, Uint8Array.of(255, 0, 192)]);
  for (const [shape, vector] of Object.entries(shapesOf(rows, new arrow.Binary()))) check(vector, 'bytes', shape);
  const type = new arrow.LargeBinary();
  const data = Uint8Array.of(255, 0, 192, 1);
  const large = new arrow.Vector([arrow.makeData({ type, data, valueOffsets: BigInt64Array.of(0n, 1n, 1n, 4n) })]);
  for (const vector of [large, large.slice(1), large.concat(large), large.concat(large).slice(2, 5)])
    check(vector, 'bytes');
});

test('one chunk is not copied, wherever it was cut', () => {
  const vector = arrow.vectorFromArray(words, new arrow.Utf8());
  const column = check(vector.slice(2, 6), 'string');
  assert.is(column.bytes.buffer, vector.data[0].values.buffer);
  assert.is(column.offsets.buffer, vector.data[0].valueOffsets.buffer);
  assert.is(column.offsets.constructor, Int32Array);
  assert.is(check(arrow.vectorFromArray(words, new arrow.LargeUtf8()), 'string').offsets.constructor, BigInt64Array);
});

test('dictionaries: as the package makes them, sliced, chunked, sent, with other dictionaries in other chunks', () => {
  const random = new Random(1);
  const rows = Array.from({ length: 500 }, () => (random.below(6) === 0 ? null : random.pick(words)));
  const first = arrow.vectorFromArray(rows);
  assert.is(first.type.typeId, -1);
  const second = arrow.vectorFromArray(['other', null, 'a', 'words']);
  const both = first.concat(second, second.slice(1), first.slice(3, 77));
  for (const vector of [
    first,
    second,
    both,
    both.slice(490, 520),
    both.slice(501, 502),
    first.memoize(),
    both.memoize(),
  ]) {
    check(vector, 'string');
  }
  for (const name of ['Utf8', 'LargeUtf8']) {
    for (const index of [new arrow.Int8(), new arrow.Int16(), new arrow.Uint32()]) {
      const type = new arrow.Dictionary(new arrow[name](), index);
      for (const [shape, vector] of Object.entries(shapesOf(rows, type))) check(vector, 'string', shape);
    }
  }
});

test('dictionaries with null entries, in chunks, and of nothing but nulls', () => {
  const utf8 = new arrow.Utf8();
  const one = encoded([0, 1, 2, null, 1, 0], ['a', null, 'c'], utf8);
  const other = encoded([1, 0], ['a', null, 'c'], utf8);
  for (const vector of [one, one.slice(1), one.slice(2, 4), one.concat(other), one.slice(4).concat(other)]) {
    check(vector, 'string');
  }
  const { nulls } = take(one.slice(2, 3), 'string');
  assert.is(nulls, undefined, 'an entry that no row has');
  check(encoded([null, null], [], utf8), 'string');
  const chunks = arrow.vectorFromArray(['a', null], utf8).concat(arrow.vectorFromArray(['b', 'c'], utf8));
  const data = { type: new arrow.Dictionary(utf8, new arrow.Int32(), 0), data: Int32Array.of(3, 2, 1, 0) };
  check(new arrow.Vector([arrow.makeData({ ...data, dictionary: chunks })]), 'string');
  check(new arrow.Vector([arrow.makeData({ ...data, dictionary: chunks.slice(0, 4) })]).slice(1, 3), 'string');
});

test('no rows at all', () => {
  for (const type of [
    new arrow.Utf8(),
    new arrow.LargeUtf8(),
    new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
  ]) {
    check(arrow.vectorFromArray([], type), 'string');
    check(new arrow.Vector([arrow.makeData({ type })]), 'string');
  }
});

test('offsets that fall or leave the bytes are refused where they are read', () => {
  const type = new arrow.Utf8();
  const good = arrow.vectorFromArray(['ab', 'cd'], type);
  const make = (...offsets) =>
    new arrow.Vector([arrow.makeData({ type, data: new Uint8Array(4), valueOffsets: Int32Array.from(offsets) })]);
  for (const bad of [make(0, 3, 2), make(0, 2, 5), make(-1, 0, 1), make(0, -1, 2), make(0, 9, 2), make(5, 5, 5)]) {
    refuses(() => take(good.concat(bad), 'string'), RangeError);
    refuses(() => take(bad.concat(good), 'string'), RangeError);
    const data = { type: new arrow.Dictionary(type, new arrow.Int32(), 0), data: Int32Array.of(0, 1), dictionary: bad };
    refuses(() => take(new arrow.Vector([arrow.makeData(data)]), 'string'), RangeError);
  }
  const column = take(make(0, 3, 2), 'string').column;
  same(column.offsets, Int32Array.of(0, 3, 2), 'of one chunk they are the caller of takeColumn to check');
});

test.run();
