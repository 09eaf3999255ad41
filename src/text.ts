// Strings as keys: their bytes in wasm memory, and back. A string's bytes are its UTF-8; a lone surrogate, of which
// UTF-8 knows nothing, stands as the three bytes that its number would have ("WTF-8", Simon Sapin). So two strings have
// equal bytes exactly when their code units are equal, and every string comes back as it was.

export { byteLength, encodeAtOnce, encodeOne, encodeRows } from './text/encode.js';
export { decodeOne, decodeRows } from './text/decode.js';
