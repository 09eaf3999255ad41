/**
 * Where Node's random bytes for seeds come from: the kernel's device, and `crypto` wherever that is not as it should
 * be.
 */
import * as assert from 'uvu/assert';
import { behaviour } from './support/behaviour.js';
import { child } from './support/child.js';

const test = behaviour('seed-source');
const hasDevice = process.platform !== 'win32' && process.getBuiltinModule !== undefined;
const permission = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

/** Bits that are 1 in the seeds, of 32 each: half of them, 9,600 of 19,200 with a standard deviation of 69. */
function areRandom(seeds) {
  assert.is(seeds.length, 600);
  assert.ok(new Set(seeds).size >= 598, 'no two alike, but by chance');
  const ones = seeds.reduce((sum, seed) => sum + seed.toString(2).replaceAll('0', '').length, 0);
  assert.ok(ones > 9000 && ones < 10200, `${ones} bits of 19,200`);
}

(hasDevice ? test : test.skip)('the first write loads no crypto', () => {
  const { seeds, loadsCrypto, error } = child('seed-source.js', { args: ['nothing'] });
  areRandom(seeds);
  assert.equal([loadsCrypto, error], [false, null]);
});

for (const change of ['no device', 'a file in its place', 'few bytes', 'another system', 'an older Node']) {
  test(`${change}: crypto`, () => {
    const { seeds, loadsCrypto, error } = child('seed-source.js', { args: [change] });
    areRandom(seeds);
    assert.equal([loadsCrypto, error], [true, null]);
  });
}

test('no permission to read the device: crypto', () => {
  const folder = new URL('../', import.meta.url).pathname;
  const flags = [permission, `--allow-fs-read=${folder}*`, '--no-warnings'];
  const { seeds, loadsCrypto, error } = child('seed-source.js', { flags, args: ['nothing'] });
  areRandom(seeds);
  assert.equal([loadsCrypto, error], [true, null]);
});

test('no source at all: the first write says so, and a seed that is given needs none', () => {
  const { seeds, error, size, given } = child('seed-source.js', { args: ['no crypto'] });
  assert.equal(seeds, []);
  assert.is(error.name, 'Error');
  assert.match(error.message, /crypto\.getRandomValues.*options\.seed/);
  assert.equal([size, given], [0, 7]);
});

test.run();
