// The batch hasher: integers, and conflict grouping. Byte keys are in hash-bytes.ts.

import { deliver, inputColumn, isShared, mayOvertake, numericColumn, outputColumn } from './columns.js';
import { bytes, bytes64, strings } from './hash-bytes.js';
import { type Kind, keyKind, type NumericArray, show, tagOf } from './kinds.js';
import { checkSeed } from './options.js';
import type { Groups, Hash } from './types.js';
import { CANONICAL, NARROW, REFUSED } from './wasm/column-kernels.js';
import { openHasher } from './wasm/hasher.js';
import { native } from './wasm/native.js';
import { transferRows } from './wasm/transfer.js';

const MOST_BITS = 20;

/** See {@link Hash.u32}. */
function u32(keys: Uint32Array | Int32Array, seed = 0, out?: Uint32Array): Uint32Array {
  return hashNumbers(keys, kindOf(keys, NARROW_KINDS), seed, out, U32);
}

const U32 = /* @__PURE__ */ keyKind('u32');
const U64 = /* @__PURE__ */ keyKind('u64');

type Kinds = Readonly<Record<string, Kind>>;

/** The array classes of 32-bit keys, and of 64-bit keys, with their kinds. */
const NARROW_KINDS: Kinds = /* @__PURE__ */ (() => ({ Uint32Array: U32, Int32Array: keyKind('i32') }))();
const WIDE_KINDS: Kinds = /* @__PURE__ */ (() => ({
  BigUint64Array: U64,
  BigInt64Array: keyKind('i64'),
  Float64Array: keyKind('f64'),
}))();

/** The kind of a column. @throws TypeError for another class */
function kindOf(keys: unknown, kinds: Kinds): Kind {
  const kind = kinds[String(tagOf.call(keys))];
  if (kind === undefined) {
    throw new TypeError(`keys: expected one of ${Object.keys(kinds).join(', ')}; got ${show(keys)}`);
  }
  return kind;
}

/** See {@link Hash.u64}. */
function u64<Out extends Uint32Array | BigUint64Array = Uint32Array>(
  keys: BigUint64Array | BigInt64Array | Float64Array,
  seed = 0,
  out?: Out,
): Out {
  const answer = out === undefined || tagOf.call(out) === U32.tag ? U32 : U64;
  if (answer === U64 && tagOf.call(out) !== U64.tag) {
    throw new TypeError(`out: expected ${U32.tag} or ${U64.tag}; got ${show(out)}`);
  }
  return hashNumbers(keys, kindOf(keys, WIDE_KINDS), seed, out, answer);
}

/**
 * Hashes a column of numbers of a kind into one of kind `answer`, which for 64-bit keys may be U32: the low words.
 * @throws as {@link Hash.u32}
 */
function hashNumbers<Out>(keys: unknown, kind: Kind, seed: number, out: Out | undefined, answer: Kind): Out {
  checkSeed(seed, 'seed');
  const input = inputColumn(keys, kind, 'keys');
  const rows = input.length;
  const output = out === undefined ? new answer.array(rows) : outputColumn<NumericArray>(out, answer, rows, 'out');
  const overtakes = rows >= LEAST_ROWS && mayOvertake(input, output);
  if (rows < LEAST_ROWS || overtakes || !hashNatively(input, kind, seed, output)) {
    hashStaged(overtakes ? input.slice() : input, kind, seed, output, answer);
  }
  if (out === undefined) return output as Out;
  deliver(output, out);
  return out;
}

/** Hashes part by part: nothing of `output` is written before what it may overlap of the first part is read. */
function hashStaged(input: NumericArray, kind: Kind, seed: number, output: NumericArray, answer: Kind): void {
  const { instance, staging, rows: most } = openHasher();
  const { exports, views } = instance;
  for (let row = 0; row < input.length; row += most) {
    const rows = Math.min(most, input.length - row);
    transferRows(input, row, rows, views[kind.view] as NumericArray, staging >>> kind.shift);
    if (kind.name === 'f64') exports.makeCanonical(staging, rows);
    if (kind.bytes === U32.bytes) exports.hashU32(staging, rows, seed, staging);
    else exports.hashU64(staging, rows, seed, staging);
    if (answer.bytes < kind.bytes) exports.lowWords(staging, rows, staging);
    transferRows(views[answer.view] as NumericArray, staging >>> answer.shift, rows, output, row);
  }
}

/**
 * Rows from which on a native kernel pays that reads and writes the caller's columns: a call takes as long as 300 keys
 * in v128. The staging holds more.
 */
const LEAST_ROWS = 512;

/** Has a native kernel done the work? */
function hashNatively(keys: NumericArray, kind: Kind, seed: number, out: NumericArray): boolean {
  if (native === undefined) return false;
  const { hashColumn4, hashColumn8 } = native.columns;
  const rows = keys.length;
  if (kind.bytes === U32.bytes) return (hashColumn4?.(keys, out, rows, seed) ?? REFUSED) !== REFUSED;
  const how = (kind.name === 'f64' ? CANONICAL : 0) | (out.BYTES_PER_ELEMENT < kind.bytes ? NARROW : 0);
  return (hashColumn8?.(keys, out, rows, seed, how) ?? REFUSED) !== REFUSED;
}

/** See {@link Hash.partition}. */
function partition(hashes: Uint32Array, bits: number): Groups {
  if (typeof bits !== 'number') throw new TypeError(`bits: expected a number; got ${show(bits)}`);
  if (!Number.isInteger(bits) || bits < 0 || bits > MOST_BITS) {
    throw new RangeError(`bits: expected an integer in 0 .. ${MOST_BITS}; got ${show(bits)}`);
  }
  const column = numericColumn(hashes, U32, 'hashes') as Uint32Array;
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
