/**
 * The check of UTF-8 in wasm says what a fatal TextDecoder says, row by row: it is called in the hasher's module, under
 * the facade.
 */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget, seed } from './support/budget.js';
import { Random } from './support/random.js';
import { bytesOf, hasher } from './support/text.js';

const test = behaviour('text: UTF-8');
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const memory = new WebAssembly.Memory({ initial: hasher.pages, maximum: 65535 });
const abort = () => assert.unreachable('the module aborted');
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(hasher.bytes()), {
  env: { memory, abort },
});
const staging = exports.STAGING.value >>> 0;
const room = exports.STAGING_BYTES.value >>> 0;

/** What the module says of rows of bytes. They stand at each of 4 places, so that blocks and tails fall differently. */
function firstInvalid(rows) {
  const offsets = [0];
  for (const row of rows) offsets.push(offsets.at(-1) + row.length);
  const at = staging + (((offsets.length + 3) * 4) & ~15);
  assert.ok(at + offsets.at(-1) + 64 <= staging + room, 'the rows fit the staging');
  new Uint32Array(memory.buffer, staging, offsets.length).set(offsets);
  const answers = [0, 1, 7, 15].map((shift) => {
    const view = new Uint8Array(memory.buffer, at + shift, offsets.at(-1) + 32);
    view.fill(0xc3, offsets.at(-1)); // what stands behind the last row must not matter
    view.set(rows.flat());
    return exports.firstInvalidRow(at + shift, staging, rows.length) >>> 0;
  });
  assert.is(new Set(answers).size, 1, `answers by place: ${answers}`);
  return answers[0];
}

function isValid(row) {
  try {
    decoder.decode(Uint8Array.from(row));
    return true;
  } catch {
    return false;
  }
}

function expected(rows) {
  const row = rows.findIndex((one) => !isValid(one));
  return row < 0 ? rows.length : row;
}

function agree(rows) {
  assert.is(firstInvalid(rows), expected(rows), JSON.stringify(rows));
}

test('each lead byte, with what may follow and what may not', () => {
  const seconds = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
  const others = [0x7f, 0x80, 0xbf, 0xc0];
  for (let lead = 0; lead < 0x100; lead++) {
    agree([[lead]]);
    for (const second of seconds) {
      agree([[lead, second]]);
      for (const third of others) {
        agree([[lead, second, third]]);
        for (const fourth of others) agree([[lead, second, third, fourth]]);
      }
    }
  }
});

test('the first and last character of each length, and their neighbours', () => {
  const valid = [0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff];
  const rows = valid.map((point) => bytesOf(String.fromCodePoint(point)));
  assert.is(firstInvalid(rows), rows.length);
  const invalid = {
    'a surrogate': bytesOf('\ud800'),
    'the last surrogate': bytesOf('\udfff'),
    'U+110000': [0xf4, 0x90, 0x80, 0x80],
    'U+0000 in two bytes': [0xc0, 0x80],
    'U+007F in two bytes': [0xc1, 0xbf],
    'U+07FF in three bytes': [0xe0, 0x9f, 0xbf],
    'U+FFFF in four bytes': [0xf0, 0x8f, 0xbf, 0xbf],
  };
  for (const [name, row] of Object.entries(invalid)) {
    assert.is(isValid(row), false, name);
    assert.is(firstInvalid([...rows, row, ...rows]), rows.length, name);
  }
});

test('one bad byte at each place of a long row', () => {
  for (const text of ['a'.repeat(200), 'ä'.repeat(100), '€'.repeat(70), 'ASCII, ä€\u{1f600}'.repeat(10)]) {
    const row = bytesOf(text);
    for (let i = 0; i < row.length; i++) {
      for (const bad of [0x80, 0xc3, 0xff]) agree([[0x61], row, row.with(i, bad), row]);
    }
  }
});

test('a character that spans two rows', () => {
  for (const text of ['ä', '€', '\u{1f600}', 'a'.repeat(63) + 'ä']) {
    const bytes = bytesOf(text);
    for (let cut = 0; cut <= bytes.length; cut++) agree([[0x61], bytes.slice(0, cut), bytes.slice(cut), []]);
  }
});

test('no rows, empty rows, and offsets that do not begin at 0', () => {
  assert.is(firstInvalid([]), 0);
  assert.is(firstInvalid([[], [], []]), 3);
  assert.is(firstInvalid([[], [0x80], []]), 1);
  new Uint32Array(memory.buffer, staging, 3).set([2, 3, 4]);
  new Uint8Array(memory.buffer, staging + 16, 5).set([0xff, 0xff, 0x61, 0x62, 0xff]);
  assert.is(exports.firstInvalidRow(staging + 16, staging, 2), 2);
});

test('random rows, some of whose bytes are changed', () => {
  const random = new Random(seed);
  const alphabets = ['abcdefgh 123', 'aäöüßabcdef', 'жщъ', '語文字', '\u{1f600}\u{10ffff}', 'aä€\u{1f600}'].map(
    (text) => [...text],
  );
  const draw = () => {
    const alphabet = random.pick(alphabets);
    const row = Array.from({ length: random.below(random.pick([4, 20, 150])) }, () => random.pick(alphabet));
    const bytes = bytesOf(row.join(''));
    if (random.below(12) === 0 && bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256);
    if (random.below(20) === 0) bytes.splice(random.below(bytes.length + 1), 1);
    return bytes;
  };
  let broken = 0;
  for (let run = budget(3000); run > 0; run--) {
    const rows = Array.from({ length: random.below(20) }, draw);
    agree(rows);
    if (expected(rows) < rows.length) broken++;
  }
  assert.ok(broken > 100, `${broken} columns had a row that is not UTF-8`);
});

test('random bytes', () => {
  const random = new Random(seed + 1);
  const pick = [
    () => random.below(256),
    () => 0x80 + random.below(128),
    () => random.pick([0x80, 0xbf, 0xc3, 0xe2, 0xed, 0xf0]),
  ];
  for (let run = budget(3000); run > 0; run--) {
    const byte = random.pick(pick);
    agree(Array.from({ length: 6 }, () => Array.from({ length: random.below(5) }, byte)));
  }
});

test.run();
