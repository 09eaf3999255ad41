import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { kneeLine, kneesOf } from '../bench/knees/knees.js';
import { bytesOf, memoryLevels } from '../bench/knees/levels.js';
import { behaviour } from './support/behaviour.js';

const test = behaviour('bench-knees');

const LEVELS = [
  { name: 'L1', bytes: 32 * 1024 },
  { name: 'L2', bytes: 512 * 1024 },
  { name: 'L3', bytes: 32 * 1024 * 1024 },
];
/** Tables of 16 bytes an entry, N by powers of 2. */
const curve = (nsOf, from = 10, to = 24) =>
  Array.from({ length: to - from + 1 }, (_, i) => {
    const n = 2 ** (from + i);
    return { n, ns: nsOf(n), bytes: 16 * n };
  });

test('a level gives way where the time rises beyond it, and is hidden where it does not', () => {
  const [l1, l2, l3] = kneesOf(
    curve((n) => (n <= 2 ** 15 ? 5 : n <= 2 ** 21 ? 15 : 40)),
    LEVELS,
  );
  assert.equal(
    [l1, l2, l3].map(({ verdict }) => verdict),
    ['hidden', 'gives way', 'gives way'],
  );
  assert.equal(
    [l1, l2, l3].map(({ fitsUpTo }) => fitsUpTo),
    [2 ** 11, 2 ** 15, 2 ** 21],
  );
  assert.is(l2.at, 2 ** 16);
  assert.is(l2.rise, 3);
  assert.match(kneeLine(l2), /L2, 512 KiB: full at N = 32,768; gives way, first seen at N = 65,536/);
  assert.match(kneeLine(l1), /hidden/);
});

test('noise is no knee', () => {
  const knees = kneesOf(
    curve((n) => (Math.log2(n) % 2 ? 10 : 12)),
    LEVELS,
  );
  assert.equal(
    knees.map(({ verdict }) => verdict),
    ['hidden', 'hidden', 'hidden'],
  );
});

test('a level that was measured on one side only', () => {
  const [l1, l2, l3] = kneesOf(
    curve(() => 5, 14, 18),
    LEVELS,
  );
  assert.equal(
    [l1, l2, l3].map(({ verdict }) => verdict),
    ['not measured', 'hidden', 'not measured'],
  );
  assert.match(kneeLine(l3), /not measured on both sides/);
});

test('nothing was measured', () => {
  assert.ok(kneesOf([], LEVELS).every(({ verdict }) => verdict === 'not measured'));
});

test('levels as Linux lists them, without instructions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tophash-levels-'));
  [
    ['1', 'Data', '32K'],
    ['1', 'Instruction', '32K'],
    ['2', 'Unified', '512K'],
    ['3', 'Unified', '32M'],
  ].forEach(([level, type, size], i) => {
    const index = join(folder, `index${i}`);
    mkdirSync(index);
    for (const [file, text] of Object.entries({ level, type, size })) writeFileSync(join(index, file), `${text}\n`);
  });
  const levels = memoryLevels(folder);
  rmSync(folder, { recursive: true });
  assert.equal(
    levels.filter(({ assumed }) => !assumed),
    LEVELS,
  );
  assert.equal(memoryLevels(folder), [], 'no such folder');
  assert.is(bytesOf('48K'), 49152);
});

test.run();
