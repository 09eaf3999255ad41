/**
 * What the suite knows of each kind: its typed array, its corners, and how its values are stored, drawn and merged.
 * `store` gives what comes back after any number (or bigint) was written.
 */
import { ByteArrays, bytesOfNumber, Texts, textOf } from './byte-domains.js';
import { byteHash, unhashBytes } from './byte-hash.js';
import { hashOf, unhash } from './fmix32.js';
import { hashOf64, unhash64 } from './fmix64.js';

const f32 = { max: 2 ** 127 * (2 - 2 ** -23), least: 2 ** -149 };

/** Keys of 64 bits have the hash h in both words: they crowd where those of 32 bits do. A bigint is the whole hash. */
const wide = (hash) => (typeof hash === 'bigint' ? hash : (BigInt(hash >>> 0) << 32n) | BigInt(hash >>> 0));
/** Spreads small numbers over both words. */
const SPREAD = 2n ** 32n + 1n;

const cell = new DataView(new ArrayBuffer(8));

/** The double with these bits, made canonical as every f64 key is: the NaN of JavaScript, and 0 for -0. */
export function doubleOf(bits) {
  cell.setBigUint64(0, bits);
  const x = cell.getFloat64(0);
  return Number.isNaN(x) ? NaN : x + 0;
}

export function bitsOf(x) {
  cell.setFloat64(0, x);
  return Number.isNaN(x) ? 0x7ff8000000000000n : cell.getBigUint64(0);
}

/**
 * `wrap` makes a key of any integer, a different one of each that the kind has room for; `withHash` the key that has a
 * hash (of bytes one for each `twin`), `hashOf` the hash of a key: 32 bits that tell where it is placed.
 */
export const keyKinds = {
  u32: {
    Column: Uint32Array,
    wrap: (n) => n >>> 0,
    withHash: unhash,
    hashOf,
    corners: [0, 1, 2, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1],
  },
  i32: {
    Column: Int32Array,
    wrap: (n) => n | 0,
    withHash: (hash, seed) => unhash(hash, seed) | 0,
    hashOf,
    corners: [0, 1, -1, 2, -2, 2 ** 31 - 1, -(2 ** 31), 1 - 2 ** 31],
  },
  u64: {
    Column: BigUint64Array,
    wrap: (n) => BigInt.asUintN(64, BigInt(n) * SPREAD),
    withHash: (hash, seed) => unhash64(wide(hash), seed),
    hashOf: hashOf64,
    corners: [
      0n,
      1n,
      2n ** 32n - 1n,
      2n ** 32n,
      2n ** 53n + 1n,
      2n ** 63n - 1n,
      2n ** 63n,
      2n ** 64n - 2n,
      2n ** 64n - 1n,
    ],
  },
  i64: {
    Column: BigInt64Array,
    wrap: (n) => BigInt.asIntN(64, BigInt(n) * SPREAD),
    withHash: (hash, seed) => BigInt.asIntN(64, unhash64(wide(hash), seed)),
    hashOf: (key, seed) => hashOf64(BigInt.asUintN(64, key), seed),
    corners: [0n, 1n, -1n, 2n ** 32n, -(2n ** 32n), 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n), 1n - 2n ** 63n],
  },
  f64: {
    Column: Float64Array,
    wrap: (n) => n / 2 + 0,
    withHash: (hash, seed) => doubleOf(unhash64(wide(hash), seed)),
    hashOf: (key, seed) => hashOf64(bitsOf(key), seed),
    corners: [
      0,
      1,
      -1,
      0.1,
      2 ** 53 + 2,
      NaN,
      Infinity,
      -Infinity,
      Number.MIN_VALUE,
      -Number.MIN_VALUE,
      2 ** -1023,
    ].concat([Number.MAX_VALUE, 2 ** 32, -(2 ** 63)]),
    /** Other bits for the same keys: -0 for 0, any NaN for NaN. */
    disguise(column, random) {
      const bits = new BigUint64Array(column.buffer, column.byteOffset, column.length);
      column.forEach((key, row) => {
        if (random.below(2) === 0) return;
        if (key === 0) bits[row] = 2n ** 63n;
        if (Number.isNaN(key)) bits[row] = random.u64() | 0x7ff0000000000001n;
      });
      return column;
    },
  },
  string: {
    Column: Texts,
    wrap: textOf,
    corners: [
      '',
      '\0',
      '\0\0',
      'a',
      '__proto__',
      'constructor',
      '\ud800',
      '\udfff',
      '\udc00\ud800',
      '\ud83d\ud83d\ude00',
      '\ufeff',
      '\ufeffkey',
      '\ufffd',
      '\u{1f600}',
    ].concat(['\u{10ffff}', 'x'.repeat(32), 'x'.repeat(33), 'x'.repeat(64), 'ä'.repeat(65)]),
  },
  bytes: {
    Column: ByteArrays,
    wrap: bytesOfNumber,
    withHash: unhashBytes,
    hashOf: (key, seed) => Number(byteHash(key, seed) & 0xffffffffn),
    corners: [[], [0], [0, 0], [255], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0xc0, 0x80], Array(15).fill(1)]
      .concat([16, 17, 31, 32, 33, 64, 65, 128, 129].map((length) => Array(length).fill(0)))
      .map((bytes) => Uint8Array.from(bytes)),
  },
};

/** Kinds of keys that are numbers or bigints. */
export const numericKeys = ['u32', 'i32', 'u64', 'i64', 'f64'];
/** Those of which a key with any hash can be made: of strings nobody knows how. */
export const keysWithHash = [...numericKeys, 'bytes'];

/**
 * Of keys that were half of what filled a limited map or set, those that surely fit again once they were deleted.
 * Records of byte keys stand in segments, of which holes of less than a sixteenth stay, an eighth of the half; and in
 * another order more room may be lost at their ends.
 */
export function fittingAgain(kind, keys) {
  return numericKeys.includes(kind) ? keys : keys.subarray(0, Math.floor(keys.length * 0.8));
}

/** The keys of a kind that are made of these integers. */
export function keysOf(kind, ...integers) {
  return keyKinds[kind].Column.from(integers, keyKinds[kind].wrap);
}

/** `rows` keys of a kind, made of the integers `integerAt(row)`. */
export function keyColumn(kind, rows, integerAt) {
  const { Column, wrap } = keyKinds[kind];
  return Column.from({ length: rows }, (_, row) => wrap(integerAt(row)));
}

export const valueKinds = {
  u32: {
    Column: Uint32Array,
    Other: Int32Array,
    zero: 0,
    store: (n) => n >>> 0,
    draw: (random) => random.u32(),
    corners: [0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1],
    outside: [-1, 2 ** 32, 2 ** 53, -(2 ** 31)],
  },
  i32: {
    Column: Int32Array,
    Other: Uint32Array,
    zero: 0,
    store: (n) => n | 0,
    draw: (random) => random.u32() | 0,
    corners: [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)],
    outside: [2 ** 31, -(2 ** 31) - 1, 2 ** 32 - 1, 2 ** 53],
  },
  f32: {
    Column: Float32Array,
    Other: Float64Array,
    zero: 0,
    store: Math.fround,
    draw: (random) => Math.fround((random.u32() | 0) / 2 ** random.below(40)),
    corners: [0, -0, 1, -1, 0.5, Math.fround(0.1), f32.max, -f32.max, f32.least, NaN, Infinity, -Infinity],
    outside: [],
  },
  f64: {
    Column: Float64Array,
    Other: Float32Array,
    zero: 0,
    store: Number,
    draw: (random) => (random.u32() | 0) / 2 ** random.below(60) + random.u32() * 2 ** -40,
    corners: [0, -0, 0.1, -1, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53 + 2, NaN, Infinity, -Infinity],
    outside: [],
  },
  u64: {
    Column: BigUint64Array,
    Other: BigInt64Array,
    zero: 0n,
    store: (n) => BigInt.asUintN(64, n),
    draw: (random) => random.u64(),
    corners: [0n, 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n],
    outside: [-1n, 2n ** 64n, 2n ** 65n + 1n, -(2n ** 63n)],
  },
  i64: {
    Column: BigInt64Array,
    Other: BigUint64Array,
    zero: 0n,
    store: (n) => BigInt.asIntN(64, n),
    draw: (random) => BigInt.asIntN(64, random.u64()),
    corners: [0n, 1n, -1n, 2n ** 32n, -(2n ** 32n), 2n ** 63n - 1n, -(2n ** 63n)],
    outside: [2n ** 63n, -(2n ** 63n) - 1n, 2n ** 64n - 1n],
  },
};

/** Any JavaScript value. A kind apart: it has no typed array and no arithmetic. */
const any = {
  Column: Array,
  zero: undefined,
  store: (x) => x,
  draw: (random) => random.pick([() => ({}), () => () => 1, () => `text ${random.u32()}`, () => random.u32()])(),
  corners: [undefined, null, true, NaN, -0, 0, '', 7n, Symbol('corner'), Math.max, new Map(), Infinity],
};

/** What is known of a value kind, 'any' included. */
export const valueKind = (name) => (name === 'any' ? any : valueKinds[name]);

export const ways = ['replace', 'keep', 'add', 'min', 'max'];

/** Those that a value kind has. */
export const waysOf = (kind) => (kind === 'any' ? ['replace', 'keep'] : ways);

/** What a row of a batch makes of the value that its key has already. */
export function merge(kind, how, old, value) {
  const { store } = valueKind(kind);
  switch (how) {
    case 'replace':
      return value;
    case 'keep':
      return old;
    case 'add':
      return store(old + value);
    case 'min':
      return typeof old === 'bigint' ? [old, value].sort(ascending)[0] : Math.min(old, value);
    case 'max':
      return typeof old === 'bigint' ? [old, value].sort(ascending)[1] : Math.max(old, value);
  }
}

const ascending = (a, b) => (a < b ? -1 : 1);

/** `rows` values, every fifth of them a corner of its kind. */
export function drawValues(kind, rows, random) {
  const { Column, draw, corners } = valueKind(kind);
  return Column.from({ length: rows }, () => (random.below(5) === 0 ? random.pick(corners) : draw(random)));
}

const pairsOf = (lists) => Object.entries(lists).flatMap(([key, values]) => values.map((value) => ({ key, value })));

/**
 * Pairs of a key kind and a numeric value kind: each kind with several of the others, every pair of widths with both.
 * What the kind of a key does and what that of a value does have nothing to do with each other.
 */
export const pairs = pairsOf({
  u32: ['u32', 'f32', 'i64', 'f64'],
  i32: ['i32', 'f32', 'u64'],
  u64: ['u32', 'i64', 'f64'],
  i64: ['i32', 'f32', 'u64'],
  f64: ['u32', 'u64', 'f64'],
  string: ['i32', 'f64'],
  bytes: ['u32', 'i64'],
});

/** Those whose keys are numbers or bigints. */
export const numericPairs = pairs.filter(({ key }) => numericKeys.includes(key));

/** `pairs`, and those with values of any kind. */
export const allPairs = [...pairs, ...Object.keys(keyKinds).map((key) => ({ key, value: 'any' }))];

/** Those of `allPairs` of whose keys one with any hash can be made. */
export const pairsWithHash = allPairs.filter(({ key }) => keysWithHash.includes(key));

/** Every pair there is: for programs, of which there are many. */
export const everyPair = Object.keys(keyKinds).flatMap((key) =>
  [...Object.keys(valueKinds), 'any'].map((value) => ({ key, value })),
);
