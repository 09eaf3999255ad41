import { builtin } from '../builtin.js';

/** @typedef {import('./forms.js').ByteColumn} ByteColumn */

/**
 * The built-in Map for a program that has bytes: it makes strings of them as it goes, in the timed part.
 * @param {(column: ByteColumn) => (from: number, to: number) => string} decoderOf
 * @returns {import('../index.js').Contender<Map<string, number>>}
 */
export const decoding = (decoderOf) => ({
  ...builtin,
  fill(map, column, values) {
    const decode = decoderOf(column);
    const { offsets } = column;
    for (let i = 0; i < values.length; i++) map.set(decode(offsets[i], offsets[i + 1]), values[i]);
  },
  get(map, lookup) {
    const decode = decoderOf(lookup.keys);
    const { offsets } = lookup.keys;
    let sum = 0;
    for (let i = 0; i < offsets.length - 1; i++) {
      const value = map.get(decode(offsets[i], offsets[i + 1]));
      if (value !== undefined) sum = (sum + value + 1) | 0;
    }
    lookup.checksum = sum;
  },
  has(map, lookup) {
    const decode = decoderOf(lookup.keys);
    const { offsets } = lookup.keys;
    let found = 0;
    for (let i = 0; i < offsets.length - 1; i++) if (map.has(decode(offsets[i], offsets[i + 1]))) found++;
    lookup.checksum = found;
  },
});
