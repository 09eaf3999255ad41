/** Maps from before the kernels were there go on without, whatever becomes of their tables. */
import * as assert from 'uvu/assert';
import { suite } from 'uvu';
import { HashMap } from '../../build/native/index.js';
import { useKernels } from '../support/native.js';

const test = suite('maps from before useNative');
const keys = Uint32Array.from({ length: 200_000 }, (_, i) => i * 7);
const of = (key) => (key === 'string' ? Array.from(keys.subarray(0, 20_000), String) : keys);

const earlier = new Map(['u32', 'string'].map((key) => [key, new HashMap({ key, value: 'u32', seed: 1 })]));
for (const [key, map] of earlier) map.putAll(of(key), 1);
await useKernels('native');

for (const [key, map] of earlier) {
  const rest = of(key).slice(100);
  const served = () => [map.stats().backend, map.stats().nativeRows];

  test(`${key}: trimmed, moved and filled anew`, async () => {
    map.deleteAll(of(key).slice(1000));
    map.trim();
    map.reserve(30_000);
    await map.putAllAsync(rest, Uint32Array.from({ length: rest.length }).fill(2), { budgetMs: 0 });
    assert.is(map.getAll(rest).hits, rest.length);
    assert.equal(served(), ['simd', 0]);
    map.clear();
    map.putAll(rest, 3);
    assert.equal(served(), ['simd', 0]);
    assert.is(map.getAll(rest).hits, rest.length);
  });

  test(`${key}: a new map has them`, () => {
    const now = new HashMap({ key, value: 'u32', seed: 1 });
    now.putAll(rest, 1);
    now.trim();
    now.getAll(rest);
    assert.is(now.stats().backend, 'avx512');
  });
}

test.run();
