/**
 * Random batches of the library with native kernels, each also done by the library without: of every kind, of 0 to
 * 2,000 rows and now and then of a million, wherever their columns begin. Results, flags, snapshots and stats must be
 * the same, but for what tells who did the work. TOPHASH_BATCHES says how many.
 */
import * as assert from 'uvu/assert';
import { suite } from 'uvu';
import { Random } from '../support/random.js';
import { useKernels } from '../support/native.js';
import * as v128 from '../../build/release/index.js';
import * as native from '../../build/native/index.js';

await useKernels('native');

const test = suite('native batches');
const random = new Random(Number(process.env.TOPHASH_SEED ?? 1));
const batches = Number(process.env.TOPHASH_BATCHES ?? 4000);
/** One batch in so many has a million rows. */
const RARE = 20000;
const MILLION = 1e6;
/** Batches on one map at most. */
const MOST_OF_MAP = 60;

const ARRAYS = {
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  u64: BigUint64Array,
  i64: BigInt64Array,
  f64: Float64Array,
};
const KEYS = ['u32', 'i32', 'u64', 'i64', 'f64', 'string', 'bytes'];
const VALUES = [...Object.keys(ARRAYS), 'none'];
const HOWS = ['replace', 'keep', 'add', 'min', 'max'];

/** Words that batches take their columns from: from 20,000 different ones, and all different. */
const POOL_WORDS = 2 * MILLION + 64;
const mixed = Uint32Array.from({ length: POOL_WORDS }, () => Math.imul(random.below(20000), 0x9e3779b1));
const fresh = Uint32Array.from({ length: POOL_WORDS }, () => random.u32());
/**
 * Bytes of letters, and offsets of rows of 0 to 40 bytes in them, now and then of some hundreds: few of them the same,
 * or many.
 */
const ROWS_OF_LETTERS = MILLION + 64;
const letters = lettersOf(ROWS_OF_LETTERS * 12, 3);
const manySame = { bytes: letters, offsets: endsOf(40001, 12) };
const different = { bytes: letters, offsets: endsOf(ROWS_OF_LETTERS, 20) };

function lettersOf(length, count) {
  return Uint8Array.from({ length }, () => 97 + random.below(count));
}

/** Offsets of rows, most of them shorter than `usual`. */
function endsOf(rows, usual) {
  let end = 0;
  return Uint32Array.from({ length: rows }, (_, row) => {
    const most = random.below(8) ? usual : random.below(200) ? 41 : 400;
    const length = row === 0 ? 0 : random.below(most);
    return (end = Math.min(end + length, letters.length));
  });
}

/** A column of a kind, somewhere in a buffer with something before and behind it. */
function column(kind, rows, words) {
  const Column = ARRAYS[kind];
  const { BYTES_PER_ELEMENT: width } = Column;
  const from = random.below(POOL_WORDS - (rows * width) / 4 - 8) & ~(width / 4 - 1);
  return new Column(words.buffer, from * 4, rows);
}

/** Keys of bytes: a ByteColumn whose offsets are of some type, or an array. */
function byteColumn(kind, rows) {
  const { bytes, offsets } = rows < manySame.offsets.length && random.below(3) ? manySame : different;
  const first = random.below(offsets.length - rows);
  const part = offsets.subarray(first, first + rows + 1);
  const form = rows === MILLION ? 'uint32' : random.weighted({ uint32: 4, int32: 2, bigint: 1, array: 3 });
  if (form === 'int32') return { bytes, offsets: Int32Array.from(part) };
  if (form === 'bigint') return { bytes, offsets: BigInt64Array.from(part, BigInt) };
  if (form === 'uint32') return { bytes, offsets: part };
  const keys = Array.from({ length: rows }, (_, row) => bytes.subarray(part[row], part[row + 1]));
  return kind === 'bytes' ? keys : keys.map((key) => Buffer.from(key).toString());
}

function keysOf(kind, rows) {
  return kind in ARRAYS ? column(kind, rows, random.below(3) ? mixed : fresh) : byteColumn(kind, rows);
}

/** An empty column for answers, that begins anywhere. */
function room(kind, rows) {
  const Column = ARRAYS[kind];
  const shift = random.below(16);
  return new Column(
    new ArrayBuffer((rows + shift + 1) * Column.BYTES_PER_ELEMENT),
    shift * Column.BYTES_PER_ELEMENT,
    rows,
  );
}

function rowsOfBatch() {
  if (random.below(RARE) === 0) return MILLION;
  return random.below(random.below(2) ? 2001 : 200);
}

function bytesOf(answer) {
  return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
}

function same(got, expected, what) {
  if (!ArrayBuffer.isView(expected)) return assert.is(got, expected, what);
  assert.ok(bytesOf(got).equals(bytesOf(expected)), what);
}

/** What both do, which must be the same. */
function both(maps, what, run) {
  const [expected, got] = maps.map((map) => run(map));
  if (Array.isArray(expected)) expected.forEach((one, i) => same(got[i], one, what));
  else same(got, expected, what);
}

/** A set, or a map, of both libraries. */
function open(key, value) {
  const options = { key, value, seed: random.u32(), capacity: random.pick([0, 0, 100, 3000, 40000]) };
  return [v128, native].map(({ HashMap, HashSet }) => (value === 'none' ? new HashSet(options) : new HashMap(options)));
}

function batch(maps, key, value) {
  const rows = rowsOfBatch();
  const keys = keysOf(key, rows);
  const what = random.weighted({ put: 4, get: 4, has: 2, remove: 1, hash: 2 });
  const text = `${what} of ${rows} rows, ${key} to ${value}`;
  if (what === 'hash') return hashBatch(key, keys, rows, text);
  if (what === 'has') {
    const found = random.below(2) ? undefined : [0, 1].map(() => new Uint8Array(rows + 9).subarray(9));
    return both([0, 1], text, (side) => maps[side].hasAll(keys, found?.[side]));
  }
  if (what === 'remove') {
    const some = key in ARRAYS ? keys.subarray(0, rows >>> 2) : keys;
    return both(maps, text, (map) => map.deleteAll(some));
  }
  if (value === 'none') return both(maps, text, (map) => map.addAll(keys));
  if (what === 'put') {
    const how = random.pick(HOWS);
    const values = random.below(8) ? column(value, rows, fresh) : [new ARRAYS[value](1)[0]][0];
    return both(maps, `${text}, ${how}`, (map) => map.putAll(keys, values, how));
  }
  const into = random.below(2)
    ? [{}, {}]
    : [0, 1].map(() => ({ values: room(value, rows), found: new Uint8Array(rows + 3).subarray(3) }));
  const missing = random.below(2) ? undefined : column(value, 1, mixed)[0];
  both([0, 1], text, (side) => {
    const { values, found, hits } = maps[side].getAll(keys, { ...into[side], missing });
    return [values, found, hits];
  });
}

function hashBatch(key, keys, rows, text) {
  const seed = random.u32();
  const narrow = /32$/.test(key) || random.below(2);
  const Out = narrow ? Uint32Array : BigUint64Array;
  const inPlace = key in ARRAYS && random.below(4) === 0;
  const shift = inPlace ? random.pick([0, 0, 1, 5]) : 5;
  both([v128, native], text, ({ hash }) => {
    const room = new ArrayBuffer((rows + 5) * 8);
    const out = new Out(room, shift * Out.BYTES_PER_ELEMENT, rows);
    if (!(key in ARRAYS)) return hash.strings(Array.isArray(keys) ? keys.map(String) : keys, seed, out);
    const own = new ARRAYS[key](inPlace ? room : new ArrayBuffer(rows * 8), 0, rows);
    own.set(keys);
    return /32$/.test(key) ? hash.u32(own, seed, out) : hash.u64(own, seed, out);
  });
  const bits = random.below(random.below(10) ? 12 : 20);
  const words = column('u32', rows, random.below(2) ? fresh : mixed);
  both([v128, native], `groups, ${text}`, ({ hash }) => Object.values(hash.partition(words, bits)));
}

function comparable(map) {
  const { backend, nativeRows, ...rest } = map.stats();
  return { rest, backend, nativeRows };
}

test(`${batches} batches`, () => {
  let served = 0;
  for (let done = 0; done < batches;) {
    const [key, value] = [random.pick(KEYS), random.pick(VALUES)];
    const maps = open(key, value);
    const end = Math.min(batches, done + 1 + random.below(MOST_OF_MAP));
    for (; done < end; done++) batch(maps, key, value);
    const [expected, got] = maps.map(comparable);
    assert.equal(got.rest, expected.rest, `stats, ${key} to ${value}`);
    both(maps, `snapshot, ${key} to ${value}`, (map) => map.snapshot());
    served += got.nativeRows;
    for (const map of maps) map.dispose();
  }
  assert.ok(served > batches * 50, `kernels served ${served} rows`);
});

test.run();
