/** A ByteColumn for keys of kind 'string' must be UTF-8, row by row; for 'bytes' it may be anything. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { agreesWith, byteColumn, textOf } from './support/byte-keys.js';
import { refuses, same } from './support/check.js';
import { makeSet } from './support/sets.js';
import { bytesOf } from './support/text.js';
import { HashMap, HashSet } from './support/tophash.js';

const test = behaviour('bytes-utf8');

/** Rows that are no UTF-8, by the reason. */
const invalid = {
  'a byte that never occurs': [0xff],
  'another one': [0x41, 0xf8, 0x88, 0x80, 0x80, 0x80],
  'a continuation alone': [0x80],
  'a continuation behind a letter': [0x41, 0xbf],
  'overlong in two bytes': [0xc0, 0xaf],
  'overlong in two bytes, U+007F': [0xc1, 0xbf],
  'overlong in three bytes': [0xe0, 0x9f, 0xbf],
  'overlong in four bytes': [0xf0, 0x8f, 0xbf, 0xbf],
  'an overlong NUL': [0xc0, 0x80],
  'a high surrogate': [0xed, 0xa0, 0x80],
  'a low surrogate': [0xed, 0xbf, 0xbf],
  'a pair of surrogates': [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
  'above U+10FFFF': [0xf4, 0x90, 0x80, 0x80],
  'far above U+10FFFF': [0xf7, 0xbf, 0xbf, 0xbf],
  'cut off after one of two': [0x41, 0xc3],
  'cut off after one of three': [0xe2],
  'cut off after two of three': [0xe2, 0x82],
  'cut off after one of four': [0xf0],
  'cut off after three of four': [0xf0, 0x9f, 0x98],
  'cut off by a letter': [0xe2, 0x82, 0x41],
  'cut off by another start': [0xf0, 0x9f, 0xc3, 0xa4],
};
/** Two rows that are UTF-8 only together. */
const split = {
  'two bytes': [[0x41, 0xc3], [0xa4]],
  'three bytes, after one': [[0xe2], [0x82, 0xac]],
  'three bytes, after two': [
    [0xe2, 0x82],
    [0xac, 0x41],
  ],
  'four bytes': [
    [0xf0, 0x9f],
    [0x98, 0x80],
  ],
};

/** Every batch of maps and sets of kind 'string' refuses the column, naming the row, and changes nothing. */
function checkRefused(rows, row, what) {
  const column = byteColumn(rows);
  const model = new Map([['here', 1]]);
  const map = make('string', 'u32').set('here', 1);
  const set = makeSet('string').add('here');
  const calls = [
    () => map.putAll(column, 2),
    () => map.putAll(column, new Uint32Array(rows.length)),
    () => map.putAll(column, 2, 'max'),
    () => map.getAll(column),
    () => map.getAll(column, { found: new Uint8Array(rows.length) }),
    () => map.hasAll(column),
    () => map.deleteAll(column),
    () => make('string', 'u32').getAll(column),
    () => make('string', 'any').putAll(column, {}),
    () => HashMap.fromColumns(column, 1, { key: 'string', value: 'u32' }),
    () => set.addAll(column),
    () => set.hasAll(column),
    () => set.deleteAll(column),
    () => HashSet.fromColumn(column, { key: 'string' }),
  ];
  for (const call of calls) {
    const { message } = refuses(call, TypeError, `${what}: ${call}`);
    assert.ok(message.includes(`[${row}]`), `${what}: row ${row} in "${message}"`);
  }
  agreesWith(map, 'string', model);
  assert.equal([...set], ['here']);
}

for (const [reason, bytes] of Object.entries(invalid)) {
  test(`${reason}: a TypeError that names the row`, () => {
    const row = Uint8Array.from(bytes);
    checkRefused([row], 0, 'alone');
    checkRefused(['here', row, 'more', row], 1, 'between others');
    for (const length of [7, 15, 16, 31, 64, 200]) {
      const long = Uint8Array.of(...new Uint8Array(length).fill(0x61), ...row);
      checkRefused(['here', '', 'Ω'.repeat(20), long], 3, `behind ${length} letters`);
      checkRefused([Uint8Array.of(...row, ...new Uint8Array(length).fill(0x61)), 'b'], 0, `before ${length} letters`);
    }
  });
}

test('a character may not begin in one row and end in the next', () => {
  for (const [what, [first, second]] of Object.entries(split)) {
    const rows = [Uint8Array.from(first), Uint8Array.from(second)];
    checkRefused(rows, 0, what);
    checkRefused([...Array(50).fill('ä'), ...rows, 'z'], 50, what);
    checkRefused([rows[1]], 0, `${what}, the end`);
  }
});

test('a bad row among many, at the seams of the parts that are checked, and in rows longer than a part', () => {
  const bad = Uint8Array.of(0xe2, 0x82);
  for (const [total, at] of [
    [1, 0],
    [1023, 1022],
    [1024, 1023],
    [1025, 1024],
    [5000, 2048],
    [5000, 4999],
  ]) {
    const rows = Array.from({ length: total }, (_, i) => `straße ${i}`);
    checkRefused(rows.with(at, bad), at, `row ${at} of ${total}`);
  }
  for (const length of [8192, 60_000, 300_000]) {
    const long = new Uint8Array(length).fill(0x61);
    for (const at of [0, length >> 1, length - 1]) {
      const broken = long.slice();
      broken[at] = 0xff;
      checkRefused(['a', long, broken, 'b'], 2, `byte ${at} of ${length}`);
    }
    checkRefused(['a', long, bad, 'b'], 2, `behind a row of ${length} bytes`);
    const cut = long.slice();
    cut[length - 1] = 0xc3;
    checkRefused(['a', cut, Uint8Array.of(0xa4), long], 1, `cut off at the end of ${length} bytes`);
  }
});

test('what bytes that no row has are does not matter', () => {
  const column = byteColumn(['ä', 'b'], { before: 3, behind: 4 });
  const map = make('string', 'u32');
  assert.is(map.putAll(column, 1), 2);
  assert.equal([...map.keys()].sort(), ['b', 'ä']);
});

test('the first and the last character of every length are taken', () => {
  const texts = ['\0', '\x7f', '\x80', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'];
  const map = make('string', 'u32');
  assert.is(map.putAll(byteColumn(texts), 1), texts.length);
  same(map.hasAll(texts), new Uint8Array(texts.length).fill(1));
  assert.equal([...map.keys()].sort(), texts.toSorted());
});

test("'bytes' takes every one of these rows", () => {
  const rows = [...Object.values(invalid), ...Object.values(split).flat()].map((row) => Uint8Array.from(row));
  const map = make('bytes', 'u32');
  const different = new Set(rows.map(String)).size;
  assert.is(map.putAll(byteColumn(rows), 1), different);
  assert.is(map.putAll(rows, 1), 0);
  same(map.hasAll(byteColumn(rows)), new Uint8Array(rows.length).fill(1));
  assert.equal(new Set([...map.keys()].map(String)), new Set(rows.map(String)));
  assert.is(map.deleteAll(byteColumn(rows)), different);
});

test("lone surrogates go out as WTF-8, which 'string' refuses as a column and 'bytes' takes", () => {
  const texts = ['\ud800', 'a\udfff', 'x'.repeat(100) + '\udbff', '\udc00\ud800'];
  const map = make('string', 'u32');
  assert.is(map.putAll([...texts, 'good'], Uint32Array.of(1, 2, 3, 4, 5)), 5);
  const array = map.columns();
  const again = make('string', 'u32');
  again.putAll(array.keys, array.values);
  for (const [key, value] of map) assert.is(again.get(key), value);
  assert.equal([...again.keys()].sort(), [...texts, 'good'].sort());

  const { keys, values } = map.columns({ strings: 'bytes' });
  refuses(() => again.putAll(keys, values), TypeError);
  refuses(() => map.getAll(keys), TypeError);
  const asBytes = make('bytes', 'u32');
  assert.is(asBytes.putAll(keys, values), 5);
  for (const [text, value] of map) assert.is(asBytes.get(Uint8Array.from(bytesOf(text))), value);
  refuses(() => [...asBytes.keys()].map(textOf), TypeError, 'they are no UTF-8');
});

test.run();
