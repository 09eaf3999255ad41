import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { refuses, same } from './support/check.js';
import { fmix64, hashOf64, unhash64 } from './support/fmix64.js';
import { bitsOf } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';
import { hash } from './support/tophash.js';

const test = behaviour('hash-u64');
const golden = JSON.parse(readFileSync(new URL('golden/hash-u64.json', import.meta.url), 'utf8'));
const seeds = [0, 1, 0x9e3779b9, 2 ** 31, 2 ** 32 - 1];
const reference = (keys, seed = 0) => BigUint64Array.from(keys, (key) => hashOf64(key, seed));
const lowWords = (hashes) => Uint32Array.from(hashes, (h) => Number(h & 0xffff_ffffn));
const whole = (keys, seed) => hash.u64(keys, seed, new BigUint64Array(keys.length));
const distinct = (rows, seed) => distinctKeys(rows, seed, BigUint64Array);

test('the reference is the finaliser of MurmurHash3, with 64 bits', () => {
  assert.is(fmix64(0n), 0n);
  assert.is(fmix64(1n), 0xb456bcfc34c2cb2cn);
  assert.is(fmix64(2n ** 64n - 1n), 0x64b5720b4b825f21n);
  for (const key of distinct(1000, 1)) assert.is(unhash64(hashOf64(key, 77), 77), key);
});

test('golden values', () => {
  assert.is(hash.id, golden.id);
  assert.ok(golden.cases.length >= 5);
  for (const { seed, keys, hashes } of golden.cases) {
    const expected = BigUint64Array.from(hashes, BigInt);
    same(whole(BigUint64Array.from(keys, BigInt), seed), expected, `seed ${seed}`);
    keys.forEach((key, i) => void assert.is(whole(BigUint64Array.of(BigInt(key)), seed)[0], expected[i]));
  }
});

test('many keys, and their low words', () => {
  const keys = distinct(budget(1e5, { full: 1e6 }), 2);
  for (const seed of [0, 0xdeadbeef]) {
    const expected = reference(keys, seed);
    same(whole(keys, seed), expected);
    same(hash.u64(keys, seed), lowWords(expected), 'a Uint32Array when out is left out');
    same(hash.u64(keys, seed, new Uint32Array(keys.length)), lowWords(expected));
  }
  same(hash.u64(keys), lowWords(reference(keys)), 'the seed is 0 when left out');
});

test('every bit of the seed reaches both words', () => {
  const words = (seed) => whole(BigUint64Array.of(12345n), seed)[0];
  for (let bit = 0; bit < 32; bit++) {
    const changed = words(0) ^ words((1 << bit) >>> 0);
    for (const word of [changed >> 32n, changed & 0xffff_ffffn]) {
      const bits = word.toString(2).replaceAll('0', '').length;
      assert.ok(bits >= 5 && bits <= 27, `bit ${bit} changes ${bits} bits of a word`);
    }
  }
});

test('every length at every offset', () => {
  const all = distinct(80, 3);
  const expected = reference(all, 5);
  for (let offset = 0; offset < 4; offset++) {
    for (let length = 0; length <= 67; length++) {
      const keys = all.subarray(offset, offset + length);
      const hashes = expected.subarray(offset, offset + length);
      for (const [Out, out] of [
        [BigUint64Array, hashes],
        [Uint32Array, lowWords(hashes)],
      ]) {
        const filler = Out === Uint32Array ? 7 : 7n;
        const actual = new Out(100).fill(filler);
        same(hash.u64(keys, 5, actual.subarray(3 + offset, 3 + offset + length)), out);
        const around = new Out(100).fill(filler);
        around.set(out, 3 + offset);
        same(actual, around, 'nothing written beside');
      }
    }
  }
});

test('lengths around the size of the staging area', () => {
  const all = distinct(9000, 4);
  const expected = reference(all);
  for (const around of [128, 1024, 1792, 2048, 4096, 8192]) {
    for (const length of [around - 1, around, around + 1]) {
      same(whole(all.subarray(0, length)), expected.slice(0, length));
      same(hash.u64(all.subarray(0, length)), lowWords(expected.subarray(0, length)));
    }
  }
});

test('BigInt64Array has the same bits', () => {
  const keys = distinct(1000, 5);
  for (const seed of seeds) same(whole(new BigInt64Array(keys.buffer), seed), whole(keys, seed));
});

test('Float64Array has the bits of its numbers, -0 being 0 and all NaN one', () => {
  const random = new Random(6);
  const bits = distinct(5000, 6);
  for (let row = 0; row < bits.length; row += 5)
    bits[row] = random.pick([0n, 2n ** 63n, random.u64() | (0x7ffn << 52n)]);
  const keys = new Float64Array(bits.buffer);
  const before = bits.slice();
  for (const seed of seeds) {
    const expected = BigUint64Array.from(keys, (key) => hashOf64(bitsOf(key + 0), seed));
    same(whole(keys, seed), expected);
    same(hash.u64(keys, seed), lowWords(expected));
  }
  same(bits, before, 'the column is as it was');
});

test('writes to out, which may be the keys or overlap them', () => {
  const random = new Random(7);
  for (const Buffer of [ArrayBuffer, SharedArrayBuffer]) {
    for (const length of [1, 5, 64, 1000, 5000]) {
      for (const [keysAt, outAt] of [
        [0, 0],
        [0, 1],
        [1, 0],
        [4, 0],
        [0, 900],
        [900, 0],
      ]) {
        for (const Out of [BigUint64Array, Uint32Array]) {
          const buffer = new Buffer(8 * (length + 1000));
          const keys = new BigUint64Array(buffer, 8 * keysAt, length);
          for (let row = 0; row < length; row++) keys[row] = random.u64();
          const expected = reference(keys, 9);
          const out = new Out(buffer, 8 * outAt, length);
          assert.is(hash.u64(keys, 9, out), out);
          same(
            out,
            Out === Uint32Array ? lowWords(expected) : expected,
            `${length} keys at ${keysAt}, out at ${outAt}`,
          );
        }
      }
    }
  }
});

test('refuses wrong columns and seeds', () => {
  const keys = BigUint64Array.of(1n, 2n);
  for (const wrong of [
    [1n, 2n],
    new Uint32Array(2),
    new Uint8Array(8),
    new Float32Array(1),
    5n,
    'ab',
    null,
    undefined,
  ]) {
    refuses(() => hash.u64(wrong), TypeError, String(wrong));
  }
  for (const wrong of [-1, 2 ** 32, 1.5, NaN, Infinity])
    refuses(() => hash.u64(keys, wrong), RangeError, String(wrong));
  for (const wrong of ['1', 1n, null, {}, true]) refuses(() => hash.u64(keys, wrong), TypeError, String(wrong));
  for (const wrong of [new Int32Array(2), new Float64Array(2), new BigInt64Array(2), [0n, 0n], null, 5]) {
    refuses(() => hash.u64(keys, 0, wrong), TypeError, `out ${String(wrong)}`);
  }
  for (const Out of [Uint32Array, BigUint64Array]) {
    for (const length of [0, 1, 3]) refuses(() => hash.u64(keys, 0, new Out(length)), RangeError, `out of ${length}`);
  }
  const gone = BigUint64Array.of(1n, 2n);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  refuses(() => hash.u64(gone), TypeError, 'detached');
  refuses(() => hash.u64(keys, 0, gone), TypeError, 'detached out');
});

test.run();
