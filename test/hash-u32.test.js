import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { refuses, same } from './support/check.js';
import { fmix32, hashOf, unhash } from './support/fmix32.js';
import { distinctKeys, Random } from './support/random.js';
import { hash } from './support/tophash.js';

const test = behaviour('hash-u32');
const golden = JSON.parse(readFileSync(new URL('golden/hash-u32.json', import.meta.url), 'utf8'));
const seeds = [0, 1, 0x9e3779b9, 2 ** 31, 2 ** 32 - 1];
const reference = (keys, seed = 0) => Uint32Array.from(keys, (key) => hashOf(key, seed));

test('the reference is the finaliser of MurmurHash3', () => {
  assert.is(fmix32(0), 0);
  assert.is(fmix32(1), 0x514e28b7);
  assert.is(fmix32(2 ** 32 - 1), 0x81f16f39);
  for (const key of distinctKeys(1000, 1)) assert.is(unhash(hashOf(key, 77), 77), key);
});

test('golden values', () => {
  assert.is(hash.id, golden.id);
  assert.ok(golden.cases.length >= 5);
  for (const { seed, keys, hashes } of golden.cases) {
    same(hash.u32(Uint32Array.from(keys), seed), Uint32Array.from(hashes), `seed ${seed}`);
    keys.forEach((key, i) => void assert.is(hash.u32(Uint32Array.of(key), seed)[0], hashes[i]));
  }
});

test('a million keys', () => {
  const keys = distinctKeys(budget(1e6, { full: 1e6 }), 2);
  for (const seed of [0, 0xdeadbeef]) same(hash.u32(keys, seed), reference(keys, seed));
  same(hash.u32(keys), reference(keys), 'the seed is 0 when left out');
});

test('every length at every offset', () => {
  const all = distinctKeys(80, 3);
  for (let offset = 0; offset < 8; offset++) {
    for (let length = 0; length <= 67; length++) {
      const keys = all.subarray(offset, offset + length);
      const out = new Uint32Array(100).fill(7);
      same(hash.u32(keys, 5, out.subarray(3 + offset, 3 + offset + length)), reference(keys, 5));
      const around = new Uint32Array(100).fill(7);
      around.set(reference(keys, 5), 3 + offset);
      same(out, around, 'nothing written beside');
    }
  }
});

test('lengths around the size of the staging area', () => {
  const all = distinctKeys(40000, 4);
  for (const around of [128, 1792, 1800, 2048, 3584, 4096, 8192, 16384, 32768]) {
    for (const length of [around - 1, around, around + 1])
      same(hash.u32(all.subarray(0, length)), reference(all.subarray(0, length)));
  }
});

test('Int32Array has the same bits', () => {
  const keys = distinctKeys(1000, 5);
  for (const seed of seeds) same(hash.u32(new Int32Array(keys.buffer), seed), hash.u32(keys, seed));
});

test('writes to out, which may be the keys or overlap them', () => {
  const random = new Random(6);
  for (const Buffer of [ArrayBuffer, SharedArrayBuffer]) {
    for (const length of [1, 5, 64, 1000, 5000]) {
      for (const [keysAt, outAt] of [
        [0, 0],
        [0, 1],
        [1, 0],
        [0, 4],
        [4, 0],
        [0, 900],
        [900, 0],
      ]) {
        const buffer = new Buffer(4 * (length + 1000));
        const keys = new Uint32Array(buffer, 4 * keysAt, length);
        for (let row = 0; row < length; row++) keys[row] = random.u32();
        const expected = reference(keys, 9);
        const out = new Uint32Array(buffer, 4 * outAt, length);
        assert.is(hash.u32(keys, 9, out), out);
        same(out, expected, `${length} keys at ${keysAt}, out at ${outAt}`);
      }
    }
  }
});

test('refuses wrong columns and seeds', () => {
  const keys = Uint32Array.of(1, 2);
  for (const wrong of [
    [1, 2],
    new Float64Array(2),
    new Uint8Array(8),
    new BigUint64Array(1),
    5,
    'ab',
    null,
    undefined,
  ]) {
    refuses(() => hash.u32(wrong), TypeError, String(wrong));
  }
  for (const wrong of [-1, 2 ** 32, 1.5, NaN, Infinity])
    refuses(() => hash.u32(keys, wrong), RangeError, String(wrong));
  for (const wrong of ['1', 1n, null, {}, true]) refuses(() => hash.u32(keys, wrong), TypeError, String(wrong));
  for (const wrong of [new Int32Array(2), new Float32Array(2), new BigUint64Array(2), [0, 0], null, 5]) {
    refuses(() => hash.u32(keys, 0, wrong), TypeError, `out ${String(wrong)}`);
  }
  for (const length of [0, 1, 3])
    refuses(() => hash.u32(keys, 0, new Uint32Array(length)), RangeError, `out of ${length}`);
  const gone = Uint32Array.of(1, 2);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  refuses(() => hash.u32(gone), TypeError, 'detached');
  refuses(() => hash.u32(keys, 0, gone), TypeError, 'detached out');
});

test('has a name for its version', () => {
  assert.type(hash.id, 'string');
  assert.ok(hash.id.length > 0);
});

test.run();
