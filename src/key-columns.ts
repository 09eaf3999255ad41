// Columns of keys, whatever their kind: checked, staged, and read back from the staging.

import { byteRows } from './bytes/check.js';
import { type ByteRows, ColumnRows } from './bytes/rows.js';
import { inputColumn, mayOverlap } from './columns.js';
import { isObject, type Kind, type NumericArray, tagOf } from './kinds.js';
import type { KeyCalls } from './wasm/key-calls.js';
import type { ByteExports, MapExports, MapInstance } from './wasm/map-instance.js';
import type { Place } from './wasm/tables.js';
import { sliceOf, transferRows } from './wasm/transfer.js';

/** A checked column of keys. */
export type Keys = NumericArray | ByteRows;

/**
 * Checks a column of keys.
 * @param first the number of its first row, for messages: that of a part of a column
 * @throws TypeError, RangeError: see {@link inputColumn}, {@link byteRows}
 */
export function keyColumn(column: unknown, kind: Kind, what: string, first = 0): Keys {
  return kind.isBytes ? byteRows(column, kind, what, first) : inputColumn(column, kind, what);
}

/**
 * Refuses what is no column of keys by its class. Whoever leaves the keys out has given no values either, and should
 * hear of the keys.
 * @throws TypeError
 */
export function checkKeysGiven(column: unknown, kind: Kind, what: string): void {
  const mayBe = kind.isBytes
    ? Array.isArray(column) || (isObject(column) && 'bytes' in column)
    : tagOf.call(column) === kind.tag;
  if (!mayBe) keyColumn(column, kind, what);
}

/** A column of checked keys. */
export function columnOfKeys(keys: readonly unknown[], kind: Kind): Keys {
  if (kind.isBytes) return byteRows(keys, kind, 'keys');
  const column = new kind.array(keys.length);
  for (let row = 0; row < keys.length; row++) column[row] = keys[row] as never;
  return column;
}

function isNumeric(keys: Keys): keys is NumericArray {
  return ArrayBuffer.isView(keys);
}

/** Keys that are staged: how many, and where; of byte keys, where their offsets count from. */
export interface Staged {
  rows: number;
  at: number;
}

/** Rows that are done with: a key that is too long to be staged is a row, too. */
export function rowsOf({ rows }: Staged): number {
  return Math.max(rows, 1);
}

/** What staging needs to know of a store. */
interface Source {
  readonly key: Kind;
  readonly keyCalls: KeyCalls;
}

/**
 * Stages keys from `row` on, `most` at most and as many as the staging holds. A key too long for it is staged alone, in
 * the place that the table has for such keys: 0 rows where that place is too small for it, as it is for every key
 * longer than those of the table.
 */
export function stageKeys(
  { key, keyCalls }: Source,
  { instance, table }: Place,
  keys: Keys,
  row: number,
  most: number,
): Staged {
  const { staging } = instance.layout;
  if (!isNumeric(keys)) return stageBytes(instance, table, keys, row, most);
  const rows = Math.min(keys.length - row, most);
  transferRows(keys, row, rows, instance.views[key.view] as NumericArray, staging.keys >>> key.shift);
  keyCalls.settle(instance.exports, staging.keys, rows);
  return { rows, at: staging.keys };
}

function stageBytes(instance: MapInstance, table: number, keys: ByteRows, row: number, most: number): Staged {
  const { staging } = instance.layout;
  const rows = keys.stage(instance.views, staging, row, most);
  if (rows > 0) return { rows, at: keys.origin(staging, row) };
  const bytes = keys.bytesOf(row);
  const { at, room } = instance.longKey(table);
  if (bytes > room) return { rows: 0, at };
  keys.write(row, instance.viewTo('u8', at + bytes), at);
  const first = staging.offsets >>> 2;
  instance.views.u32[first] = 0;
  instance.views.u32[first + 1] = bytes;
  return { rows: 1, at };
}

/** Makes room for the key of a row for which {@link stageKeys} had none; false where the table refused. */
export function makeLongRoom({ instance, table }: Place, keys: Keys, row: number): boolean {
  const bytes = (keys as ByteRows).bytesOf(row);
  return (instance.exports as MapExports & ByteExports).makeLongRoom(table, bytes) !== 0;
}

/** Copies of the keys that are staged. */
export function stagedKeys(kind: Kind, { layout, views }: MapInstance, { rows, at }: Staged): Keys {
  if (!kind.isBytes) return sliceOf(views[kind.view], at >>> kind.shift, (at >>> kind.shift) + rows);
  const first = layout.staging.offsets >>> 2;
  const offsets = sliceOf(views.u32, first, first + rows + 1);
  const start = offsets[0] as number;
  const from = (at + start) >>> 0; // modulo 2^32, see `origin`
  const bytes = sliceOf(views.u8, from, from + (offsets[rows] as number) - start);
  return new ColumnRows(bytes, start === 0 ? offsets : offsets.map((offset) => offset - start));
}

/** The key of a row that is too long to be staged, as a column. */
export function oneKey(keys: Keys, row: number): Keys {
  const bytes = new Uint8Array((keys as ByteRows).bytesOf(row));
  (keys as ByteRows).write(row, bytes, 0);
  return new ColumnRows(bytes, Uint32Array.of(0, bytes.length));
}

/** Do the keys pass through the staging in one part? Of byte keys nobody knows before. */
export function isStagedAtOnce(keys: Keys, { instance }: Place): boolean {
  return isNumeric(keys) && keys.length <= instance.layout.staging.rows;
}

/** A copy of keys that may lie in the memory of a map. */
export function copyOfKeys(keys: Keys): Keys {
  return isNumeric(keys) ? keys.slice() : keys;
}

/** The keys, or a copy where writing to one of `outputs` may change them. */
export function keysApart(keys: Keys, outputs: readonly (NumericArray | Uint8Array)[]): Keys {
  if (!isNumeric(keys)) return keys.apartFrom(outputs);
  return outputs.some((output) => mayOverlap(keys, output)) ? keys.slice() : keys;
}
