/** Many keys made for one bucket, by somebody who knows the seed: they cost more than others, but not without bounds. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { budget } from './support/budget.js';
import { keyKinds } from './support/kinds.js';
import { distinctKeys } from './support/random.js';

const test = behaviour('crowds');
const seed = 0xc0ffee;
const rows = budget(1e5, { debug: 4000 });
/**
 * Bits 25 to 30 of the high word name the bucket, the low bits of the low word the group (assembly/table/address.ts).
 */
const bucket = 21;

const crowds = {
  // 16 bits and the top one, for which the table has not yet asked.
  u32: {
    'one bucket and nine low bits': (i) => ((i >>> 16) & 1) * 2 ** 31 + bucket * 2 ** 25 + (i & 0xffff) * 2 ** 9 + 77,
  },
  u64: {
    'equal low words': (i) => (BigInt(bucket) << 57n) | (BigInt(i) << 32n) | 77n,
    'equal high words': (i) => (BigInt(bucket) << 57n) | (BigInt(i) << 7n) | 77n,
  },
};

for (const [key, ways] of Object.entries(crowds)) {
  for (const [name, hashAt] of Object.entries(ways)) {
    test.layout(`${key} keys with ${name}: at most 64 lines a look-up, four times the bytes`, () => {
      const { Column, withHash } = keyKinds[key];
      const keys = Column.from({ length: rows }, (_, i) => withHash(hashAt(i), seed));
      const others = make(key, 'u32', { seed });
      others.putAll(distinctKeys(rows, 1, Column), 1);
      const { bytes } = others.stats();
      for (const single of [true, false]) {
        const map = make(key, 'u32', { seed });
        if (single) keys.forEach((one, row) => map.set(one, row));
        else assert.is(map.putAll(keys, Uint32Array.from(keys.keys())), rows);
        const stats = map.stats();
        assert.is(stats.size, rows);
        assert.ok(stats.probeHistogram.length <= 64, `${stats.probeHistogram.length} lines`);
        assert.ok(stats.bytes <= 4 * bytes, `${stats.bytes} bytes, of random keys ${bytes}`);
        assert.ok(stats.maxMovedPerOp <= 2048, `${stats.maxMovedPerOp} moved at once`);
        const { values, hits } = map.getAll(keys);
        assert.is(hits, rows);
        assert.ok(values.every((value, row) => value === row));
        assert.is(map.deleteAll(keys.subarray(rows >> 1)), rows - (rows >> 1));
        assert.is(map.getAll(keys).hits, rows >> 1);
        map.trim();
        while (map.maintain());
        assert.ok(map.stats().probeHistogram.length <= 64);
        assert.ok(keys.every((one, row) => map.get(one) === (row < rows >> 1 ? row : undefined)));
      }
    });
  }
}

test.run();
