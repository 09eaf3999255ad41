/**
 * The batch hasher's v128 kernels and their scalar twins give the same bits: both are called in the wasm, under the
 * facade.
 */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { Random } from './support/random.js';
import { build } from './support/tophash.js';

const { hasher } = await import(`../build/${build}/wasm/sources.js`);
const test = behaviour('hash bytes twins');

/** A fresh hasher: what the kernel and its twin make of rows of bytes. */
function open() {
  const memory = new WebAssembly.Memory({ initial: hasher.pages, maximum: 65535 });
  const abort = () => assert.unreachable('the hasher aborted');
  const module = new WebAssembly.Module(hasher.bytes());
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
  const staging = exports.STAGING.value >>> 0;
  const out = staging + (exports.STAGING_BYTES.value >>> 1);
  const words = new Uint32Array(memory.buffer);
  const run = (kernel, lengths, bytes, seed) => {
    const at = staging + 2049; // at an odd place
    const u8 = new Uint8Array(memory.buffer);
    let end = 0;
    [0, ...lengths].forEach((length, i) => (words[(staging >>> 2) + i] = end += length));
    u8.set(bytes, at);
    words.fill(0, out >>> 2, (out >>> 2) + 2 * lengths.length + 1);
    exports[kernel](at, staging, lengths.length, seed, out);
    assert.is(words[(out >>> 2) + 2 * lengths.length], 0, `${kernel} wrote behind ${lengths.length} rows`);
    return words.slice(out >>> 2, (out >>> 2) + 2 * lengths.length);
  };
  /** `bytes` may go on behind the last row. */
  return (lengths, bytes, seed) => ['hashRows', 'hashRowsScalar'].map((kernel) => run(kernel, lengths, bytes, seed));
}

test('rows of every length, whatever stands behind them', () => {
  const rows = open();
  const random = new Random(3);
  for (let length = 0; length <= 600; length++) {
    const lengths = [length, random.below(65), length];
    const bytes = Uint8Array.from({ length: 1400 }, () => random.below(256));
    const [vector, scalar] = rows(lengths, bytes, random.u32());
    assert.equal(vector, scalar);
  }
});

test('rows of bytes that are all the same', () => {
  const rows = open();
  for (const byte of [0, 1, 127, 128, 255]) {
    for (const seed of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
      const [vector, scalar] = rows([0, 1, 31, 32, 33, 64, 65, 1000, 3000], new Uint8Array(5000).fill(byte), seed);
      assert.equal(vector, scalar);
    }
  }
});

test.run();
