/** Strings to bytes: UTF-8, with lone surrogates as three bytes. */
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget, seed } from './support/budget.js';
import {
  anyText,
  asInBrowsers,
  encoderOfOlderHost,
  bytesOf,
  byteLength,
  corners,
  encoded,
  encodeOne,
  FILL,
  targets,
} from './support/text.js';

const test = behaviour('text: encoding');

/** One string into a room of `room` bytes: what `encodeOne` says, with the bytes held to the definition. */
function writeOne(text, room, target, encode = encodeOne) {
  const expected = bytesOf(text);
  const bytes = targets[target](room + 8);
  const written = encode(text, bytes, 3, room);
  if (written >= 0) {
    assert.is(written, expected.length);
    assert.ok(expected.every((byte, i) => bytes[3 + i] === byte));
  }
  assert.ok([...bytes.subarray(0, 3), ...bytes.subarray(3 + room)].every((byte) => byte === FILL));
  return written;
}

for (const [name, text] of Object.entries(corners)) {
  for (const target of Object.keys(targets)) {
    test(`${name}, one string, ${target}`, () => {
      const { length } = bytesOf(text);
      assert.is(byteLength(text), length);
      assert.is(writeOne(text, length, target), length);
      assert.is(writeOne(text, length + 5, target), length);
      if (length > 0) assert.is(writeOne(text, length - 1, target), -1);
    });

    test(`${name}, among rows, ${target}`, () => {
      const strings = ['a row that is longer than a brief one', text, 'x', text, 'and one more of these longer rows'];
      assert.is(encoded(strings, { target }).rows, 5);
      assert.is(encoded(strings, { target, from: 1 }).rows, 4);
    });
  }
}

test('each length around the limits of the ways to encode', () => {
  for (const [last, more] of Object.entries({ a: 0, ä: 1, '€': 2, '\ud800': 2 })) {
    for (const length of [11, 12, 13, 47, 48, 49, 16383, 16384, 16385, 32768]) {
      const text = 'a'.repeat(length - 1) + last;
      assert.is(writeOne(text, length + more, 'shared'), length + more);
      assert.is(writeOne(text, length + more - 1, 'shared'), -1);
      encoded([text, 'then one that is joined', text], { target: 'shared' });
    }
  }
});

test('a pair across each border of the parts of a long string', () => {
  for (let before = 16380; before <= 16390; before++) {
    const text = 'a'.repeat(before) + '\u{1f600}'.repeat(20_000);
    assert.is(byteLength(text), before + 80_000);
    assert.is(writeOne(text, before + 80_000, 'shared'), before + 80_000);
  }
});

test('a high surrogate that ends a row and a low one that begins the next stay two', () => {
  const strings = ['a row that is not brief \ud83d', '\ude00 nor is this row', '\ud83d', '\ude00', '', '\ude00'];
  for (const from of [0, 1, 2]) encoded(strings, { from });
  const { offsets } = encoded(['\ud83d', '\ude00']);
  assert.equal([...offsets.subarray(0, 3)], [0, 3, 6]);
});

test('as many rows as fit, for each room', () => {
  const ascii = Array.from({ length: 12 }, (_, i) => `row number ${i} `.repeat(1 + (i % 3)));
  const mixed = [
    '',
    'brief',
    'ä',
    'a longer row in German: ö',
    '',
    '\ud800',
    'a long row of ASCII',
    '\u{1f600}'.repeat(9),
    '',
  ];
  for (const strings of [ascii, mixed, [...ascii, ...mixed], [...mixed, ...ascii]]) {
    const total = bytesOf(strings.join('|')).length;
    for (let room = 0; room <= total; room++) encoded(strings, { room, target: 'shared' });
  }
  assert.is(encoded(['é'], { room: 1 }).rows, 0);
  assert.is(encoded(['', '', 'a'], { room: 0 }).rows, 2);
  assert.is(encoded([], { room: 0 }).rows, 0);
  assert.is(encoded(['x'.repeat(20_000)], { room: 19_999 }).rows, 0);
});

test('many rows: ASCII, then rows that are not, then ASCII again', () => {
  const rows = budget(30_000, { debug: 3000, high: 3000 });
  const strings = Array.from({ length: rows }, (_, i) => {
    const third = Math.floor((i * 3) / rows);
    return third === 1 && i % 50 === 0 ? `Straße Nummer ${i} \ud800` : `street number ${i} `.repeat(i % 4);
  });
  assert.is(encoded(strings, { target: 'shared' }).rows, rows);
});

test('a host without isWellFormed', async () => {
  const older = await encoderOfOlderHost();
  assert.is.not(older.encodeOne, encodeOne);
  for (const text of Object.values(corners)) {
    const long = text + ' and so on, to be longer than a short string is'.repeat(2) + text;
    const { length } = bytesOf(long);
    assert.is(writeOne(long, length, 'shared', older.encodeOne), length);
  }
});

test('a host that refuses views of shared memory', () => {
  asInBrowsers(() => {
    for (const text of Object.values(corners)) {
      assert.is(writeOne(text, bytesOf(text).length, 'shared'), bytesOf(text).length);
      encoded([text, 'a row that is joined', text], { target: 'shared' });
    }
  });
});

test('any strings, any room', () => {
  const property = fc.property(
    fc.array(anyText, { maxLength: 40 }),
    fc.nat(400),
    fc.constantFrom(...Object.keys(targets)),
    (strings, missing, target) => {
      const room = Math.max(0, bytesOf(strings.join('|')).length - missing);
      encoded(strings, { target });
      encoded(strings, { target, room, from: Math.min(missing % 5, strings.length) });
      for (const text of strings.slice(0, 5)) {
        const { length } = bytesOf(text);
        assert.is(byteLength(text), length);
        assert.is(writeOne(text, length, target), length);
      }
    },
  );
  fc.assert(property, { seed, numRuns: budget(300) });
});

test.run();
