/**
 * N bytes of random ASCII in rows of one length, hashed row by row. Few bytes stay in the cache and are hashed again
 * and again; many come from main memory.
 */
import { fresh } from '../contenders/string/forms.js';
import { mix } from '../keys.js';

/** Rows of one column, at most: as many strings fit the JavaScript heap. */
const ROWS = 2 ** 21;
/** Bytes that are hashed in one sample, at least, by contenders that hash columns. */
const BYTES = 2 ** 25;

/**
 * @typedef {object} Data
 * @property {Uint8Array} bytes
 * @property {any} keys as the contender takes them; there during a row
 * @property {Uint32Array} out room for the hashes of a column
 * @property {number} hashed bytes
 */

/**
 * What a contender can do. Each function returns how many bytes it hashed.
 * @typedef {object} HashContender
 * @property {(column: import('../contenders/string/forms.js').ByteColumn) => any} [form] rows of bytes as this
 *   contender takes them, if not as they are; never timed
 * @property {(keys: any, size: number, passes: number, out: Uint32Array) => number} hashBytes
 * @property {(keys: string[], size: number, passes: number, out: Uint32Array) => number} hashStrings
 */

/** @typedef {import('./map-rows.js').Row<HashContender, Data>} HashRow */

const SIZES = [8, 32, 256, 4096];

export const HASH_ROWS = [
  ...SIZES.map((size) => row(`bytes-${size}`, `${size} B, bytes`, size, 'hashBytes')),
  ...SIZES.map((size) => row(`strings-${size}`, `${size} B, strings`, size, 'hashStrings')),
];

/**
 * @param {number} n
 * @param {number} round
 * @returns {Data[]}
 */
export function createData(n, round) {
  const words = new Uint32Array(Math.ceil(n / 4));
  const seed = mix(round);
  for (let i = 0; i < words.length; i++) words[i] = (mix(i ^ seed) & 0x3f3f3f3f) + 0x30303030;
  return [{ bytes: new Uint8Array(words.buffer), keys: undefined, out: new Uint32Array(0), hashed: 0 }];
}

/**
 * @param {string} name
 * @param {string} label
 * @param {number} size bytes of each row
 * @param {'hashBytes' | 'hashStrings'} method
 * @returns {HashRow}
 */
function row(name, label, size, method) {
  return {
    name,
    loop: label,
    batch: label,
    enter(contender, [data]) {
      const column = columnOf(data.bytes, size);
      data.out = new Uint32Array(column.offsets.length - 1);
      if (method === 'hashStrings') data.keys = fresh(column);
      else data.keys = contender.form ? contender.form(column) : column;
    },
    warm(contender, [data]) {
      contender[method](data.keys, size, 1, data.out);
    },
    run(contender, all) {
      for (const data of all) {
        const bytes = Math.min(data.bytes.length, ROWS * size);
        data.hashed = contender[method](data.keys, size, Math.ceil(BYTES / bytes), data.out);
      }
    },
    checksum: () => 'each has its own function',
    leave(_, [data]) {
      data.keys = undefined;
    },
    operations: ([data]) => data.hashed,
  };
}

/**
 * @param {Uint8Array} bytes
 * @param {number} size
 */
function columnOf(bytes, size) {
  const rows = Math.min(ROWS, Math.floor(bytes.length / size));
  return { bytes, offsets: Int32Array.from({ length: rows + 1 }, (_, row) => row * size) };
}
