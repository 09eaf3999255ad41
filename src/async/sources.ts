// Columns that are read part by part, while the caller may write to them, or take their buffers away, in between.

import { byteViews, formsOf } from '../bytes/check.js';
import { lengthOfBytes } from '../bytes/key.js';
import { checkAttached, checkValuesGiven, mayOverlap, numericColumn, plainView, type View } from '../columns.js';
import { isBytes, type Kind, type NumericArray } from '../kinds.js';
import type { ByteColumn } from '../types.js';

/** Bytes of keys in a part, or units of strings: a longer row is a part of its own. */
const PART_BYTES = 2 ** 17;

/** A column, its class checked, and so that it has its buffer now. */
export interface Source {
  readonly length: number;
  /** Must rows be looked at one by one to tell whether they can be used? */
  readonly hasDoubtfulRows: boolean;
  /**
   * Reads rows from `row` on, `most` at most and so many as are not too long together; returns how many. This may run
   * the caller's code.
   * @throws what that throws
   */
  read(row: number, most: number): number;
  /**
   * The rows that were read, as a column that is unchecked, for none but at once.
   * @throws TypeError where the column has lost its buffer, RangeError where it has another length now
   */
  part(row: number, rows: number): NumericArray | ByteColumn | readonly unknown[];
  /** The column, or a copy where writing to one of `outputs` may change it. */
  apartFrom(outputs: readonly View[]): Source;
}

/** @throws TypeError for what is no column of keys of a kind */
export function keySource(given: unknown, kind: Kind, what: string): Source {
  if (!kind.isBytes) return new NumberSource(numericColumn(given, kind, what), what);
  if (Array.isArray(given)) return new ArraySource(given, kind, what);
  return new ByteSource(byteViews(given, what, formsOf(kind)), what);
}

/** @throws TypeError for what is no column of values of a kind */
export function valueSource(given: unknown, kind: Kind, what: string): Source {
  if (Array.isArray(given)) return new ArraySource(given, kind, what);
  checkValuesGiven(given, kind, what);
  return new NumberSource(numericColumn(given, kind, what), what);
}

class NumberSource implements Source {
  readonly length: number;
  readonly hasDoubtfulRows = false;
  readonly #view: NumericArray;
  readonly #what: string;

  constructor(view: NumericArray, what: string) {
    this.length = view.length;
    this.#view = view;
    this.#what = what;
  }

  read(row: number, most: number): number {
    return Math.min(most, this.length - row);
  }

  part(row: number, rows: number): NumericArray {
    checkAttached(this.#view, this.#what);
    return this.#view.subarray(row, row + rows);
  }

  apartFrom(outputs: readonly View[]): Source {
    const overlaps = outputs.some((output) => mayOverlap(this.#view, output));
    return overlaps ? new NumberSource(this.#view.slice(), this.#what) : this;
  }
}

/** Strings, byte arrays, or values in a plain array. */
class ArraySource implements Source {
  readonly length: number;
  readonly hasDoubtfulRows: boolean;
  readonly #array: readonly unknown[];
  readonly #what: string;
  readonly #kind: Kind;
  #read: unknown[] = [];
  /** The array's length when it was last read: asking for it may run the caller's code. */
  #lengthThen: number;

  constructor(array: readonly unknown[], kind: Kind, what: string) {
    this.length = array.length;
    this.#lengthThen = this.length;
    this.hasDoubtfulRows = kind.name !== 'any';
    this.#kind = kind;
    this.#array = array;
    this.#what = what;
  }

  read(row: number, most: number): number {
    const end = row + Math.min(most, this.length - row);
    const rows: unknown[] = [];
    for (let at = row, bytes = 0; at < end && bytes < PART_BYTES; at++) {
      const x = this.#array[at]; // once: it may be a getter
      if (this.#kind.isBytes) bytes += sizeOf(x);
      rows.push(x);
    }
    this.#read = rows;
    this.#lengthThen = this.#array.length;
    return rows.length;
  }

  part(): readonly unknown[] {
    const length = this.#lengthThen;
    if (length !== this.length) {
      throw new RangeError(`${this.#what}: expected ${this.length} rows, as many as at the start; got ${length}`);
    }
    return this.#read;
  }

  /** Reads byte arrays once more. */
  apartFrom(outputs: readonly View[]): Source {
    if (outputs.length === 0) return this;
    const copy: unknown[] = [];
    let overlaps = false;
    for (let row = 0; row < this.length; row++) {
      const key = this.#array[row];
      if (typeof key === 'string') return this;
      const isApart = !isBytes(key) || !outputs.some((output) => mayOverlap(key, output));
      copy.push(isApart ? key : plainView(key, Uint8Array, this.#what).slice());
      overlaps ||= !isApart;
    }
    return overlaps ? new ArraySource(copy, this.#kind, this.#what) : this;
  }
}

function sizeOf(x: unknown): number {
  if (typeof x === 'string') return x.length;
  return isBytes(x) ? lengthOfBytes(x) : 0;
}

class ByteSource implements Source {
  readonly length: number;
  readonly hasDoubtfulRows = true;
  readonly #views: ByteColumn;
  readonly #what: string;

  constructor(views: ByteColumn, what: string) {
    this.length = views.offsets.length - 1;
    this.#views = views;
    this.#what = what;
  }

  read(row: number, most: number): number {
    const { offsets } = this.#views;
    const end = Math.min(row + most, this.length);
    const limit = Number(offsets[row]) + PART_BYTES;
    let next = row + 1;
    while (next < end && Number(offsets[next + 1]) <= limit) next++;
    return next - row;
  }

  part(row: number, rows: number): ByteColumn {
    const { bytes, offsets } = this.#views;
    checkAttached(bytes, `${this.#what}.bytes`);
    checkAttached(offsets, `${this.#what}.offsets`);
    return { bytes, offsets: offsets.subarray(row, row + rows + 1) };
  }

  apartFrom(outputs: readonly View[]): Source {
    const { bytes, offsets } = this.#views;
    const overlaps = outputs.some((output) => mayOverlap(bytes, output) || mayOverlap(offsets, output));
    return overlaps ? new ByteSource({ bytes: bytes.slice(), offsets: offsets.slice() }, this.#what) : this;
  }
}
