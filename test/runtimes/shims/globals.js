/** What the tests ask of Node's globals, for browsers. */

/** The methods of Node's Buffer that tests call. */
class Buffer extends Uint8Array {
  /** Of a text in UTF-8, 'base64' or 'latin1', of a buffer, or of numbers. */
  static from(data, encoding = 'utf8') {
    if (typeof data !== 'string') {
      const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
      const copy = new Buffer(bytes.length);
      copy.set(bytes);
      return copy;
    }
    if (encoding === 'utf8') return Buffer.from(new TextEncoder().encode(data));
    const characters = { base64: () => atob(data), latin1: () => data }[encoding]();
    return Buffer.from(Array.from(characters, (c) => c.charCodeAt(0)));
  }

  static alloc(length, fill = 0) {
    return new Buffer(length).fill(fill);
  }

  static isBuffer(x) {
    return x instanceof Buffer;
  }

  static concat(parts) {
    const all = new Buffer(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  static compare(a, b) {
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
    return Math.sign(a.length - b.length);
  }

  static get [Symbol.species]() {
    return Buffer;
  }

  writeUInt32LE(value, at = 0) {
    new DataView(this.buffer, this.byteOffset).setUint32(at, value, true);
  }

  toString(encoding = 'utf8', start = 0, end = this.length) {
    if (encoding === 'utf8') return new TextDecoder().decode(this.subarray(start, end));
    const characters = this.latin1Slice().slice(start, end);
    const hex = () => Array.from(this.subarray(start, end), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { base64: () => btoa(characters), hex, latin1: () => characters }[encoding]();
  }

  /** Also of an array of bytes that is no Buffer. */
  latin1Slice() {
    let text = '';
    for (let at = 0; at < this.length; at += 8192) text += String.fromCharCode(...this.subarray(at, at + 8192));
    return text;
  }
}

Object.assign(globalThis, { Buffer, process: { env: {}, argv: [] } });
