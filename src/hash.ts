// The batch hasher: integers, and conflict grouping. Byte keys are in hash-bytes.ts.

import { checkLength, isShared, mayOvertake, numericColumn } from './columns.js';
import { bytes, bytes64, strings } from './hash-bytes.js';
import { keyKind, type NumericArray, show, tagOf } from './kinds.js';
import { checkSeed } from './options.js';
import type { Groups, Hash } from './types.js';
import { type ColumnKernel, REFUSED } from './wasm/column-kernels.js';
import { openHasher } from './wasm/hasher.js';
import { native } from './wasm/native.js';

const MOST_BITS = 20;

function u32Column(column: unknown, what: string): Uint32Array {
  return numericColumn(column, keyKind('u32'), what) as Uint32Array;
}

/** See {@link Hash.u32}. */
function u32(keys: Uint32Array | Int32Array, seed = 0, out?: Uint32Array): Uint32Array {
  checkSeed(seed, 'seed');
  const input = numericColumn(keys, keyKind(tagOf.call(keys) === 'Int32Array' ? 'i32' : 'u32'), 'keys');
  const rows = input.length;
  const result = out === undefined ? new Uint32Array(rows) : out;
  const output = out === undefined ? result : u32Column(out, 'out');
  checkLength(output.length, rows, 'out');
  const overtakes = mayOvertake(input, output);
  if (!overtakes && isDone(native?.columns['hashColumn4'], input, output, rows, seed)) return result;
  const { instance, staging, rows: chunk } = openHasher();
  let from = new Uint32Array(input.buffer as ArrayBuffer, input.byteOffset, rows);
  if (rows > chunk && overtakes) from = from.slice();
  const words = instance.views.u32;
  for (let row = 0; row < rows; row += chunk) {
    const part = from.subarray(row, row + chunk);
    words.set(part, staging >>> 2);
    instance.exports.hashU32(staging, part.length, seed, staging);
    output.set(words.subarray(staging >>> 2, (staging >>> 2) + part.length), row);
  }
  return result;
}

/**
 * Rows from which on a native kernel pays that reads and writes the caller's columns: a call takes as long as 300 keys
 * in v128.
 */
const LEAST_ROWS = 512;

/** Has a kernel done the work? */
function isDone(
  kernel: ColumnKernel | undefined,
  keys: NumericArray,
  out: NumericArray,
  rows: number,
  seed: number,
  ...how: number[]
): boolean {
  return kernel !== undefined && rows >= LEAST_ROWS && kernel(keys, out, rows, seed, ...how) !== REFUSED;
}

// What hashColumn8 does besides (src/native/kernels.h).
const CANONICAL = 1;
const NARROW = 2;

/** The array classes of 64-bit keys, and their kinds. */
const WIDE_KINDS: Readonly<Record<string, string>> = {
  BigUint64Array: 'u64',
  BigInt64Array: 'i64',
  Float64Array: 'f64',
};

/** See {@link Hash.u64}. */
function u64<Out extends Uint32Array | BigUint64Array = Uint32Array>(
  keys: BigUint64Array | BigInt64Array | Float64Array,
  seed = 0,
  out?: Out,
): Out {
  checkSeed(seed, 'seed');
  const kind = keyKind(WIDE_KINDS[String(tagOf.call(keys))] ?? 'u64');
  const input = numericColumn(keys, kind, 'keys');
  const rows = input.length;
  const result = out === undefined ? (new Uint32Array(rows) as Out) : out;
  const wide = tagOf.call(result) === 'BigUint64Array';
  const output = wide ? numericColumn(result, keyKind('u64'), 'out') : u32Column(result, 'out');
  checkLength(output.length, rows, 'out');
  const overtakes = mayOvertake(input, output);
  const how = (kind.name === 'f64' ? CANONICAL : 0) | (wide ? 0 : NARROW);
  if (!overtakes && isDone(native?.columns['hashColumn8'], input, output, rows, seed, how)) return result;
  const { instance, staging, rows: chunk } = openHasher();
  const { exports, views } = instance;
  const from = rows > chunk && overtakes ? input.slice() : input;
  const view = wide ? views.u64 : views.u32;
  const first = staging / output.BYTES_PER_ELEMENT;
  for (let row = 0; row < rows; row += chunk) {
    const part = from.subarray(row, row + chunk);
    views[kind.view].set(part as never, staging >>> 3);
    if (kind.name === 'f64') exports.makeCanonical(staging, part.length);
    exports.hashU64(staging, part.length, seed, staging);
    if (!wide) exports.lowWords(staging, part.length, staging);
    output.set(view.subarray(first, first + part.length) as never, row);
  }
  return result;
}

/** See {@link Hash.partition}. */
function partition(hashes: Uint32Array, bits: number): Groups {
  if (typeof bits !== 'number') throw new TypeError(`bits: expected a number; got ${show(bits)}`);
  if (!Number.isInteger(bits) || bits < 0 || bits > MOST_BITS) {
    throw new RangeError(`bits: expected an integer in 0 .. ${MOST_BITS}; got ${show(bits)}`);
  }
  const column = u32Column(hashes, 'hashes');
  // Read twice: the counts must fit the second reading.
  const from = isShared(column.buffer) ? column.slice() : column;
  const rows = from.length;
  const groups = 2 ** bits;
  const order = new Uint32Array(rows);
  const kernel = native?.columns['groupColumn'];
  if (kernel !== undefined && rows >= LEAST_ROWS) {
    const offsets = new Uint32Array(groups + 1);
    if (kernel(from, offsets, order, rows, bits) !== REFUSED) return { order, offsets };
  }
  const { instance, staging, rows: chunk, extra: counters } = openHasher();
  if (!instance.exports.ensureMemory(counters + (groups + 1) * 4, 31, 0xffff_ffff)) {
    throw new RangeError(`bits: the host has no memory for 2^${bits} groups`);
  }
  const { u32: words } = instance.renewViews();
  const first = counters >>> 2;
  words.fill(0, first, first + groups + 1);
  for (let row = 0; row < rows; row += chunk) {
    const part = from.subarray(row, row + chunk);
    words.set(part, staging >>> 2);
    instance.exports.countGroups(staging, part.length, bits, counters);
  }
  instance.exports.prefixGroups(bits, counters);
  const offsets = words.slice(first, first + groups + 1);
  const places = staging + chunk * 4;
  for (let row = 0; row < rows; row += chunk) {
    const part = from.subarray(row, row + chunk);
    words.set(part, staging >>> 2);
    instance.exports.placeRows(staging, part.length, bits, counters, places);
    const at = places >>> 2;
    for (let i = 0; i < part.length; i++) order[words[at + i] as number] = row + i;
  }
  return { order, offsets };
}

/** The batch hasher: see {@link Hash}. */
export const hash: Hash = { u32, u64, strings, bytes, bytes64, partition, id: 'tophash-0' };
