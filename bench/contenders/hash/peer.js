/** Calls of one sample, at most: those of 64 MB in short rows would take many seconds. */
const CALLS = 200_000;
/** Rows made ready, at most; more would be slower, for they would leave the cache. */
const ROWS = 2 ** 16;

/**
 * Who hashes one row in a call. The rows are made before, each an array of its own or a string.
 * @template H
 * @param {(row: Uint8Array) => H} hashBytes
 * @param {(row: string) => H} hashString
 * @returns {import('../../rows/hash-rows.js').HashContender}
 */
export const peer = (hashBytes, hashString) => ({
  form({ bytes, offsets }) {
    const rows = Math.min(offsets.length - 1, ROWS);
    return Array.from({ length: rows }, (_, row) => bytes.subarray(offsets[row], offsets[row + 1]));
  },
  hashBytes: (rows, size, passes) => hashEach(rows, size, passes, hashBytes),
  hashStrings: (rows, size, passes) => hashEach(rows, size, passes, hashString),
});

/**
 * Takes the hashes, so that none is left out.
 * @type {unknown}
 */
let last;

/**
 * @template R, H
 * @param {R[]} rows
 * @param {number} size
 * @param {number} passes
 * @param {(row: R) => H} hashOne
 */
function hashEach(rows, size, passes, hashOne) {
  const different = Math.min(rows.length, ROWS);
  const calls = Math.min(rows.length * passes, CALLS);
  for (let call = 0, row = 0; call < calls; call++) {
    last = hashOne(rows[row]);
    if (++row === different) row = 0;
  }
  return last === undefined ? 0 : calls * size;
}
