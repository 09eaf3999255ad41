// The batch hasher's functions for byte keys. A string hashes as its UTF-8, WTF-8 where it has lone surrogates.

import { byteColumn, stringRows } from './bytes/check.js';
import { type ByteRows, ColumnRows, type Stage } from './bytes/rows.js';
import { checkLength, plainView } from './columns.js';
import { isBytes, show, tagOf } from './kinds.js';
import { checkSeed } from './options.js';
import { encodeOne } from './text.js';
import type { ByteColumn } from './types.js';
import { REFUSED } from './wasm/column-kernels.js';
import { type Hasher, openHasher } from './wasm/hasher.js';
import { native } from './wasm/native.js';
import { transferRows } from './wasm/transfer.js';

/**
 * Rows and bytes of a step: an eighth of a second-level cache. (The first level would hold a fourth of it, but each
 * step costs a microsecond of JavaScript.) A longer row has a step of its own.
 */
const STEP_ROWS = 2048;
const STEP_BYTES = 65536;
const HASH_BYTES = 8;
/** Most bytes that a UTF-16 code unit becomes. */
const UNIT_BYTES = 3;

type Hashes = Uint32Array | BigUint64Array;

/** See {@link Hash.strings}. */
export function strings(keys: readonly string[] | ByteColumn, seed?: number, out?: Uint32Array): Uint32Array;
export function strings(
  keys: readonly string[] | ByteColumn,
  seed: number | undefined,
  out: BigUint64Array,
): BigUint64Array;
export function strings(keys: readonly string[] | ByteColumn, seed?: number, out?: Hashes): Hashes;
export function strings(keys: readonly string[] | ByteColumn, seed = 0, out?: Hashes): Hashes {
  checkSeed(seed, 'seed');
  const rows = Array.isArray(keys) ? stringRows(keys, 'keys') : byteColumn(keys, 'keys');
  const result = out === undefined ? new Uint32Array(rows.length) : out;
  const output = hashesOf(result);
  checkLength(output.length, rows.length, 'out');
  const source = rows.apartFrom([output]);
  if (!isDone(source, seed, output)) fill(source, seed, output);
  return result;
}

/** Rows from which on a native kernel pays that reads and writes the caller's columns. */
const LEAST_ROWS = 48;

/** Has a native kernel done the work? */
function isDone(source: ByteRows, seed: number, output: Hashes): boolean {
  const kernel = native?.columns['hashStrings'];
  if (kernel === undefined || source.length < LEAST_ROWS || !(source instanceof ColumnRows)) return false;
  const { bytes, offsets } = source;
  if (offsets instanceof Float64Array) return false;
  return kernel(bytes, offsets, output, source.length, seed, output.BYTES_PER_ELEMENT) !== REFUSED;
}

function hashesOf(out: unknown): Hashes {
  const wide = tagOf.call(out) === 'BigUint64Array';
  if (!wide && tagOf.call(out) !== 'Uint32Array') {
    throw new TypeError(`out: expected Uint32Array or BigUint64Array; got ${show(out)}`);
  }
  return wide ? plainView(out, BigUint64Array, 'out') : plainView(out, Uint32Array, 'out');
}

/** Hashes all rows to `output`, step by step. */
function fill(source: ByteRows, seed: number, output: Hashes): void {
  const hasher = openHasher();
  const { exports } = hasher.instance;
  const hashes = hasher.extra;
  let stage = stageWith(hasher, STEP_BYTES);
  for (let row = 0; row < source.length;) {
    const { views } = hasher.instance;
    const rows = source.stage(views, stage, row, STEP_ROWS);
    if (rows === 0) {
      stage = stageWith(hasher, source.bytesOf(row));
      continue;
    }
    const origin = source.origin(stage, row);
    if (output instanceof Uint32Array) {
      exports.hashRowsLow(origin, stage.offsets, rows, seed, hashes);
      transferRows(views.u32, hashes >>> 2, rows, output, row);
    } else {
      exports.hashRows(origin, stage.offsets, rows, seed, hashes);
      transferRows(views.u64, hashes >>> 3, rows, output, row);
    }
    row += rows;
  }
}

/** Room for hashes, offsets and bytes of a step, behind the fixed part of the memory. */
function stageWith(hasher: Hasher, room: number): Stage {
  const offsets = hasher.extra + STEP_ROWS * HASH_BYTES;
  const keys = offsets + (STEP_ROWS + 1) * 4;
  reach(hasher, keys + room);
  return { keys, room, offsets };
}

/** Makes the memory reach what is read where rows end at `end`. */
function reach({ instance, readsBehind }: Hasher, end: number) {
  if (end + readsBehind > 0xffff_ffff || !instance.exports.ensureMemory(end + readsBehind, 31, 0xffff_ffff)) {
    throw new RangeError('the host has no memory for a row of this length');
  }
  return instance.views;
}

/** Bytes of the row that {@link stageOne} staged. */
let length = 0;

/**
 * Puts bytes, or a string as bytes, behind the fixed part, and their number into `length`.
 * @throws TypeError for other data
 */
function stageOne(data: unknown, seed: unknown): Hasher {
  checkSeed(seed, 'seed');
  const hasher = openHasher();
  if (typeof data === 'string') {
    const room = data.length * UNIT_BYTES;
    length = encodeOne(data, reach(hasher, hasher.extra + room).u8, hasher.extra, room);
  } else {
    if (!isBytes(data)) throw new TypeError(`data: expected a Uint8Array or a string; got ${show(data)}`);
    const row = plainView(data, Uint8Array, 'data');
    reach(hasher, hasher.extra + row.length).u8.set(row, hasher.extra);
    length = row.length;
  }
  return hasher;
}

/** See {@link Hash.bytes}. */
export function bytes(data: Uint8Array | string, seed = 0): number {
  const { instance, extra } = stageOne(data, seed);
  return instance.exports.hashBytesLow(extra, length, seed) >>> 0;
}

/** See {@link Hash.bytes64}. */
export function bytes64(data: Uint8Array | string, seed = 0): bigint {
  const { instance, extra } = stageOne(data, seed);
  return BigInt.asUintN(64, instance.exports.hashBytes(extra, length, seed));
}
