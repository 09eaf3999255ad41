/**
 * Memory that the system is asked for ahead, or to move: nothing in it changes, large pages are left alone where they come
 * slowly, and idle time is taken for them.
 */
import * as assert from 'uvu/assert';
import { suite } from 'uvu';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { HashMap } from '../../build/native/index.js';
import { LargePages } from '../../build/release/native/pages.js';
import { useKernels } from '../support/native.js';
import { Random } from '../support/random.js';
import { addonPath } from './build.js';

const test = suite('native pages');
const { adviseLarge, backMemory, collapsePage } = createRequire(import.meta.url)(addonPath);
const REFUSED = 0xffffffff;
const MIB = 2 ** 20;

test('what stands in the memory stays, large pages or small', () => {
  const memory = new Uint8Array(new SharedArrayBuffer(16 * MIB));
  const random = new Random(1);
  const places = Array.from({ length: 2000 }, () => random.below(memory.length));
  for (const place of places) memory[place] = (place & 255) | 1;
  const sum = (of) => of.reduce((all, byte) => all + byte, 0);
  const before = sum(memory);
  assert.is(adviseLarge(memory, 0, memory.length), 0);
  for (const large of [1, 0]) {
    const answer = backMemory(memory, 12345, 15 * MIB, large);
    assert.ok(answer === 0 || (answer === 1 && large === 1), `${answer}`);
  }
  for (let from = 0; from <= 12 * MIB; from += MIB) {
    const answer = collapsePage(memory, from, 4 * MIB);
    assert.ok(answer === 0 || answer === REFUSED, `${answer}`);
  }
  assert.is(sum(memory), before);
  for (const place of places) assert.is(memory[place], (place & 255) | 1);
});

test('what does not lie in the memory is refused', () => {
  const memory = new Uint8Array(MIB);
  for (const [from, length] of [
    [0, MIB + 1],
    [MIB, 1],
    [1, MIB],
    [2 ** 32 - 1, 1],
    [1, 2 ** 32 - 1],
  ]) {
    assert.is(adviseLarge(memory, from, length), REFUSED);
    assert.is(collapsePage(memory, from, length), REFUSED);
    assert.is(backMemory(memory, from, length, 1), REFUSED);
    assert.is(backMemory(memory, from, length, 0), REFUSED);
  }
});

test('large pages that came slowly are not asked for again at once, but later, and later each time', () => {
  const { now } = performance;
  let time = 0;
  performance.now = () => time;
  try {
    /** @type {number[]} */
    const asked = [];
    let answer = 1;
    const back = new LargePages().gauged((_, from, length, large) => {
      asked.push(large);
      return large === 1 ? answer : 0;
    });
    const memory = new Uint8Array(1);
    const askAt = (ms, large = 1) => {
      time = ms;
      back(memory, 0, 1, large);
      return asked.at(-1);
    };
    assert.is(askAt(0, 0), 0, 'not asked for');
    assert.is(askAt(0), 1);
    assert.is(askAt(999), 0);
    assert.is(askAt(1000), 1, 'a second later');
    assert.is(askAt(2999), 0);
    assert.is(askAt(3000), 1, 'two seconds later');
    answer = 0;
    assert.is(askAt(7000), 1);
    assert.is(askAt(7000), 1, 'they came fast');
    answer = 1;
    assert.is(askAt(7000), 1);
    assert.is(askAt(7999), 0);
    assert.is(askAt(8000), 1, 'again a second');
  } finally {
    performance.now = now;
  }
});

/** Bytes of this process in large pages. */
const inLargePages = () =>
  1024 * Number(/AnonHugePages: +(\d+)/.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1]);

/** Memory of some size that is touched page by page, and so in small ones. */
function touched(bytes) {
  const memory = new Uint8Array(new SharedArrayBuffer(bytes));
  for (let at = 0; at < bytes; at += 4096) memory[at] = 1;
  return memory;
}

test('idle time moves what has grown to large pages, a step each, and comes to an end', async () => {
  const before = inLargePages();
  const scratch = touched(16 * MIB);
  // Before Linux 6.1 it is taken for done, and where they are switched off it is refused.
  const moves = collapsePage(scratch, 0, scratch.length) === 0 && inLargePages() - before === 2 * MIB;
  assert.is(scratch[4096], 1);
  await useKernels('native');
  const map = new HashMap({ key: 'u32', value: 'f64' });
  let count = 0;
  const grow = (entries) => {
    for (; count < entries; count++) map.set(Math.imul(count, 0x9e3779b1) >>> 0, count);
  };
  const settle = () => {
    let calls = 1;
    while (map.maintain(0)) assert.ok(++calls < 10_000, 'it comes to an end');
    return calls;
  };
  for (const entries of [400_000, 800_000]) {
    grow(entries);
    const small = inLargePages();
    const calls = settle();
    const added = inLargePages() - small;
    if (moves) assert.ok(added >= 2 * MIB && calls > 1, `${added} bytes more in large pages after ${calls} calls`);
    assert.is(map.maintain(), false);
    for (let i = 0; i < count; i += 777) assert.is(map.get(Math.imul(i, 0x9e3779b1) >>> 0), i);
  }
  assert.is(map.size, count);
});

test.run();
