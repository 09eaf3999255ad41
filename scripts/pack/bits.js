// A stream of bits, the first in the high bit of a byte.

export class BitWriter {
  #bytes = [];
  #buffer = 0;
  #count = 0;

  /** Writes the low bits of a value. */
  put(value, bits) {
    for (let bit = bits - 1; bit >= 0; bit--) {
      this.#buffer = (this.#buffer << 1) | ((value >>> bit) & 1);
      if (++this.#count < 8) continue;
      this.#bytes.push(this.#buffer);
      this.#buffer = this.#count = 0;
    }
  }

  /** All of it, as base64: zeros fill the last byte. */
  toBase64() {
    if (this.#count > 0) this.put(0, 8 - this.#count);
    return Buffer.from(this.#bytes).toString('base64');
  }
}
