/** Keys made to share a place of the table, or of the order: they may come together, and none is lost. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { hasBadHash } from './support/builds.js';
import { keyKinds } from './support/kinds.js';
import { distinctKeys, Random } from './support/random.js';
import { build, checked } from './support/tophash.js';
import { DatedModel, Scan } from './support/walker.js';

const test = behaviour('scan-crowds');
const seed = 0xc0ffee;
const rows = checked ? 700 : 4000;

/** Hashes of the i-th key, by what they have in common. */
const crowds = {
  'equal low bits': (i) => i * 2 ** 17 + 12345,
  'equal high bits': (i) => 2 ** 31 + i,
};
const wideCrowds = {
  ...crowds,
  'equal low words': (i) => (BigInt(i) << 32n) | 12345n,
  'equal high words': (i) => (12345n << 32n) | BigInt(i),
  'equal places': (i) => (BigInt(i % 2 ** 16) << 32n) | 12345n, // the lower half of the high word is in no cursor
};

for (const [key, names] of [
  ['u32', crowds],
  ['u64', wideCrowds],
]) {
  for (const [name, hashAt] of Object.entries(names)) {
    test(`${key}, ${name}`, () => {
      const { Column, withHash } = keyKinds[key];
      const keys = Column.from({ length: rows }, (_, i) => withHash(hashAt(i), seed));
      const others = distinctKeys(rows, 1, Column);
      for (const limit of [1, 100, undefined, 10000]) {
        if (limit === 1 && hasBadHash(build)) continue;
        const map = make(key, 'u32', { seed });
        const model = new DatedModel(key, 'u32');
        for (const one of [map, model]) {
          one.putAll(keys, new Uint32Array(rows).fill(1));
          one.putAll(others, new Uint32Array(rows).fill(2));
        }
        const random = new Random(limit ?? 0);
        const scan = new Scan(model);
        while (!scan.done) {
          const came = scan.call(map, limit);
          const apart = name !== 'equal places' && name !== 'equal low words' && !hasBadHash(build);
          if (apart) assert.ok(came <= (limit ?? 1024) + 512, `${came} rows, limit ${limit}`);
          const deleted = random.pick(keys);
          assert.is(map.delete(deleted), model.delete(deleted));
        }
      }
    });
  }
}

test('bytes of one hash come together, and those around them as they do', () => {
  const { Column, withHash } = keyKinds.bytes;
  const twins = Column.from({ length: checked ? 100 : 700 }, (_, i) => withHash(77, seed, i));
  const others = distinctKeys(1000, 1, Column);
  const map = make('bytes', 'u32', { seed });
  const model = new DatedModel('bytes', 'u32');
  for (const one of [map, model]) {
    one.putAll(twins, new Uint32Array(twins.length).fill(1));
    one.putAll(others, new Uint32Array(others.length).fill(2));
  }
  for (const limit of [10, 100, undefined]) {
    const scan = new Scan(model);
    scan.call(map, limit);
    map.delete(twins[3]);
    model.delete(twins[3]);
    scan.drain(map, limit);
  }
});

test.run();
