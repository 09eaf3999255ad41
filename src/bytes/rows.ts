// Columns of byte keys on their way in: strings, byte arrays, or an Arrow-like ByteColumn. All are staged alike: the
// bytes of some rows one behind the other, and where each begins and ends.

import { mayOverlap } from '../columns.js';
import type { NumericArray } from '../kinds.js';
import { byteLength, encodeOne, encodeRows } from '../text.js';
import type { Views } from '../wasm/instance.js';
import { writeBytes } from './key.js';
import { transfer } from '../wasm/transfer.js';

/** Where rows are staged: the address of the bytes and the room for them, the address of the offsets. */
export interface Stage {
  readonly keys: number;
  readonly room: number;
  readonly offsets: number;
}

/** A checked column of byte keys. */
export interface ByteRows {
  readonly length: number;
  /** Stages rows from `row` on, `most` at most; returns how many: 0 where the first one is too long for the room. */
  stage(views: Views, to: Stage, row: number, most: number): number;
  /**
   * The address from which the offsets count that `stage(views, to, row, most)` stages; it may lie before address 0,
   * modulo 2^32.
   */
  origin(to: Stage, row: number): number;
  /** Bytes of a row. */
  bytesOf(row: number): number;
  /** Writes a row to `bytes` at `at`, where there is room for it. */
  write(row: number, bytes: Uint8Array, at: number): void;
  /** The column, or a copy where writing to one of `outputs` may change it. */
  apartFrom(outputs: readonly (NumericArray | Uint8Array)[]): ByteRows;
}

// V8 drops the optimised code for a class with its last instance, and at a collection there is often no column: so each
// class keeps one.

/** Strings, checked and copied. */
export class StringRows implements ByteRows {
  static readonly kept = new StringRows([]);
  readonly #strings: readonly string[];

  constructor(strings: readonly string[]) {
    this.#strings = strings;
  }

  get length(): number {
    return this.#strings.length;
  }

  stage({ u8, u32 }: Views, { keys, room, offsets }: Stage, row: number, most: number): number {
    const end = Math.min(row + most, this.length);
    return encodeRows(this.#strings, row, end, u8, keys, room, u32, offsets >>> 2);
  }

  origin({ keys }: Stage): number {
    return keys;
  }

  bytesOf(row: number): number {
    return byteLength(this.#strings[row] as string);
  }

  write(row: number, bytes: Uint8Array, at: number): void {
    encodeOne(this.#strings[row] as string, bytes, at, bytes.length - at);
  }

  apartFrom(): this {
    return this;
  }
}

/** Byte arrays, as plain views. */
export class ArrayRows implements ByteRows {
  static readonly kept = new ArrayRows([]);
  readonly #arrays: readonly Uint8Array[];

  constructor(arrays: readonly Uint8Array[]) {
    this.#arrays = arrays;
  }

  get length(): number {
    return this.#arrays.length;
  }

  stage({ u8, u32 }: Views, { keys, room, offsets }: Stage, row: number, most: number): number {
    const first = offsets >>> 2;
    const rows = Math.min(most, this.length - row);
    let used = 0;
    u32[first] = 0;
    for (let i = 0; i < rows; i++) {
      const bytes = this.#arrays[row + i] as Uint8Array;
      const written = writeBytes(bytes, u8, keys + used, room - used);
      if (written < 0) return i;
      used += written;
      u32[first + i + 1] = used;
    }
    return rows;
  }

  origin({ keys }: Stage): number {
    return keys;
  }

  bytesOf(row: number): number {
    return (this.#arrays[row] as Uint8Array).length;
  }

  write(row: number, bytes: Uint8Array, at: number): void {
    transfer(this.#arrays[row] as Uint8Array, bytes, at);
  }

  apartFrom(outputs: readonly (NumericArray | Uint8Array)[]): ArrayRows {
    const overlaps = this.#arrays.some((bytes) => outputs.some((output) => mayOverlap(bytes, output)));
    return overlaps ? new ArrayRows(this.#arrays.map((bytes) => bytes.slice())) : this;
  }
}

/** Offsets as numbers: those of large columns exceed 32 bits. */
export type Offsets = Int32Array | Uint32Array | Float64Array;

/** The rows of a ByteColumn: plain views, its offsets checked. */
export class ColumnRows implements ByteRows {
  static readonly kept = new ColumnRows(new Uint8Array(0), new Int32Array(1));
  readonly bytes: Uint8Array;
  readonly offsets: Offsets;

  constructor(bytes: Uint8Array, offsets: Offsets) {
    this.bytes = bytes;
    this.offsets = offsets;
  }

  get length(): number {
    return this.offsets.length - 1;
  }

  stage({ u8, u32, i32 }: Views, { keys, room, offsets: to }: Stage, row: number, most: number): number {
    const { bytes, offsets } = this;
    const start = offsets[row] as number;
    const end = this.endOfPart(row, room, most);
    const part = offsets.subarray(row, end + 1);
    // A copy of a few cache lines costs less than a loop, so offsets keep counting from where they do.
    if (part instanceof Float64Array)
      u32.set(
        part.map((offset) => offset - start),
        to >>> 2,
      );
    else transfer(part, part instanceof Int32Array ? i32 : u32, to >>> 2);
    transfer(bytes.subarray(start, offsets[end]), u8, keys);
    return end - row;
  }

  origin({ keys }: Stage, row: number): number {
    const start = this.offsets[row] as number;
    return (keys - (this.offsets instanceof Float64Array ? 0 : start)) >>> 0;
  }

  /** The row behind those that `stage` stages from `row` on, `most` at most. */
  endOfPart(row: number, room: number, most: number): number {
    const start = this.offsets[row] as number;
    return this.#endOf(row, Math.min(most, this.length - row), start + room);
  }

  /** Copies of some rows. */
  pick(rows: readonly number[]): ColumnRows {
    const offsets = new Uint32Array(rows.length + 1);
    rows.forEach((row, i) => (offsets[i + 1] = (offsets[i] as number) + this.bytesOf(row)));
    const bytes = new Uint8Array(offsets[rows.length] as number);
    rows.forEach((row, i) => {
      this.write(row, bytes, offsets[i] as number);
    });
    return new ColumnRows(bytes, offsets);
  }

  /** The row behind those from `row` on, `most` at most, that end at `limit` or before. */
  #endOf(row: number, most: number, limit: number): number {
    const { offsets } = this;
    let low = row;
    let high = row + most;
    if ((offsets[high] as number) <= limit) return high;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((offsets[middle] as number) <= limit) low = middle;
      else high = middle;
    }
    return low;
  }

  bytesOf(row: number): number {
    return (this.offsets[row + 1] as number) - (this.offsets[row] as number);
  }

  write(row: number, bytes: Uint8Array, at: number): void {
    transfer(this.bytes.subarray(this.offsets[row], this.offsets[row + 1]), bytes, at);
  }

  apartFrom(outputs: readonly (NumericArray | Uint8Array)[]): ColumnRows {
    const { bytes, offsets } = this;
    const overlaps = outputs.some((output) => mayOverlap(bytes, output) || mayOverlap(offsets, output));
    return overlaps ? new ColumnRows(bytes.slice(), offsets.slice()) : this;
  }
}
