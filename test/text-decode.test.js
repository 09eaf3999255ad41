/** Bytes to strings: each comes back unit by unit as it was. */
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget, seed } from './support/budget.js';
import { same } from './support/check.js';
import { anyText, asInBrowsers, bytesOf, corners, decodeOne, decodeRows, encoded, targets } from './support/text.js';

const test = behaviour('text: decoding');

/** The strings come back from their bytes, as a column and one by one. */
function comeBack(strings, target) {
  const { bytes, at, offsets, rows } = encoded(strings, { target });
  same(decodeRows(bytes, at, offsets, rows), strings, 'decodeRows');
  const single = strings.map((_, row) => decodeOne(bytes, at + offsets[row], at + offsets[row + 1]));
  same(single, strings, 'decodeOne');
}

for (const [name, text] of Object.entries(corners)) {
  for (const target of Object.keys(targets)) {
    test(`${name}, ${target}`, () => {
      comeBack([text], target);
      comeBack(['before', text, text, 'after'], target);
    });
  }
}

test('bytes that the library did not write', () => {
  for (const target of Object.keys(targets)) {
    const text = 'ASCII, ä, €, \u{1f600}, \ud800';
    const expected = bytesOf(text);
    const bytes = targets[target](expected.length);
    bytes.set(expected);
    assert.is(decodeOne(bytes, 0, expected.length), text);
    assert.equal(decodeRows(bytes, 7, Uint32Array.of(0, 2, 2, 3), 3), ['ä', '', ',']);
  }
});

test('a host that refuses views of shared memory', () => {
  asInBrowsers(() => {
    for (const text of Object.values(corners)) comeBack([text, 'a row', text], 'shared');
  });
});

test('surrogates that meet where rows do stay apart', () => {
  comeBack(['\ud83d', '\ude00', 'a\ud83d', '\ude00b', '', '\ude00'], 'shared');
});

test('each length around the size of a part', () => {
  for (const last of ['a', 'ä', '€', '\u{1f600}', '\ud800', '\ufffd']) {
    for (let length = 4088; length <= 4100; length++) {
      comeBack(['x'.repeat(length) + last, last, 'y'.repeat(4096), last + 'z'.repeat(length), ''], 'shared');
    }
  }
});

test('no rows, and many empty ones', () => {
  assert.equal(decodeRows(new Uint8Array(0), 0, Uint32Array.of(0), 0), []);
  comeBack(new Array(10_000).fill(''), 'shared');
  comeBack([...new Array(10_000).fill(''), 'ä', ...new Array(10_000).fill('')], 'shared');
});

test('offsets that do not begin at 0', () => {
  const strings = ['first', 'zweite, möglichst', 'third'];
  const { bytes, at, offsets } = encoded(strings);
  same(decodeRows(bytes, at, offsets.subarray(1), 2), strings.slice(1));
});

test('many rows: ASCII, then rows that are not, then ASCII again', () => {
  const rows = budget(20_000, { debug: 3000, high: 3000 });
  const strings = Array.from({ length: rows }, (_, i) => {
    const third = Math.floor((i * 3) / rows);
    return third === 1 && i % 50 === 0 ? `Straße Nummer ${i} \ud800` : `street number ${i} `.repeat(i % 4);
  });
  comeBack(strings, 'shared');
});

test('any strings', () => {
  const property = fc.property(
    fc.array(anyText, { maxLength: 60 }),
    fc.constantFrom(...Object.keys(targets)),
    (strings, target) => comeBack(strings, target),
  );
  fc.assert(property, { seed, numRuns: budget(300) });
});

test.run();
