import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { capabilities } from './support/tophash.js';

const test = behaviour('capabilities');

test('tells what runs where', () => {
  const { runtime, simd, threads, backend, isa } = capabilities();
  assert.type(runtime, 'string');
  assert.is(runtime, process.env.TOPHASH_RUNTIME ?? 'node');
  assert.is(simd, true);
  assert.type(threads, 'boolean');
  assert.is(backend, 'simd');
  assert.ok(Array.isArray(isa) && isa.every((name) => typeof name === 'string'));
});

test('what it returns is the own of the caller', () => {
  const first = capabilities();
  first.isa.push('mine');
  first.runtime = 'mine';
  assert.not.equal(capabilities(), first);
});

test.run();
