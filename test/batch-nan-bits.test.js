/** Values of batches keep their bits, those of signaling NaNs too, however few rows there are. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { unhashBytes } from './support/byte-hash.js';

const test = behaviour('batch-nan-bits');

/** NaNs with and without the bit that makes them quiet, of either sign, each with bits of its own. */
const WORDS = {
  f32: (rows) =>
    new Float32Array(
      Uint32Array.from({ length: rows }, (_, i) => ((i & 1) << 31) | 0x7f800001 | ((i & 2) << 21) | (i << 2)).buffer,
    ),
  f64: (rows) =>
    new Float64Array(
      BigUint64Array.from(
        { length: rows },
        (_, i) => (BigInt(i & 1) << 63n) | 0x7ff0000000000001n | (BigInt(i & 2) << 50n) | (BigInt(i) << 5n),
      ).buffer,
    ),
};

const bits = (column) => new Uint8Array(column.buffer, column.byteOffset, column.byteLength).join();

for (const value of ['f32', 'f64']) {
  for (const key of ['u32', 'u64', 'string']) {
    test(`${key} -> ${value}`, () => {
      for (const rows of [1, 5, 16, 17, 200, 3000]) {
        const keys =
          key === 'u32'
            ? Uint32Array.from({ length: rows }, (_, i) => i * 7)
            : key === 'u64'
              ? BigUint64Array.from({ length: rows }, (_, i) => BigInt(i) << 20n)
              : Array.from({ length: rows }, (_, i) => `key ${i}`);
        const values = WORDS[value](rows);
        const map = make(key, value);
        map.putAll(keys, values);
        const into = { values: new values.constructor(rows), found: new Uint8Array(rows) };
        assert.is(bits(map.getAll(keys).values), bits(values), `${rows} rows`);
        map.getAll(keys, into);
        assert.is(bits(into.values), bits(values), `${rows} rows, into columns`);
        map.putAll(keys, values);
        assert.is(bits(map.getAll(keys).values), bits(values), `${rows} rows, overwritten`);
      }
    });
  }
}

test('byte keys that crowd one page', () => {
  const seed = 1;
  const rows = 3000;
  const keys = Array.from({ length: rows }, (_, i) => new Uint8Array(unhashBytes(0x12300000 + (i << 8), seed)));
  const bytes = new Uint8Array(32 * rows);
  keys.forEach((key, row) => bytes.set(key, 32 * row));
  const column = { bytes, offsets: Uint32Array.from({ length: rows + 1 }, (_, i) => 32 * i) };
  for (const value of ['f32', 'f64']) {
    const values = WORDS[value](rows);
    const map = make('bytes', value, { seed });
    map.putAll(column, values);
    assert.is(bits(map.getAll(column).values), bits(values));
    assert.is(bits(map.getAll(keys).values), bits(values));
  }
});

test.run();
