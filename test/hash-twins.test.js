/** The batch hasher's v128 kernel and its scalar twin give the same bits: both are called in the wasm, under the facade. */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { Random } from './support/random.js';
import { build } from './support/tophash.js';

const { inlined } = await import(build === 'release' ? '../dist/wasm/inlined.js' : `../build/${build}/wasm/inlined.js`);
const test = behaviour('hash twins');

/** A fresh hasher: `both(keys, seed)` returns what the two kernels make of the keys. */
function open() {
  const { base64, pages } = inlined.hasher;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65535 });
  const abort = () => assert.unreachable('the hasher aborted');
  const module = new WebAssembly.Module(Buffer.from(base64, 'base64'));
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
  const staging = exports.STAGING.value >>> 0;
  const out = staging + (exports.STAGING_BYTES.value >>> 1);
  const words = new Uint32Array(memory.buffer);
  const run = (kernel, keys, seed) => {
    words.set(keys, staging >>> 2);
    words.fill(0, out >>> 2, (out >>> 2) + keys.length + 1);
    exports[kernel](staging, keys.length, seed, out);
    assert.is(words[(out >>> 2) + keys.length], 0, `${kernel} wrote behind ${keys.length} keys`);
    return words.slice(out >>> 2, (out >>> 2) + keys.length);
  };
  return { both: (keys, seed) => ['hashU32', 'hashU32Scalar'].map((kernel) => run(kernel, keys, seed)) };
}

function draw(random, count) {
  return Uint32Array.from({ length: count }, () => random.u32());
}

test('a million keys, in pieces', () => {
  const { both } = open();
  const random = new Random(1);
  for (let left = 1e6; left > 0; left -= 1000) {
    const [vector, scalar] = both(draw(random, 1000), random.u32());
    assert.equal(vector, scalar);
  }
});

test('every tail length', () => {
  const { both } = open();
  const random = new Random(2);
  for (let count = 0; count <= 133; count++) {
    const [vector, scalar] = both(draw(random, count), random.u32());
    assert.is(vector.length, count);
    assert.equal(vector, scalar);
  }
});

test.run();
