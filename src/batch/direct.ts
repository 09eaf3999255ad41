// Long batches that native kernels serve in the caller's columns, without the staging: integer keys, and byte keys in a
// ByteColumn. Answers and tables are the same as by way of it.

import { ColumnRows } from '../bytes/rows.js';
import { mayOverlap } from '../columns.js';
import type { Keys } from '../key-columns.js';
import type { NumericArray } from '../kinds.js';
import type { Store } from '../store.js';
import {
  type ByteColumnView,
  type Found,
  getByteColumn,
  hasByteColumn,
  putByteColumn,
  type Written,
} from '../wasm/byte-kernels.js';
import { type ColumnKernels, lookUpColumn, putColumn } from '../wasm/column-kernels.js';
import type { Place } from '../wasm/tables.js';

/** Rows from which on it pays: a call with three columns takes about 0.2 us, and copies by way of the staging 0.3 us. */
export const LEAST_ROWS = 256;

/** The kernels for a batch, if they can serve it. */
function kernelsFor({ key }: Store, { instance }: Place, keys: Keys): ColumnKernels | undefined {
  if (keys.length < LEAST_ROWS || key.name === 'f64' || (key.isBytes && !isByteView(keys))) return undefined;
  return instance.native?.columns;
}

function isByteView(keys: Keys): keys is ColumnRows & ByteColumnView {
  return keys instanceof ColumnRows && !(keys.offsets instanceof Float64Array);
}

/** May writing answers change keys that are still to be read? */
function overlap(keys: Keys, values: NumericArray | undefined, found: Uint8Array): boolean {
  const columns = isByteView(keys) ? [keys.bytes, keys.offsets] : [keys as NumericArray];
  if (values !== undefined && mayOverlap(values, found)) return true;
  return columns.some((column) => mayOverlap(column, found) || (values !== undefined && mayOverlap(column, values)));
}

/**
 * Looks keys up as `get` and `hasRows` of get.ts do: see there; `values` left out for the latter. undefined where it
 * can't be done so.
 */
export function lookUpDirectly(
  store: Store,
  place: Place,
  keys: Keys,
  values: NumericArray | undefined,
  found: Uint8Array,
): Found | undefined {
  const kernels = kernelsFor(store, place, keys);
  if (kernels === undefined || overlap(keys, values, found)) return undefined;
  const { instance, table } = place;
  const { length } = keys;
  let answer: Found | undefined;
  if (!isByteView(keys)) {
    const hits = lookUpColumn(instance, kernels, table, keys as NumericArray, values, found, length);
    answer = hits === undefined ? undefined : { hits, left: 0 };
  } else if (values === undefined) {
    answer = hasByteColumn(instance, kernels, table, keys, found, 0, length);
  } else {
    answer = getByteColumn(instance, kernels, table, keys, values, found, 0, length);
  }
  if (answer !== undefined) store.nativeRows += length - answer.left;
  return answer;
}

/**
 * What {@link putDirectly} did, and how many rows the next part may have, so that parts end where they would without
 * it.
 */
interface Put extends Written {
  readonly most: number;
}

/**
 * Writes rows from `row` on, as long as neither the table grows nor would be asked to grow ahead: a part of a batch as
 * large as the staging more must fit.
 */
export function putDirectly(
  store: Store,
  place: Place,
  keys: Keys,
  values: NumericArray | undefined,
  row: number,
  how: number,
): Put {
  const { instance, table } = place;
  const part = instance.layout.staging.rows;
  const kernels = instance.isPool ? undefined : kernelsFor(store, place, keys);
  if (kernels === undefined) return { row, refused: false, most: part };
  const end = endOfFitting(store, place, keys, row);
  if (end - row < LEAST_ROWS) return { row, refused: false, most: part };
  let written: Written;
  if (isByteView(keys)) {
    written = putByteColumn(instance, kernels, table, keys, values ?? keys.bytes, row, end, how);
  } else {
    const column = keys as NumericArray;
    const done = putColumn(instance, kernels, table, column, values ?? column, row, end, how);
    written = { row: row + done, refused: false };
  }
  store.nativeRows += written.row - row;
  return { ...written, most: written.row === end ? part : Math.min(part, end - written.row) };
}

/** The row behind those from `row` on that fit the table: the last one, or the end of a part. */
function endOfFitting(store: Store, { instance, table }: Place, keys: Keys, row: number): number {
  const { layout, views } = instance;
  const { rows: part, room } = layout.staging;
  const fit = store.growAt - (views.u32[(table + layout.COUNT) >>> 2] as number) - part;
  const left = keys.length - row;
  if (left <= fit) return keys.length;
  if (!isByteView(keys)) return row + Math.max(0, Math.floor(fit / part) * part);
  let end = row;
  for (let next = row; next - row <= fit; next = keys.endOfPart(end, room, part)) {
    end = next;
    if (keys.bytesOf(end) > room) break; // such a row is a part by itself
  }
  return end;
}
