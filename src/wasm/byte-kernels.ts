// Native kernels that work on a caller's ByteColumn itself, as column-kernels.ts has them for integer keys. Rows that a
// kernel leaves, as they need more than a look at table and arena, are the wasm's.

import type { Offsets } from '../bytes/rows.js';
import { callKernel, type Column, type ColumnKernels, type Host, OPEN, REFUSED } from './column-kernels.js';
import { bytesOf } from './transfer.js';

/** Rows of a call at most: an answer has room for their number. */
const MOST_ROWS = 2 ** 23;

/** A column whose offsets a kernel can read: of 32 bits. */
export interface ByteColumnView {
  readonly bytes: Uint8Array;
  readonly offsets: Exclude<Offsets, Float64Array>;
}

/** What a look-up found, and how many rows it left: those whose flag is LEFT. */
export interface Found {
  readonly hits: number;
  readonly left: number;
}

/** The flag of a row that a kernel leaves. */
export const LEFT = 2;

/**
 * Looks rows `first` to `first + count - 1` up; `values` and `found` get the answers. undefined: it can't be done so.
 */
export function getByteColumn(
  host: Host,
  kernels: ColumnKernels,
  table: number,
  { bytes, offsets }: ByteColumnView,
  values: Column,
  found: Uint8Array,
  first: number,
  count: number,
): Found | undefined {
  return lookUp(host, kernels['getByteColumn'], [bytes, offsets, values, found], table, found, first, count);
}

/** Whether rows are there; likewise. */
export function hasByteColumn(
  host: Host,
  kernels: ColumnKernels,
  table: number,
  { bytes, offsets }: ByteColumnView,
  found: Uint8Array,
  first: number,
  count: number,
): Found | undefined {
  return lookUp(host, kernels['hasByteColumn'], [bytes, offsets, found], table, found, first, count);
}

function lookUp(
  host: Host,
  kernel: ColumnKernels[string],
  columns: Column[],
  table: number,
  found: Uint8Array,
  first: number,
  count: number,
): Found | undefined {
  if (kernel === undefined) return undefined;
  let hits = 0;
  let left = 0;
  for (let done = 0; done < count; done += MOST_ROWS) {
    const rows = Math.min(count - done, MOST_ROWS);
    const answer = callKernel(host, kernel, ...columns, table, host.layout.ORIGIN, first + done, rows);
    if (answer === REFUSED) return undefined;
    hits += answer % OPEN;
    if (answer >= OPEN) left += countLeft(found.subarray(first + done, first + done + rows));
  }
  return { hits, left };
}

function countLeft(found: Uint8Array): number {
  let left = 0;
  for (let row = found.indexOf(LEFT); row >= 0; row = found.indexOf(LEFT, row + 1)) left++;
  return left;
}

/** The row behind those that were written, and whether it is none of them because it was refused. */
export interface Written {
  readonly row: number;
  readonly refused: boolean;
}

/**
 * Writes rows `first` to `end - 1` to a table that need not grow for them. It ends before the last one where one is
 * refused, is too long for the staging, or where it can't be done so.
 */
export function putByteColumn(
  host: Host,
  kernels: ColumnKernels,
  table: number,
  column: ByteColumnView,
  values: Column,
  first: number,
  end: number,
  how: number,
): Written {
  const kernel = kernels['putByteColumn'];
  if (kernel === undefined) return { row: first, refused: false };
  const { bytes, offsets } = column;
  let row = first;
  while (row < end) {
    const rows = Math.min(end - row, MOST_ROWS);
    const answer = callKernel(host, kernel, bytes, offsets, values, table, host.layout.ORIGIN, row, rows, how);
    if (answer === REFUSED) break;
    const done = answer % OPEN;
    row += done;
    if (answer < OPEN && done < rows) break; // growth may come due
    if (answer < OPEN) continue;
    if ((offsets[row + 1] as number) - (offsets[row] as number) > host.layout.staging.room) break;
    if (!putOne(host, table, column, values, row, how)) return { row, refused: true };
    row++;
  }
  return { row, refused: false };
}

/** Has the wasm write a row. False where it is refused. */
function putOne(
  host: Host,
  table: number,
  { bytes, offsets }: ByteColumnView,
  values: Column,
  row: number,
  how: number,
): boolean {
  const { exports, layout, views } = host;
  const { keys, offsets: to, values: valuesTo } = layout.staging;
  const [start, end] = [offsets[row] as number, offsets[row + 1] as number];
  views.u8.set(bytes.subarray(start, end), keys);
  views.u32[to >>> 2] = 0;
  views.u32[(to >>> 2) + 1] = end - start;
  const width = values.BYTES_PER_ELEMENT;
  views.u8.set(bytesOf(values).subarray(row * width, (row + 1) * width), valuesTo);
  return exports.putRows(table, keys, valuesTo, 1, how) >>> 0 === 1;
}
