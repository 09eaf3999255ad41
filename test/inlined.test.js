/** Every module is unpacked to the very bytes that were compiled. */
import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { compiledAs } from '../scripts/modules.js';
import { behaviour } from './support/behaviour.js';
import { build } from './support/tophash.js';

const { hasher, maps } = await import(`../build/${build}/wasm/sources.js`);
const test = behaviour('inlined');
const compiled = (name) =>
  new Uint8Array(readFileSync(new URL(`../build/wasm/${compiledAs(build, name)}-${name}.wasm`, import.meta.url)));
const sources = [hasher, ...Object.values(maps)];

test('there are eight modules', () => {
  assert.equal(sources.map(({ name }) => name).sort(), 'bytes hasher k4v0 k4v4 k4v8 k8v0 k8v4 k8v8'.split(' '));
});

for (const source of sources) {
  test(`${source.name} is unpacked to what was compiled`, () => {
    assert.ok(Buffer.compare(source.bytes(), compiled(source.name)) === 0, 'the same bytes');
  });

  test(`${source.name} says how large its memory is at least, and compiles for both kinds`, () => {
    for (const shared of [false, true]) {
      const module = source.compile(shared);
      const instantiate = (pages, kind) =>
        new WebAssembly.Instance(module, {
          env: { memory: new WebAssembly.Memory({ initial: pages, maximum: 65535, shared: kind }), abort() {} },
        });
      instantiate(source.pages, shared);
      assert.throws(() => instantiate(source.pages, !shared), /shared/);
      assert.throws(() => instantiate(source.pages - 1, shared), /pages|initial|smaller/);
    }
  });
}

test('compiling leaves the bytes as they are', () => {
  for (const source of sources) {
    source.compile(true);
    assert.ok(Buffer.compare(source.bytes(), compiled(source.name)) === 0, source.name);
  }
});

if (build === 'release') {
  test('the raw modules of the package are the same', () => {
    for (const { name } of sources) {
      const raw = readFileSync(new URL(import.meta.resolve(`tophash/wasm/${name}.wasm`)));
      assert.ok(Buffer.compare(raw, compiled(name)) === 0, name);
    }
  });
}

test.run();
