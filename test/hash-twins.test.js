/**
 * The batch hasher's v128 kernel and its scalar twin give the same bits: both are called in the wasm, under the facade.
 */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { Random } from './support/random.js';
import { build } from './support/tophash.js';

const { hasher } = await import(`../build/${build}/wasm/sources.js`);
const test = behaviour('hash twins');

/** The kernel and its twin, by the class of keys and hashes. */
const kernels = new Map([
  [Uint32Array, ['hashU32', 'hashU32Scalar']],
  [BigUint64Array, ['hashU64', 'hashU64Scalar']],
]);

/** A fresh hasher: `both(keys, seed)` returns what the two kernels make of the keys. */
function open(Column) {
  const memory = new WebAssembly.Memory({ initial: hasher.pages, maximum: 65535 });
  const abort = () => assert.unreachable('the hasher aborted');
  const module = new WebAssembly.Module(hasher.bytes());
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
  const staging = exports.STAGING.value >>> 0;
  const out = staging + (exports.STAGING_BYTES.value >>> 1);
  const words = new Column(memory.buffer);
  const zero = new Column(1)[0];
  const width = Column.BYTES_PER_ELEMENT;
  const run = (kernel, keys, seed) => {
    words.set(keys, staging / width);
    words.fill(zero, out / width, out / width + keys.length + 1);
    exports[kernel](staging, keys.length, seed, out);
    assert.is(words[out / width + keys.length], zero, `${kernel} wrote behind ${keys.length} keys`);
    return words.slice(out / width, out / width + keys.length);
  };
  return { both: (keys, seed) => kernels.get(Column).map((kernel) => run(kernel, keys, seed)) };
}

function draw(Column, random, count) {
  return Column.from({ length: count }, () => (Column === Uint32Array ? random.u32() : random.u64()));
}

for (const Column of kernels.keys()) {
  test(`many keys, in pieces, ${Column.name}`, () => {
    const { both } = open(Column);
    const random = new Random(1);
    for (let left = Column === Uint32Array ? 1e6 : 3e5; left > 0; left -= 1000) {
      const [vector, scalar] = both(draw(Column, random, 1000), random.u32());
      assert.equal(vector, scalar);
    }
  });

  test(`every tail length, ${Column.name}`, () => {
    const { both } = open(Column);
    const random = new Random(2);
    for (let count = 0; count <= 133; count++) {
      const [vector, scalar] = both(draw(Column, random, count), random.u32());
      assert.is(vector.length, count);
      assert.equal(vector, scalar);
    }
  });
}

test.run();
