/**
 * What the suite knows of each kind: its typed array, its corners, and how its values are stored, drawn and merged.
 * `store` gives what comes back after any number (or bigint) was written.
 */
const f32 = { max: 2 ** 127 * (2 - 2 ** -23), least: 2 ** -149 };

export const keyKinds = {
  u32: {
    Column: Uint32Array,
    wrap: (n) => n >>> 0,
    corners: [0, 1, 2, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1],
  },
  i32: { Column: Int32Array, wrap: (n) => n | 0, corners: [0, 1, -1, 2, -2, 2 ** 31 - 1, -(2 ** 31), 1 - 2 ** 31] },
};

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

/** Every pair of a key kind and a numeric value kind. */
export const pairs = Object.keys(keyKinds).flatMap((key) => Object.keys(valueKinds).map((value) => ({ key, value })));

/** `pairs`, and those with values of any kind. */
export const allPairs = [...pairs, ...Object.keys(keyKinds).map((key) => ({ key, value: 'any' }))];
