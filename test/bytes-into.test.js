/** Answers that are written over the keys. */
import * as assert from 'uvu/assert';
import { behaviour, make } from './support/behaviour.js';
import { byteColumn, byteKinds, fewer, keyOf } from './support/byte-keys.js';
import { same } from './support/check.js';

const test = behaviour('bytes-into');

/** Texts of at least four bytes each, so that a value fits in the place of each key; every third is in the map. */
const columns = {
  few: ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta eta'],
  many: Array.from({ length: fewer(4000, 200) }, (_, i) => `key number ${i}`),
  long: ['x'.repeat(60_000), 'four', 'y'.repeat(5000), 'five', 'z'.repeat(100_000), 'sixes'],
};

function filled(kind, texts) {
  const map = make(kind, 'u32');
  texts.forEach((text, row) => row % 3 === 0 && map.set(keyOf(kind, text), row + 1));
  const expected = Uint32Array.from(texts, (_, row) => (row % 3 === 0 ? row + 1 : 77));
  const present = Uint8Array.from(texts, (_, row) => Number(row % 3 === 0));
  return { map, expected, present };
}

for (const kind of byteKinds) {
  for (const shared of [false, true]) {
    test(`${kind}: values and found over the bytes of a ByteColumn${shared ? ' in shared memory' : ''}`, () => {
      for (const texts of Object.values(columns)) {
        const { map, expected, present } = filled(kind, texts);
        for (const start of [0, 4, 400]) {
          const { bytes, offsets } = byteColumn(texts, { before: 5, behind: 410 + 4 * texts.length, shared });
          const values = new Uint32Array(bytes.buffer, start, texts.length);
          assert.is(map.getAll({ bytes, offsets }, { values, missing: 77 }).values, values);
          same(values, expected, `values from byte ${start} on`);
          const again = byteColumn(texts, { before: 5, behind: 410, shared });
          const found = again.bytes.subarray(start, start + texts.length);
          map.getAll(again, { found });
          same(found, present, `found from byte ${start} on`);
          const third = byteColumn(texts, { shared });
          if (start + texts.length > third.bytes.length) continue;
          const flags = third.bytes.subarray(start, start + texts.length);
          assert.is(map.hasAll(third, flags), flags);
          same(flags, present, `hasAll from byte ${start} on`);
        }
      }
    });

    test(`${kind}: values and found over the offsets${shared ? ' in shared memory' : ''}`, () => {
      for (const Offsets of [Int32Array, Uint32Array, BigInt64Array]) {
        for (const texts of Object.values(columns)) {
          const { map, expected, present } = filled(kind, texts);
          for (const row of [0, 1]) {
            const column = byteColumn(texts, { Offsets, shared });
            const values = new Uint32Array(column.offsets.buffer, row * 4, texts.length);
            map.getAll(column, { values, missing: 77 });
            same(values, expected);
            const again = byteColumn(texts, { Offsets, shared });
            const found = new Uint8Array(again.offsets.buffer, row, texts.length);
            map.hasAll(again, found);
            same(found, present);
          }
        }
      }
    });
  }
}

test('bytes: values and found over the arrays that are the keys', () => {
  for (const texts of Object.values(columns)) {
    const { map, expected, present } = filled('bytes', texts);
    for (const start of [0, 8]) {
      const rowsIn = () => {
        const { bytes, offsets } = byteColumn(texts, { behind: 16 + 4 * texts.length });
        return { bytes, rows: texts.map((_, row) => bytes.subarray(offsets[row], offsets[row + 1])) };
      };
      const first = rowsIn();
      const values = new Uint32Array(first.bytes.buffer, start, texts.length);
      map.getAll(first.rows, { values, missing: 77 });
      same(values, expected);
      const second = rowsIn();
      const found = second.bytes.subarray(start, start + texts.length);
      map.hasAll(second.rows, found);
      same(found, present);
    }
  }
});

test.run();
