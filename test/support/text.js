/**
 * Strings and their bytes, for the tests of the crossing between them: the library's functions, and an encoder written
 * from the definition alone.
 */
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { build } from './tophash.js';

const place = `../../build/${build}`;

export const { byteLength, decodeOne, decodeRows, encodeOne, encodeRows } = await import(`${place}/text.js`);
export const { hasher } = await import(`${place}/wasm/sources.js`);

/** The library's encoder as a host has it whose strings know no `isWellFormed`. */
export async function encoderOfOlderHost() {
  const method = Object.getOwnPropertyDescriptor(String.prototype, 'isWellFormed');
  delete String.prototype.isWellFormed;
  try {
    return await import(`${place}/text/encode.js?older`);
  } finally {
    if (method !== undefined) Object.defineProperty(String.prototype, 'isWellFormed', method);
  }
}

/** Runs a function while TextEncoder and TextDecoder refuse views of shared memory, as they do in browsers. */
export function asInBrowsers(run) {
  const encodeInto = TextEncoder.prototype.encodeInto;
  const decode = TextDecoder.prototype.decode;
  const check = (view) => assert.ok(view.buffer instanceof ArrayBuffer, 'a view of unshared memory');
  TextEncoder.prototype.encodeInto = function (text, view) {
    check(view);
    return encodeInto.call(this, text, view);
  };
  TextDecoder.prototype.decode = function (view) {
    check(view);
    return decode.call(this, view);
  };
  try {
    run();
  } finally {
    TextEncoder.prototype.encodeInto = encodeInto;
    TextDecoder.prototype.decode = decode;
  }
}

/** The bytes of a string, by the tables of RFC 3629, with lone surrogates let through. */
export function bytesOf(text) {
  const bytes = [];
  for (const character of text) {
    const point = character.codePointAt(0);
    const tail = (shift) => 0x80 | ((point >> shift) & 0x3f);
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(0));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), tail(6), tail(0));
    else bytes.push(0xf0 | (point >> 18), tail(12), tail(6), tail(0));
  }
  return bytes;
}

/** Views of both kinds of memory, filled with `FILL`. */
export const FILL = 0xaa;
export const targets = {
  unshared: (length) => new Uint8Array(length).fill(FILL),
  shared: (length) => new Uint8Array(new SharedArrayBuffer(length)).fill(FILL),
};

/** Bytes before the room in {@link encoded}, and behind it. */
const MARGIN = 11;

/**
 * Encodes strings[from ..) into a room of `room` bytes (default: what they need), holds the result to the definition,
 * and returns it: `bytes`, where they begin (`at`), the `offsets` and how many `rows`.
 */
export function encoded(strings, { from = 0, room, target = 'unshared' } = {}) {
  const expected = strings.slice(from).map(bytesOf);
  const free = room ?? expected.reduce((sum, bytes) => sum + bytes.length, 0);
  const bytes = targets[target](MARGIN + free + MARGIN);
  const all = new Uint32Array(expected.length + 3).fill(FILL);
  const rows = encodeRows(strings, from, strings.length, bytes, MARGIN, free, all, 2);
  const offsets = all.subarray(2);
  let used = 0;
  assert.is(offsets[0], 0);
  for (let row = 0; row < rows; row++) {
    const end = used + expected[row].length;
    assert.is(offsets[row + 1], end, `end of row ${row}`);
    const actual = bytes.subarray(MARGIN + used, MARGIN + end);
    assert.ok(
      actual.every((byte, i) => byte === expected[row][i]),
      `bytes of row ${row}`,
    );
    used = end;
  }
  assert.ok(used <= free, `${used} bytes in a room of ${free}`);
  assert.ok(rows === expected.length || used + expected[rows].length > free, `row ${rows} fits, too`);
  assert.equal([...all.subarray(0, 2)], [FILL, FILL], 'before the offsets');
  const margins = [...bytes.subarray(0, MARGIN), ...bytes.subarray(MARGIN + free)];
  assert.ok(
    margins.every((byte) => byte === FILL),
    'around the room',
  );
  return { bytes, at: MARGIN, offsets, rows };
}

/** Strings that go wrong in one encoder or another. */
export const corners = {
  empty: '',
  'U+0000': '\0',
  'a name of Object': '__proto__',
  'a lone high surrogate': '\ud800',
  'a lone low surrogate': '\udfff',
  'a high surrogate at the start': '\udbffend',
  'a low surrogate at the start': '\udc00end',
  'a high surrogate at the end': 'end\ud800',
  'a low surrogate at the end': 'end\udc00',
  'surrogates the wrong way round': '\udc00\ud800',
  'a pair after a high surrogate': '\ud83d\ud83d\ude00',
  'U+FEFF first': '\ufeffkey',
  'U+FEFF alone': '\ufeff',
  'U+FFFE': '\ufffe',
  'U+FFFD': '\ufffd',
  'U+FFFD beside a lone surrogate': '\ufffd\ud800\ufffd',
  'two bytes': '\u0080\u07ff',
  'three bytes': '\u0800\uffff',
  'four bytes': '\u{10000}\u{10ffff}',
  'the latin alphabet of German': 'Fußgängerübergänge',
  'a mixture': 'a\u00e4\u20ac\u{1f600}\0z'.repeat(9),
  '70,000 characters': 'seventy'.repeat(10_000),
  '70,000 pairs': 'x' + '\u{1f600}'.repeat(70_000),
  '70,000 characters and a lone surrogate': 'seventy'.repeat(10_000) + '\udead',
  'a megabyte': '0123456789abcdef'.repeat(65_536),
};

const unit = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 0x7f }) },
  { weight: 2, arbitrary: fc.constantFrom(0xd800, 0xdbff, 0xdc00, 0xdfff, 0xfeff, 0xfffd, 0x80, 0x7ff, 0x800, 0xffff) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }) },
);
const textOf = (one, length) =>
  fc.array(one, { maxLength: length, size: 'max' }).map((units) => String.fromCharCode(...units));

/** Any string at all, short or some dozens of units long. */
export const anyText = fc.oneof(
  textOf(unit, 20),
  textOf(unit, 80),
  textOf(fc.integer({ min: 0, max: 0x7f }), 80),
  fc.constantFrom(...Object.values(corners).filter((text) => text.length < 100)),
);
