// Checking of byte keys and their columns. Nothing of what is handed over is trusted to stay as it is: getters run
// here, once, and what lies in shared memory is copied.

import { checkAttached, isShared, plainView } from '../columns.js';
import { isBytes, type Kind, keyKind, refuse, show, tagOf } from '../kinds.js';
import type { ByteColumn } from '../types.js';
import { checkKeyBytes, MOST_KEY_BYTES } from './key.js';
import { ArrayRows, type ByteRows, ColumnRows, type Offsets, StringRows } from './rows.js';
import { byteLength } from '../text.js';
import { firstFall, firstInvalidRow } from './validate.js';

/**
 * A checked column of keys of kind 'string' or 'bytes'.
 * @param first the number of its first row, for messages: that of a part of a column
 * @throws TypeError for anything else, a row of another type, or one that is not UTF-8; RangeError for offsets that
 *   fall or leave the bytes, or a key of a gigabyte and more
 */
export function byteRows(column: unknown, kind: Kind, what: string, first = 0): ByteRows {
  if (!Array.isArray(column)) return columnRows(column, kind, what, first);
  return kind.name === 'string' ? stringRows(column, what, first) : bytesRows(column, what, first);
}

/** Units of a string that can't be too long a key: each takes three bytes at most. */
const SURELY_SHORT = Math.floor(MOST_KEY_BYTES / 3);

/**
 * Strings, copied.
 * @throws TypeError for a row that is none, RangeError for one that is too long
 */
export function stringRows(column: readonly unknown[], what: string, first = 0): ByteRows {
  const { length } = column;
  const rows = new Array<string>(length);
  for (let row = 0; row < length; row++) {
    const key = column[row]; // once: it may be a getter
    if (typeof key !== 'string') refuse(keyKind('string'), key, `${what}[${first + row}]`);
    if (key.length > SURELY_SHORT) checkKeyBytes(byteLength(key), `${what}[${first + row}]`);
    rows[row] = key;
  }
  return new StringRows(rows);
}

function bytesRows(column: readonly unknown[], what: string, first: number): ByteRows {
  const { length } = column;
  const rows: Uint8Array[] = [];
  for (let row = 0; row < length; row++) {
    const key = column[row]; // once: it may be a getter
    if (!isBytes(key)) refuse(keyKind('bytes'), key, `${what}[${first + row}]`);
    rows.push(plainBytes(key, what, first + row));
  }
  // A getter of another row may have taken a row's buffer away.
  for (let row = 0; row < length; row++) {
    if (rows[row]?.length === 0) checkAttached(rows[row] as Uint8Array, `${what}[${first + row}]`);
  }
  return new ArrayRows(rows);
}

/**
 * A plain view of a key; a copy where others may write to it. (Messages are only made for a row that is refused: they
 * take longer than the row.)
 */
function plainBytes(key: Uint8Array, what: string, row: number): Uint8Array {
  const bytes = plainView(key, Uint8Array, what);
  if (bytes.length > MOST_KEY_BYTES) checkKeyBytes(bytes.length, `${what}[${row}]`);
  return isShared(bytes.buffer) ? bytes.slice() : bytes;
}

function columnRows(column: unknown, kind: Kind, what: string, first: number): ByteRows {
  const rows = checkedRows(byteViews(column, what, formsOf(kind)), what, first);
  if (rows.bytes.length > MOST_KEY_BYTES) {
    for (let row = 0; row < rows.length; row++) {
      if (rows.bytesOf(row) > MOST_KEY_BYTES) checkKeyBytes(rows.bytesOf(row), `${what}[${first + row}]`);
    }
  }
  if (kind.name === 'string') {
    const row = firstInvalidRow(rows);
    if (row < rows.length) throw new TypeError(`${what}[${first + row}]: expected valid UTF-8`);
  }
  return rows;
}

/** What a column of keys of the kind may be, for messages. */
export function formsOf(kind: Kind): string {
  return kind.name === 'string' ? 'a string[] or a ByteColumn' : 'a Uint8Array[] or a ByteColumn';
}

/**
 * The rows of a ByteColumn.
 * @throws TypeError for another class or a detached buffer, RangeError for offsets that are none, fall or leave the
 *   bytes
 */
export function byteColumn(column: unknown, what: string): ColumnRows {
  return checkedRows(byteViews(column, what, 'a string[] or a ByteColumn'), what, 0);
}

type OffsetView = ByteColumn['offsets'];

/**
 * The parts of a ByteColumn as plain views: its offsets are unchecked.
 * @throws TypeError for another class or a detached buffer, RangeError for no offsets at all
 */
export function byteViews(column: unknown, what: string, expected: string): ByteColumn {
  if (typeof column !== 'object' || column === null)
    throw new TypeError(`${what}: expected ${expected}; got ${show(column)}`);
  const { bytes, offsets } = column as Partial<ByteColumn>;
  if (bytes === undefined || offsets === undefined) {
    throw new TypeError(`${what}: expected ${expected}; got ${show(column)}`);
  }
  const views = { bytes: plainView(bytes, Uint8Array, `${what}.bytes`), offsets: plainOffsets(offsets, what) };
  if (views.offsets.length === 0)
    throw new RangeError(`${what}.offsets: expected one more than there are rows; got none`);
  return views;
}

const CLASSES = { Int32Array, Uint32Array, BigInt64Array };

function plainOffsets(offsets: unknown, what: string): OffsetView {
  const tag = tagOf.call(offsets);
  if (tag === undefined || !(tag in CLASSES)) {
    throw new TypeError(`${what}.offsets: expected Int32Array, Uint32Array or BigInt64Array; got ${show(offsets)}`);
  }
  return plainView<OffsetView>(offsets, CLASSES[tag as keyof typeof CLASSES], `${what}.offsets`);
}

/** The rows of plain views. What others may write to is copied: of shared bytes what the rows have. */
function checkedRows({ bytes, offsets }: ByteColumn, what: string, first: number): ColumnRows {
  const numbers = numbersOf(offsets);
  checkOffsets(numbers, bytes.length, `${what}.offsets`, first);
  if (!isShared(bytes.buffer)) return new ColumnRows(bytes, numbers);
  const start = numbers[0] as number;
  const own = bytes.slice(start, numbers[numbers.length - 1]);
  return new ColumnRows(own, start === 0 ? numbers : numbers.map((offset) => offset - start));
}

function numbersOf(offsets: OffsetView): Offsets {
  if (offsets instanceof BigInt64Array) return Float64Array.from(offsets, Number);
  return isShared(offsets.buffer) ? offsets.slice() : offsets;
}

/** @throws RangeError where offsets fall or leave the bytes */
function checkOffsets(offsets: Offsets, bytes: number, what: string, first: number): void {
  const fall = firstFall(offsets);
  if (fall >= 0) {
    const before = offsets[fall - 1] ?? 0;
    throw new RangeError(
      `${what}[${first + fall}]: expected at least ${before}, as the row before begins there; got ${offsets[fall]}`,
    );
  }
  const end = offsets[offsets.length - 1] as number;
  if (end > bytes) throw new RangeError(`${what}: expected at most ${bytes}, the length of bytes; got ${end}`);
}
