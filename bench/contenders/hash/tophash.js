import { hash } from 'tophash';

/**
 * A column in one call, to 32 bits a row.
 * @param {string[] | import('../string/forms.js').ByteColumn} keys
 * @param {number} size
 * @param {number} passes
 * @param {Uint32Array} out
 */
function hashColumn(keys, size, passes, out) {
  for (let pass = 0; pass < passes; pass++) hash.strings(keys, pass, out);
  return out.length * size * passes;
}

/** @type {import('../../rows/hash-rows.js').HashContender} */
export default { hashBytes: hashColumn, hashStrings: hashColumn };
