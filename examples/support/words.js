// The words of a text, in lower case: as bytes for tophash, as strings for a Map.

/**
 * What each byte is in a word: a letter in lower case, any byte of a character beyond ASCII as it is; 0 where it ends a
 * word.
 */
const IN_WORD = Uint8Array.from({ length: 256 }, (_, byte) => {
  const lower = byte | 0x20;
  return byte >= 0x80 ? byte : lower >= 0x61 && lower <= 0x7a ? lower : 0;
});

/**
 * The words as a ByteColumn: side by side in `bytes`, word i from offset i to offset i + 1.
 * @param {Uint8Array} text
 */
export function wordColumn(text) {
  const bytes = new Uint8Array(text.length);
  const offsets = new Int32Array((text.length >> 1) + 2); // a word takes two bytes at least, its end included, but for the last
  let words = 0;
  let start = 0;
  let end = 0;
  const closeWord = () => {
    if (end > start) offsets[++words] = start = end;
  };
  for (let i = 0; i < text.length; i++) {
    const byte = IN_WORD[text[i]];
    if (byte === 0) closeWord();
    else bytes[end++] = byte;
  }
  closeWord();
  return { bytes: bytes.subarray(0, end), offsets: offsets.subarray(0, words + 1) };
}

/**
 * The words as strings. Of some ways to do so (matching, splitting, cutting at the ends found in a loop) none was
 * faster.
 * @param {Uint8Array} text
 */
export function wordStrings(text) {
  return new TextDecoder()
    .decode(text)
    .toLowerCase()
    .match(/[a-z\u0080-\uffff]+/g);
}
