// Long batches of integer keys that native kernels serve in the caller's columns, without the staging. Answers and tables are the same as by way of it.

import { mayOverlap } from '../columns.js';
import type { Keys } from '../key-columns.js';
import type { NumericArray } from '../kinds.js';
import type { Store } from '../store.js';
import { type ColumnKernels, lookUpColumn, putColumn } from '../wasm/column-kernels.js';
import type { Place } from '../wasm/tables.js';

/** Rows from which on it pays: a call with three columns takes about 0.2 us, and copies by way of the staging 0.3 us. */
const LEAST_ROWS = 256;

/** The kernels for a batch, if they can serve it. */
function kernelsFor({ key }: Store, { instance }: Place, keys: Keys): ColumnKernels | undefined {
  if (keys.length < LEAST_ROWS || key.isBytes || key.name === 'f64') return undefined;
  return instance.native?.columns;
}

/** Will {@link putDirectly} have kernels for such keys? They have the system back the memory of an empty table themselves. */
export function isPutDirectly(store: Store, place: Place, keys: Keys): boolean {
  return !place.instance.isPool && kernelsFor(store, place, keys) !== undefined;
}

/** Looks keys up as `get` and `hasRows` of get.ts do: see there; `values` left out for the latter. undefined where it can't be done so. */
export function lookUpDirectly(
  store: Store,
  place: Place,
  keys: Keys,
  values: NumericArray | undefined,
  found: Uint8Array,
): number | undefined {
  const kernels = kernelsFor(store, place, keys);
  if (kernels === undefined) return undefined;
  const column = keys as NumericArray;
  if (mayOverlap(column, found)) return undefined;
  if (values !== undefined && (mayOverlap(column, values) || mayOverlap(values, found))) return undefined;
  const hits = lookUpColumn(place.instance, kernels, place.table, column, values, found, column.length);
  if (hits !== undefined) store.nativeRows += column.length;
  return hits;
}

/**
 * Writes rows from `row` on, as long as neither the table grows nor would be asked to grow ahead: a part of a batch as large as the staging more must fit. Returns how many.
 */
export function putDirectly(
  store: Store,
  place: Place,
  keys: Keys,
  values: NumericArray | undefined,
  row: number,
  how: number,
): number {
  const { instance, table } = place;
  const kernels = instance.isPool ? undefined : kernelsFor(store, place, keys);
  if (kernels === undefined) return 0;
  const { layout, views } = instance;
  const part = layout.staging.rows;
  const fit = store.growAt - (views.u32[(table + layout.COUNT) >>> 2] as number) - part;
  const left = keys.length - row;
  const rows = left <= fit ? left : Math.floor(fit / part) * part;
  if (rows < LEAST_ROWS) return 0;
  const column = keys as NumericArray;
  const done = putColumn(instance, kernels, table, column, values ?? column, row, row + rows, how);
  store.nativeRows += done;
  return done;
}
