import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { capabilities, usesKernels } from './support/tophash.js';

const test = behaviour('capabilities');

test('tells what runs where', () => {
  const { runtime, simd, threads, backend, isa } = capabilities();
  assert.type(runtime, 'string');
  assert.is(runtime, process.env.TOPHASH_RUNTIME ?? 'node');
  assert.is(simd, true);
  assert.type(threads, 'boolean');
  assert.is(backend, usesKernels ? 'avx512' : 'simd');
  assert.ok(Array.isArray(isa) && isa.every((name) => typeof name === 'string'));
  assert.is(isa.includes('avx512f'), usesKernels);
});

test('what it returns is the own of the caller', () => {
  const first = capabilities();
  first.isa.push('mine');
  first.runtime = 'mine';
  assert.not.equal(capabilities(), first);
});

test.run();
