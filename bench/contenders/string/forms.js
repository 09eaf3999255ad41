/** String keys as the contenders take them; a column of the workload is their UTF-8. */

/** @typedef {{ bytes: Uint8Array, offsets: Int32Array }} ByteColumn */

/**
 * New strings: flat, each with characters of its own, and V8 has not hashed one yet. (Asked for the first time, such a
 * string costs `Map` 60 ns, for the second time 10.)
 * @param {ByteColumn} column
 * @returns {string[]}
 */
export function fresh({ bytes, offsets }) {
  const buffer = Buffer.from(bytes.buffer);
  return Array.from({ length: offsets.length - 1 }, (_, row) =>
    buffer.toString('utf8', offsets[row], offsets[row + 1]),
  );
}

/**
 * The same string objects whenever the same keys are asked for in one round, and V8 has hashed them all.
 * @param {ByteColumn} column
 * @param {Uint32Array} numbers
 * @param {string[]} cache
 */
export function same({ bytes, offsets }, numbers, cache) {
  const buffer = Buffer.from(bytes.buffer);
  return Array.from(numbers, (number, row) => {
    const key = (cache[number] ??= buffer.toString('utf8', offsets[row], offsets[row + 1]));
    return HASHED.has(key) ? undefined : key;
  });
}

/** Whatever is looked up here has a hash afterwards. No key is found. */
const HASHED = new Map([['', 0]]);
