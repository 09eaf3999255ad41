// Native kernels that work on the caller's columns themselves: the copies through the staging took longer than hashing,
// and half as long as looking up.
//
// The columns are checked before, and read once: where another thread may write to them, a row is what it was when it
// was read. No column that is written may share memory with another one, as parts of it would be read too late. Integer
// keys alone: those of kind f64 are made canonical in the staging.

import type { ByteExports, FloatExports, MapExports } from './map-instance.js';
import { bytesOf } from './transfer.js';

/** The answer of a kernel that could not do its work. */
export const REFUSED = 0xffff_ffff;
/** In the answer of a kernel: some rows, or the next one, are the wasm's. */
export const OPEN = 0x8000_0000;
// What hashColumn8 does besides (src/native/kernels.h).
export const CANONICAL = 1;
export const NARROW = 2;
/** The low bits of the answer of a write are the rows that are done (src/native/kernels.h). */
const ROWS_BITS = 24;
const ROWS_MASK = 2 ** ROWS_BITS - 1;
/** Rows of a call at most: whole blocks, and an answer has room for their number. */
const MOST_ROWS = 2 ** 23;
/** Rows of a block (assembly/memory/layout.ts). */
const BLOCK_ROWS = 128;

export type Column =
  Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array | BigInt64Array | BigUint64Array;

/** Takes columns, and numbers behind them. */
export type ColumnKernel = (...columnsAndNumbers: (Column | number)[]) => number;

/** By the names of src/native/kernels.h. */
export type ColumnKernels = Readonly<Record<string, ColumnKernel | undefined>>;

/** What the kernels need of an instance with a table. */
export interface Host {
  readonly exports: MapExports & Partial<ByteExports & FloatExports>;
  readonly layout: {
    readonly ORIGIN: number;
    readonly PENDING: number;
    readonly widths: { readonly key: number; readonly value: number };
    readonly staging: {
      readonly keys: number;
      readonly values: number;
      readonly room: number;
      readonly offsets: number;
    };
  };
  readonly views: { readonly u8: Uint8Array; readonly u32: Uint32Array };
  /** The views of all the memory there is now. */
  renewViews(): { readonly u8: Uint8Array };
}

function kernelFor(kernels: ColumnKernels, what: string, { layout }: Host): ColumnKernel | undefined {
  return kernels[`${what}Column${layout.widths.key}x${layout.widths.value}`];
}

/** Calls a kernel on the memory of a table; once more if its view was of what the memory was before it grew. */
export function callKernel(host: Host, kernel: ColumnKernel, ...rest: (Column | number)[]): number {
  const { u8 } = host.views;
  const answer = kernel(u8, ...rest);
  if (answer !== REFUSED) return answer;
  const renewed = host.renewViews().u8;
  return renewed.length === u8.length ? REFUSED : kernel(renewed, ...rest);
}

/**
 * Looks `count` keys up; `values` and `found` get the answers, `values` being left out to know only which are there.
 * Returns the hits; undefined where it can't be done so, and then the columns may have been written to.
 */
export function lookUpColumn(
  host: Host,
  kernels: ColumnKernels,
  table: number,
  keys: Column,
  values: Column | undefined,
  found: Uint8Array,
  count: number,
): number | undefined {
  const kernel = kernelFor(kernels, values === undefined ? 'has' : 'get', host);
  if (kernel === undefined) return undefined;
  const columns = values === undefined ? [keys, found] : [keys, values, found];
  let hits = 0;
  for (let first = 0; first < count; first += MOST_ROWS) {
    const rows = Math.min(count - first, MOST_ROWS);
    const answer = callKernel(host, kernel, ...columns, table, host.layout.ORIGIN, first, rows);
    if (answer >= OPEN) return undefined; // as the spill may have some of the keys; or REFUSED
    hits += answer;
  }
  return hits;
}

/**
 * Writes rows `first` to `end - 1` to a table that need not grow for them, in blocks as they are when they are staged.
 * Returns how many rows are done with: fewer where a block is for the wasm to decide on.
 */
export function putColumn(
  host: Host,
  kernels: ColumnKernels,
  table: number,
  keys: Column,
  values: Column,
  first: number,
  end: number,
  how: number,
): number {
  const kernel = kernelFor(kernels, 'put', host);
  if (kernel === undefined) return 0;
  let row = first;
  while (row < end) {
    const rows = Math.min(end - row, MOST_ROWS);
    const answer = callKernel(host, kernel, keys, values, table, host.layout.ORIGIN, row, rows, how);
    if (answer === REFUSED) break;
    const done = answer & ROWS_MASK;
    const left = answer >>> ROWS_BITS;
    row += done;
    if (left > 0) putLeft(host, table, keys, values, row - (((done - 1) % BLOCK_ROWS) + 1), left, how);
    else if (done < rows) break;
  }
  return row - first;
}

/**
 * Has the wasm write the rows of a block, which begins at row `start`, that the kernel left: the spill or a bucket far
 * behind the home has room for them. (None is refused: growth is not due for so many rows, nor would they fill a leaf.)
 */
function putLeft(
  { exports, layout, views }: Host,
  table: number,
  keys: Column,
  values: Column,
  start: number,
  left: number,
  how: number,
): void {
  const { staging, widths, PENDING } = layout;
  const [keyBytes, valueBytes, list] = [bytesOf(keys), bytesOf(values), PENDING >>> 2];
  const { u8, u32 } = views;
  for (let i = 0; i < left; i++) {
    const row = start + (u32[list + i] as number);
    copyRow(keyBytes, row, u8, staging.keys, i, widths.key);
    copyRow(valueBytes, row, u8, staging.values, i, widths.value);
  }
  exports.putRows(table, staging.keys, staging.values, left, how);
}

function copyRow(from: Uint8Array, row: number, to: Uint8Array, at: number, index: number, width: number): void {
  for (let byte = 0; byte < width; byte++) to[at + index * width + byte] = from[row * width + byte] as number;
}
