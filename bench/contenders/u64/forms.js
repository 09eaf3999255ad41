/** 64-bit keys as the contenders take them; a column of the workload is their words, low ones first. */

/** @param {Uint32Array} words */
export function bigints(words) {
  return new BigUint64Array(words.buffer);
}

/**
 * The upper 53 bits of each key.
 * @param {Uint32Array} words
 */
export function doubles(words) {
  return Float64Array.from(
    { length: words.length / 2 },
    (_, i) => (words[2 * i + 1] * 2 ** 21 + (words[2 * i] >>> 11)) / 2 ** 30,
  );
}
