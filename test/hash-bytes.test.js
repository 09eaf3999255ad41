import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { byteHash } from './support/byte-hash.js';
import { refuses, same } from './support/check.js';
import { Random } from './support/random.js';
import { hash } from './support/tophash.js';

const test = behaviour('hash-bytes');
const golden = JSON.parse(readFileSync(new URL('golden/hash-bytes.json', import.meta.url), 'utf8'));
const encoder = new TextEncoder();
const low = (hashes) => Uint32Array.from(hashes, (x) => Number(x & 0xffffffffn));

function draw(random, length) {
  return Uint8Array.from({ length }, () => random.below(256));
}

/** A ByteColumn of rows, after `skip` bytes that are of no row. */
function columnOf(rows, Offsets = Int32Array, skip = 0) {
  const ends = [skip];
  for (const row of rows) ends.push(ends.at(-1) + row.length);
  const bytes = new Uint8Array(ends.at(-1) + 5).fill(0xee);
  rows.forEach((row, i) => bytes.set(row, ends[i]));
  return { bytes, offsets: Offsets.from(Offsets === BigInt64Array ? ends.map(BigInt) : ends) };
}

const reference = (rows, seed = 0) => BigUint64Array.from(rows, (row) => byteHash(row, seed));

function check(keys, rows, seed) {
  const expected = reference(rows, seed);
  const out = new BigUint64Array(rows.length);
  assert.is(hash.strings(keys, seed, out), out);
  same(out, expected, `seed ${seed}`);
  same(hash.strings(keys, seed), low(expected), `low halves, seed ${seed}`);
}

test('golden values', () => {
  assert.is(hash.id, golden.id);
  const rows = golden.lengths.map((length) => Uint8Array.from({ length }, (_, i) => (167 * i + (i >> 8) + 13) & 255));
  assert.is(golden.cases.length, 5);
  for (const { seed, hashes } of golden.cases) {
    const expected = BigUint64Array.from(hashes, (hex) => BigInt(`0x${hex}`));
    check(columnOf(rows), rows, seed);
    same(reference(rows, seed), expected, `reference, seed ${seed}`);
    rows.forEach((row, i) => {
      assert.is(hash.bytes64(row, seed), expected[i], `${row.length} bytes`);
      assert.is(hash.bytes(row, seed), Number(expected[i] & 0xffffffffn), `${row.length} bytes`);
    });
  }
});

test('every length, whatever stands behind the row', () => {
  const random = new Random(1);
  for (let length = 0; length <= 300; length++) {
    const row = draw(random, length);
    const seed = random.u32();
    const around = [draw(random, 70), row, draw(random, 70)];
    check(columnOf(around), around, seed);
    assert.is(hash.bytes64(row, seed), byteHash(row, seed));
  }
});

test('the seed is 0 when left out', () => {
  assert.is(hash.bytes64('abc'), byteHash(encoder.encode('abc'), 0));
  assert.is(hash.bytes('abc'), hash.bytes('abc', 0));
  same(hash.strings(['abc']), Uint32Array.of(hash.bytes('abc')));
});

test('a string hashes as its UTF-8', () => {
  const random = new Random(2);
  const units = [0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x1f99c, 0x10ffff];
  const texts = Array.from({ length: 3000 }, () =>
    String.fromCodePoint(...Array.from({ length: random.below(60) }, () => random.pick(units))),
  );
  texts.push('', 'x'.repeat(32767), 'x'.repeat(32768), 'é'.repeat(50000));
  const rows = texts.map((text) => encoder.encode(text));
  check(texts, rows, 7);
  check(columnOf(rows), rows, 7);
  texts.forEach((text, i) => void assert.is(hash.bytes64(text, 7), byteHash(rows[i], 7)));
});

test('a lone surrogate hashes as its three bytes', () => {
  const cases = [
    ['\ud800', [0xed, 0xa0, 0x80]],
    ['a\udfffé', [0x61, 0xed, 0xbf, 0xbf, 0xc3, 0xa9]],
    ['🦜\udc00\ud83e', [0xf0, 0x9f, 0xa6, 0x9c, 0xed, 0xb0, 0x80, 0xed, 0xa0, 0xbe]],
  ];
  const texts = cases.map(([text]) => text);
  const rows = cases.map(([, bytes]) => Uint8Array.from(bytes));
  check(texts, rows, 3);
  texts.forEach((text, i) => void assert.is(hash.bytes64(text, 3), byteHash(rows[i], 3)));
});

test('a ByteColumn need not be UTF-8', () => {
  const rows = [Uint8Array.of(0xff), Uint8Array.of(0xc0, 0x80), Uint8Array.of(0x80, 0xe0)];
  check(columnOf(rows), rows, 1);
});

test('every class of offsets, with bytes before the first row', () => {
  const random = new Random(3);
  const rows = Array.from({ length: 3000 }, () => draw(random, random.below(50)));
  for (const Offsets of [Int32Array, Uint32Array, BigInt64Array]) {
    for (const skip of [0, 1, 77]) check(columnOf(rows, Offsets, skip), rows, 5);
  }
});

test('no rows, and empty rows', () => {
  check([], [], 1);
  check(columnOf([]), [], 1);
  const rows = Array.from({ length: 2100 }, () => new Uint8Array(0));
  check(columnOf(rows), rows, 1);
  check(
    rows.map(() => ''),
    rows,
    1,
  );
});

test('rows longer than a step, among short ones', () => {
  const random = new Random(4);
  const rows = [3, 32768, 32769, 0, 100001, 5, budget(1e6, { full: 2e7 }), 31].map((length) =>
    new Uint8Array(length).fill(random.below(256)).fill(1, length >> 1, (length >> 1) + 1),
  );
  check(columnOf(rows), rows, 9);
  rows.forEach((row) => void assert.is(hash.bytes64(row, 9), byteHash(row, 9)));
});

test('takes views with an offset and shared buffers, and leaves them as they are', () => {
  const random = new Random(5);
  const rows = Array.from({ length: 2000 }, () => draw(random, random.below(40)));
  const { bytes, offsets } = columnOf(rows);
  const shared = { bytes: share(bytes), offsets: share(offsets) };
  check(shared, rows, 2);
  same(Int32Array.from(shared.offsets), offsets);
  check({ bytes: share(bytes, 3), offsets: share(offsets, 1) }, rows, 2);
});

/** A copy in shared memory, behind `before` other elements. */
function share(array, before = 0) {
  const size = array.BYTES_PER_ELEMENT;
  const buffer = new SharedArrayBuffer((array.length + before) * size);
  const copy = new array.constructor(buffer, before * size);
  copy.set(array);
  return copy;
}

test('out may overlap the keys', () => {
  const random = new Random(6);
  const rows = Array.from({ length: 3000 }, () => draw(random, 11 + random.below(9)));
  const { bytes, offsets } = columnOf(rows);
  for (const Buffer of [ArrayBuffer, SharedArrayBuffer]) {
    for (const Out of [Uint32Array, BigUint64Array]) {
      for (const [bytesAt, outAt] of [
        [0, 0],
        [80, 0],
        [0, 80],
        [0, 20000],
      ]) {
        const buffer = new Buffer(bytes.length + 60000);
        const keys = { bytes: new Uint8Array(buffer, bytesAt, bytes.length), offsets };
        keys.bytes.set(bytes);
        const out = new Out(buffer, outAt, rows.length);
        const expected = reference(rows, 4);
        hash.strings(keys, 4, out);
        same(out, Out === Uint32Array ? low(expected) : expected, `bytes at ${bytesAt}, out at ${outAt}`);
      }
      const keys = { bytes, offsets: new Int32Array(new Buffer(60000), 0, offsets.length) };
      keys.offsets.set(offsets);
      const out = hash.strings(keys, 4, new Out(keys.offsets.buffer, 0, rows.length));
      assert.is(BigInt.asUintN(32, BigInt(out.at(-1))), BigInt(low(reference(rows, 4)).at(-1)));
    }
  }
});

test('refuses wrong keys, before anything is written', () => {
  const out = new Uint32Array(2).fill(7);
  const bytes = Uint8Array.of(1, 2, 3);
  const offsets = Int32Array.of(0, 1, 3);
  const gone = Uint8Array.of(1, 2, 3);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  for (const wrong of [
    null,
    undefined,
    5,
    'ab',
    {},
    ['a', 1],
    ['a', undefined],
    Uint8Array.of(1, 2),
    { bytes },
    { offsets },
    { bytes: [1, 2, 3], offsets },
    { bytes: new Int8Array(3), offsets },
    { bytes, offsets: [0, 1, 3] },
    { bytes, offsets: Float64Array.of(0, 1, 3) },
    { bytes, offsets: BigUint64Array.of(0n, 1n, 3n) },
    { bytes: gone, offsets },
  ]) {
    refuses(() => hash.strings(wrong, 0, out), TypeError, inspect(wrong));
  }
  for (const wrong of [[], [0, 2, 1], [0, 1, 4], [-1, 1, 3], [4, 4, 4]]) {
    for (const Offsets of [Int32Array, BigInt64Array]) {
      const column = { bytes, offsets: Offsets.from(wrong, Offsets === BigInt64Array ? BigInt : Number) };
      refuses(() => hash.strings(column, 0, out), RangeError, String(wrong));
    }
  }
  same(out, Uint32Array.of(7, 7));
});

test('refuses a wrong seed, out or row', () => {
  for (const seed of [-1, 2 ** 32, 1.5, NaN]) {
    for (const call of [hash.bytes, hash.bytes64]) refuses(() => call('a', seed), RangeError, String(seed));
    refuses(() => hash.strings(['a'], seed), RangeError, String(seed));
  }
  for (const seed of ['1', 1n, null]) {
    for (const call of [hash.bytes, hash.bytes64]) refuses(() => call('a', seed), TypeError, String(seed));
    refuses(() => hash.strings(['a'], seed), TypeError, String(seed));
  }
  for (const out of [new Int32Array(1), new BigInt64Array(1), [0], null, 5]) {
    refuses(() => hash.strings(['a'], 0, out), TypeError, `out ${String(out)}`);
  }
  for (const Out of [Uint32Array, BigUint64Array]) {
    for (const length of [0, 2]) refuses(() => hash.strings(['a'], 0, new Out(length)), RangeError, `out of ${length}`);
  }
  for (const data of [null, undefined, 5, {}, [1], new Int8Array(1), new Uint32Array(1)]) {
    for (const call of [hash.bytes, hash.bytes64]) refuses(() => call(data), TypeError, String(data));
  }
});

test.run();
