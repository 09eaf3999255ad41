import fc from 'fast-check';
import { behaviour } from './support/behaviour.js';
import { budget, seed } from './support/budget.js';
import { refuses, same } from './support/check.js';
import { distinctKeys } from './support/random.js';
import { hash } from './support/tophash.js';

const test = behaviour('hash-partition');

/** A stable sort of the rows by the top `bits` bits, and where each group starts. */
function reference(hashes, bits) {
  const group = (row) => (bits === 0 ? 0 : hashes[row] >>> (32 - bits));
  const order = Uint32Array.from(hashes.keys()).sort((a, b) => group(a) - group(b) || a - b);
  const offsets = new Uint32Array(2 ** bits + 1);
  for (const row of hashes.keys()) offsets[group(row) + 1]++;
  for (let i = 1; i < offsets.length; i++) offsets[i] += offsets[i - 1];
  return { order, offsets };
}

function check(hashes, bits) {
  const expected = reference(hashes, bits);
  const { order, offsets } = hash.partition(hashes, bits);
  same(offsets, expected.offsets, `offsets of ${hashes.length} rows by ${bits} bits`);
  same(order, expected.order, `order of ${hashes.length} rows by ${bits} bits`);
}

test('a small one by hand', () => {
  const hashes = Uint32Array.of(0xc0000000, 0, 0x80000001, 0xffffffff, 0x80000000, 0x7fffffff);
  const { order, offsets } = hash.partition(hashes, 2);
  same(order, Uint32Array.of(1, 5, 2, 4, 0, 3));
  same(offsets, Uint32Array.of(0, 1, 2, 4, 6));
});

test('every number of bits', () => {
  for (let bits = 0; bits <= 20; bits++) for (const rows of [0, 1, 17, 1000]) check(distinctKeys(rows, bits), bits);
});

test('every number of rows around lanes, blocks and staging', () => {
  for (const rows of [
    1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 127, 128, 129, 1791, 1792, 1793, 5000, 16384, 16385, 65537,
  ]) {
    for (const bits of [1, 6, 11]) check(distinctKeys(rows, rows), bits);
  }
});

test('a million rows', () => {
  const hashes = distinctKeys(budget(1e6, { debug: 2e5, full: 1e6 }), 1);
  for (const bits of [0, 8, 20]) check(hashes, bits);
});

test('rows of few different hashes, and of one', () => {
  const few = Uint32Array.from({ length: 20000 }, (_, i) => [0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1][(i * i) % 5]);
  for (const bits of [0, 1, 7, 20]) {
    check(few, bits);
    check(new Uint32Array(3000).fill(2 ** 32 - 1), bits);
  }
});

test('any hashes by any bits', () => {
  const hashes = fc.uint32Array({ maxLength: 300 });
  const property = fc.property(hashes, fc.integer({ min: 0, max: 14 }), check);
  fc.assert(property, { seed, numRuns: budget(300) });
});

test('takes views with an offset and shared buffers, and leaves them as they are', () => {
  const all = distinctKeys(3000, 8);
  const shared = new Uint32Array(new SharedArrayBuffer(12000));
  shared.set(all);
  for (const hashes of [all.subarray(1, 2500), shared, shared.subarray(7)]) {
    const before = hashes.slice();
    check(hashes, 5);
    same(Uint32Array.from(hashes), Uint32Array.from(before));
  }
});

test('the results are the own of the caller', () => {
  const hashes = distinctKeys(100, 9);
  const first = hash.partition(hashes, 4);
  first.order.fill(9);
  first.offsets.fill(9);
  check(hashes, 4);
});

test('refuses wrong bits and columns', () => {
  const hashes = Uint32Array.of(1, 2);
  for (const wrong of [-1, 21, 32, 1.5, NaN, Infinity])
    refuses(() => hash.partition(hashes, wrong), RangeError, String(wrong));
  for (const wrong of ['3', 3n, null, undefined, {}])
    refuses(() => hash.partition(hashes, wrong), TypeError, String(wrong));
  for (const wrong of [[1, 2], new Int32Array(2), new Float64Array(2), null, undefined, 'ab']) {
    refuses(() => hash.partition(wrong, 3), TypeError, String(wrong));
  }
  const gone = Uint32Array.of(1, 2);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  refuses(() => hash.partition(gone, 3), TypeError, 'detached');
});

test.run();
