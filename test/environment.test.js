/**
 * Hosts that lack what the library needs: the package loads there, empty maps can be read, and whatever needs wasm says
 * what is missing.
 */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { child } from './support/child.js';

const test = behaviour('environment');

/** How Node becomes such a host, and what the errors say. */
const hosts = {
  'no WebAssembly': { flags: ['--jitless'], message: /^tophash needs WebAssembly, .*--jitless/ },
  // V8 has SIMD on processors with SSE4.1 alone, and can be told that this one has it not.
  'no SIMD': {
    flags: ['--no-enable-sse4-1'],
    message: /^tophash needs 128-bit SIMD in WebAssembly, which this host does not have \(.+\)$/,
    only: 'x64',
  },
};

for (const [name, { flags, message, only = process.arch }] of Object.entries(hosts)) {
  (process.arch === only ? test : test.skip)(name, () => {
    const { simd, empty, errors, after } = child('environment.js', { flags });
    assert.is(simd, false, 'capabilities().simd');
    assert.equal(empty, [null, 0, false, 0], 'empty maps are read');
    for (const [call, error] of Object.entries(errors)) {
      assert.is(error?.name, 'Error', call);
      assert.match(error.message, message, call);
    }
    assert.equal(after, [0, 0], 'nothing was written');
  });
}

test.run();
