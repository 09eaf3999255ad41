/**
 * Keys of kind 'string' and 'bytes': columns of them that serve as typed arrays do, how they are told apart, and the
 * forms in which batches take them.
 */

/** A column of byte keys: an array, with what the tests ask of typed arrays besides. */
class Keys extends Array {
  subarray(from, to) {
    return this.slice(from, to);
  }
}
export class Texts extends Keys {}
export class ByteArrays extends Keys {}

export const isByteColumn = (column) => column instanceof Keys;

// --- equality ---

/** The bytes of an array as a string, one character each. */
export const latin1 = (bytes) => Buffer.prototype.latin1Slice.call(bytes);

/** Equal keys or values; byte arrays by their bytes. */
export function isSame(a, b) {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return a.length === b.length && latin1(a) === latin1(b);
  return Object.is(a, b);
}

/** A Map that tells byte arrays apart by their bytes, and everything else as Map does. */
export class KeyMap extends Map {
  /** The keys that are byte arrays, by their bytes. */
  #own = new Map();

  constructor(entries = []) {
    super();
    for (const [key, value] of entries) this.set(key, value);
  }

  get(key) {
    return super.get(this.#ownOf(key));
  }

  has(key) {
    return super.has(this.#ownOf(key));
  }

  set(key, value) {
    return super.set(own(this.#own, key), value);
  }

  delete(key) {
    return super.delete(disown(this.#own, key));
  }

  clear() {
    this.#own.clear();
    super.clear();
  }

  #ownOf(key) {
    return key instanceof Uint8Array ? this.#own.get(latin1(key)) : key;
  }
}

/** A Set that does likewise. */
export class KeySet extends Set {
  #own = new Map();

  constructor(keys = []) {
    super();
    for (const key of keys) this.add(key);
  }

  has(key) {
    return super.has(key instanceof Uint8Array ? this.#own.get(latin1(key)) : key);
  }

  add(key) {
    return super.add(own(this.#own, key));
  }

  delete(key) {
    return super.delete(disown(this.#own, key));
  }

  clear() {
    this.#own.clear();
    super.clear();
  }
}

function own(owned, key) {
  if (!(key instanceof Uint8Array)) return key;
  const text = latin1(key);
  if (!owned.has(text)) owned.set(text, key);
  return owned.get(text);
}

function disown(owned, key) {
  if (!(key instanceof Uint8Array)) return key;
  const text = latin1(key);
  const mine = owned.get(text);
  owned.delete(text);
  return mine;
}

// --- keys ---

const BEGINNINGS = [
  '',
  'k',
  'a beginning that many keys have in common, longer than any vector: ',
  'Straße ',
  '\u4e2d\u6587',
  '\u{1f600}',
  '\ufeff',
  '__proto__',
];
const FILLINGS = [0, 0, 1, 3, 8, 24, 40, 67];
/** The top three bits of a product of the number. */
const kindOf = (n) => Math.imul(n, 0x9e3779b1) >>> 29;

/** A string of any integer: well-formed, and another one of each. */
export const textOf = (n) => BEGINNINGS[kindOf(n)] + n;

/** Bytes of any integer, which are no UTF-8; others of each. */
export function bytesOfNumber(n) {
  const filling = FILLINGS[kindOf(n)];
  const bytes = new Uint8Array(filling + 8).fill(0xff, 0, filling);
  new DataView(bytes.buffer).setFloat64(filling, n);
  return bytes;
}

const MOST_CHARACTERS = 200;
const units = {
  ascii: (random) => 0x20 + random.below(0x5f),
  latin: (random) => random.pick([0x00, 0x7f, 0x80, 0xe4, 0xff, 0x7ff]),
  wide: (random) => random.pick([0x41, 0x800, 0x4e2d, 0xfeff, 0xfffd, 0xffff]),
  surrogates: (random) => random.pick([0x61, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xd83d, 0xde00, 0xfffd]),
};
export const alphabets = Object.keys(units);

/** Up to 200 characters of an alphabet. */
export function randomText(random, alphabet) {
  const length = random.below(random.pick([4, 40, MOST_CHARACTERS]));
  return String.fromCharCode(...Array.from({ length }, () => units[alphabet](random)));
}

/** Up to 200 bytes: any, or of two values alone. */
export function randomBytes(random) {
  const bytes = new Uint8Array(random.below(random.pick([4, 40, MOST_CHARACTERS])));
  const mask = random.pick([1, 255]);
  for (let i = 0; i < bytes.length; i++) bytes[i] = random.u32() & mask;
  return bytes;
}

// --- forms ---

/** The column in one of the forms in which a batch takes it; a column of numbers as it is. */
export function inSomeForm(keys, random) {
  if (!isByteColumn(keys)) return keys;
  if (keys instanceof ByteArrays && random.below(3) === 0) return keys.map((key) => viewOf(key, random));
  const fits = keys instanceof ByteArrays || keys.every((text) => text.isWellFormed());
  return fits && random.below(2) === 0 ? byteColumn(keys, random) : Array.from(keys);
}

/** The same bytes: in a larger buffer, as a Buffer, or in shared memory. */
export function viewOf(key, random) {
  switch (random.below(4)) {
    case 0:
      return Buffer.from(key);
    case 1:
      return within(new SharedArrayBuffer(key.length + 3), 1, key);
    default:
      return within(new ArrayBuffer(key.length + 9), 1 + random.below(8), key);
  }
}

function within(buffer, at, key) {
  const view = new Uint8Array(buffer).fill(0xa5).subarray(at, at + key.length);
  view.set(key);
  return view;
}

const encoder = new TextEncoder();

/** The column as a ByteColumn, perhaps with bytes before the first row and behind the last one. */
export function byteColumn(keys, random) {
  const rows = keys instanceof Texts ? keys.map((text) => encoder.encode(text)) : keys;
  const first = random.below(2) * 5;
  const total = rows.reduce((sum, { length }) => sum + length, first);
  const bytes = new Uint8Array(new ArrayBuffer(total + 8), 3, total + random.below(5)).fill(0xa5);
  const Offsets = random.pick([Int32Array, Uint32Array, BigInt64Array]);
  const numberOf = Offsets === BigInt64Array ? BigInt : Number;
  const offsets = new Offsets(rows.length + 1).fill(numberOf(first));
  let at = first;
  rows.forEach((row, i) => {
    bytes.set(row, at);
    at += row.length;
    offsets[i + 1] = numberOf(at);
  });
  return { bytes, offsets };
}

/** The rows of a ByteColumn that a map of the kind has given. */
export function rowsOf({ bytes, offsets }, kind) {
  const Column = kind === 'string' ? Texts : ByteArrays;
  return Column.from({ length: offsets.length - 1 }, (_, row) => {
    const key = bytes.subarray(Number(offsets[row]), Number(offsets[row + 1]));
    return kind === 'string' ? decoded(key) : key;
  });
}

/** A string from its WTF-8, code point by code point. */
function decoded(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i];
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    let point = length === 1 ? first : first & (0x7f >> length);
    for (let tail = 1; tail < length; tail++) point = (point << 6) | (bytes[i + tail] & 0x3f);
    text += String.fromCodePoint(point);
    i += length;
  }
  return text;
}
