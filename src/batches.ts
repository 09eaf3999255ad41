// Batches: whole columns of keys and values. They pass through the staging of the table's memory part by part, and a kernel
// works on a part in one call.
//
// Whatever may run the caller's code (getters, methods of a map-like object) comes first. Then the columns are checked, and from there
// on nothing but the batch touches the map.

import { AnyValues, readSlots, releaseSlots, writeSlots } from './any-values.js';
import { checkLength, flagColumn, lengthOf, mayOverlap, numericColumn, valueColumn } from './columns.js';
import { type NumericArray, refuse } from './kinds.js';
import { REPLACE } from './merge.js';
import { MOST_ENTRIES } from './options.js';
import type { Slots } from './slots.js';
import type { Store } from './store.js';
import type { GetAllInto, GetAllResult, ValueColumn, ValueKind } from './types.js';
import type { MapInstance } from './wasm/map-instance.js';
import type { Place } from './wasm/tables.js';

/** Entries that a batch of at least as many rows finds room for in a new map: half a kilobyte. */
const FIRST_CAPACITY = 52;
/** Rows that a batch writes first into a map that is smaller than that, to see how many of the keys are new. */
const FIRST_ROWS = 128;
/** Part of the rows that must be new for a batch to grow the table ahead of the rest. */
const NEARLY_ALL = 0.9;

/** Checked values of a batch: a column, or one value for all rows; undefined for a set, which has none. */
export type Values = NumericArray | number | bigint | AnyValues | undefined;

// --- writing ---

/**
 * Writes a column of entries; returns how many keys were new.
 * @throws see {@link HashMap.putAll}
 */
export function putColumns(store: Store, keys: unknown, values: unknown, how: number): number {
  const checked = valuesToPut(store, values);
  store.checkAlive();
  const column = numericColumn(keys, store.key, 'keys');
  if (typeof checked === 'object') checkLength(checked.length ?? column.length, column.length, 'values');
  return put(store, column, checked, how, 0);
}

/**
 * Adds a column of keys to a set; returns how many were new.
 * @throws see {@link HashSet.addAll}
 */
export function addColumn(store: Store, keys: unknown): number {
  store.checkAlive();
  return addKeys(store, numericColumn(keys, store.key, 'keys'));
}

/** Adds checked keys to a set; returns how many were new. @throws CapacityError */
export function addKeys(store: Store, keys: NumericArray): number {
  return put(store, keys, undefined, REPLACE, 0);
}

function valuesToPut(store: Store, values: unknown): Values {
  if (store.slots !== undefined) return new AnyValues(values);
  if (typeof values === 'object') return valueColumn(values, store.value, 'values');
  store.checkValue(values);
  return values as number | bigint;
}

/**
 * Writes checked columns; `before` rows of the same call are written already. Returns how many keys were new.
 * @throws CapacityError
 */
export function put(store: Store, keys: NumericArray, values: Values, how: number, before: number): number {
  const rows = keys.length;
  if (rows === 0) return 0;
  let place = store.place ?? store.open(Math.max(store.options.capacity, Math.min(rows, FIRST_CAPACITY)));
  const sizeBefore = store.size;
  store.touch();
  let row = 0;
  let size = sizeBefore;
  while (row < rows) {
    const most = row === 0 && sizeBefore < FIRST_ROWS ? FIRST_ROWS : place.instance.layout.staging.rows;
    const count = stageKeys(store, place.instance, keys, row, most);
    const written = putPart(store, place, values, row, count, how);
    row += written;
    if (written < count) store.afterRefusal(before + row, store.words.batch);
    else if (row < rows) size = anticipate(store, place, size, count, rows - row);
    place = store.place as Place;
  }
  place.instance.countMemory();
  return store.size - sizeBefore;
}

/** Writes `count` rows, from `row` on, whose keys are staged; returns how many before one was refused. */
function putPart(
  store: Store,
  { instance, table }: Place,
  values: Values,
  row: number,
  count: number,
  how: number,
): number {
  const { staging } = instance.layout;
  if (values instanceof AnyValues)
    return writeSlots(store.slots as Slots, { instance, table }, values, row, count, how);
  if (values !== undefined) stageValues(store, instance, values, row, count);
  return instance.exports.putRows(table, staging.keys, staging.values, count, how) >>> 0;
}

/**
 * Grows ahead of the rows to come, where nearly all of the last ones were new. Returns the size.
 * @param before the size before the last rows
 */
function anticipate(store: Store, place: Place, before: number, rows: number, toCome: number): number {
  const { size } = store;
  const isNew = (size - before) / rows;
  if (isNew > NEARLY_ALL && toCome > size) {
    const expected = Math.min(size + Math.floor(toCome * isNew), MOST_ENTRIES);
    place.instance.exports.anticipate(place.table, Math.min(rows, toCome), expected);
  }
  return size;
}

/** A column of checked keys. */
export function columnOfKeys(store: Store, keys: readonly unknown[]): NumericArray {
  const column = new store.key.array(keys.length);
  for (let row = 0; row < keys.length; row++) column[row] = keys[row] as never;
  return column;
}

/** Copies keys to the staging, from `row` on and at most `rows` (default: as many as it holds); returns how many. */
function stageKeys(
  store: Store,
  instance: MapInstance,
  keys: NumericArray,
  row: number,
  rows = instance.layout.staging.rows,
): number {
  const { view, shift } = store.key;
  const part = row === 0 && keys.length <= rows ? keys : keys.subarray(row, row + rows);
  const at = instance.layout.staging.keys;
  instance.views[view].set(part as never, at >>> shift);
  store.keyCalls.settle(instance.exports, at, part.length);
  return part.length;
}

function stageValues(
  store: Store,
  instance: MapInstance,
  values: Exclude<Values, AnyValues | undefined>,
  row: number,
  count: number,
): void {
  const at = instance.layout.staging.values >>> store.value.shift;
  const view = instance.views[store.value.view] as Float64Array;
  if (typeof values !== 'object') view.fill(values as number, at, at + count);
  else if (count === values.length) view.set(values as Float64Array, at);
  else view.set(values.subarray(row, row + count) as Float64Array, at);
}

// --- reading ---

/**
 * Looks up a column of keys.
 * @throws see {@link HashMap.getAll}
 */
export function getColumns<V extends ValueKind>(store: Store, keys: unknown, into: GetAllInto<V>): GetAllResult<V> {
  const { values: given, found: givenFound, missing = store.value.zero } = into; // `into` may have getters
  const givenRows = store.slots === undefined || given === undefined ? undefined : lengthOf(given, 'into.values');
  store.checkAlive();
  if (!store.value.accepts(missing)) refuse(store.value, missing, 'into.missing');
  const column = numericColumn(keys, store.key, 'keys');
  const rows = column.length;
  const found = givenFound === undefined ? new Uint8Array(rows) : givenFound;
  const foundOut = flagColumn(found, 'into.found');
  checkLength(foundOut.length, rows, 'into.found');
  if (store.slots !== undefined) {
    if (givenRows !== undefined) checkLength(givenRows, rows, 'into.values');
    const answers = new Array<unknown>(rows);
    const hits = get(store, column, answers, foundOut, missing);
    // Last, for the caller's array may be a proxy, or have setters.
    const values = given === undefined ? answers : copyInto(given as unknown[], answers);
    return { values: values as ValueColumn<V>, found, hits };
  }
  const values = given === undefined ? new store.value.array(rows) : given;
  const valuesOut = numericColumn(values, store.value, 'into.values');
  checkLength(valuesOut.length, rows, 'into.values');
  const hits = get(store, column, valuesOut, foundOut, missing);
  return { values: values as ValueColumn<V>, found, hits };
}

function copyInto(target: unknown[], source: readonly unknown[]): unknown[] {
  for (let row = 0; row < source.length; row++) target[row] = source[row];
  return target;
}

function get(
  store: Store,
  keys: NumericArray,
  values: NumericArray | unknown[],
  found: Uint8Array,
  missing: unknown,
): number {
  const { place, slots } = store;
  if (place === undefined) {
    (values as unknown[]).fill(missing);
    found.fill(0);
    return 0;
  }
  const { instance, table } = place;
  const { exports, layout, views } = instance;
  const { staging } = layout;
  const { shift } = store.value;
  const view = views[store.value.view] as Float64Array;
  if (slots === undefined) view[layout.MISSING >>> shift] = missing as number;
  const from = copyIfOverlapping(keys, place, found, ...(slots === undefined ? [values as NumericArray] : []));
  const first = staging.values >>> shift;
  let hits = 0;
  for (let row = 0; row < keys.length; row += staging.rows) {
    const count = stageKeys(store, instance, from, row);
    hits += exports.getRows(table, staging.keys, count, staging.values, staging.found) >>> 0;
    found.set(views.u8.subarray(staging.found, staging.found + count), row);
    if (slots === undefined) (values as Float64Array).set(view.subarray(first, first + count), row);
    else readSlots(slots, instance, values as unknown[], row, count, missing);
  }
  return hits;
}

/**
 * Looks up a column of keys: 1 where a key is there, else 0.
 * @throws see {@link HashMap.hasAll}
 */
export function hasColumn(store: Store, keys: unknown, found?: Uint8Array): Uint8Array {
  store.checkAlive();
  const column = numericColumn(keys, store.key, 'keys');
  const rows = column.length;
  const result = found === undefined ? new Uint8Array(rows) : found;
  const out = flagColumn(result, 'found');
  checkLength(out.length, rows, 'found');
  const { place } = store;
  if (place === undefined) {
    out.fill(0);
    return result;
  }
  const { layout, views } = place.instance;
  const { found: first } = layout.staging;
  lookUp(store, place, copyIfOverlapping(column, place, out), (row, count) => {
    out.set(views.u8.subarray(first, first + count), row);
  });
  return result;
}

/** How many of these keys, which must not lie in the map's memory, are there? */
export function countKeys(store: Store, keys: NumericArray): number {
  return store.place === undefined ? 0 : lookUp(store, store.place, keys, () => undefined);
}

/** Those of these keys, which must not lie in the map's memory, that are there, or those that are not, in their order. */
export function selectKeys(store: Store, keys: NumericArray, areThere: boolean): NumericArray {
  const { key, place } = store;
  if (place === undefined) return areThere ? new key.array(0) : keys;
  const { exports, layout, views } = place.instance;
  const { staging } = layout;
  const first = staging.keys >>> key.shift;
  const selected = new key.array(keys.length);
  let rows = 0;
  lookUp(store, place, keys, (_, count) => {
    const some = exports.selectRows(staging.keys, count, staging.found, Number(areThere)) >>> 0;
    selected.set(views[key.view].subarray(first, first + some) as never, rows);
    rows += some;
  });
  return selected.subarray(0, rows);
}

/** Looks keys up, part by part; `take` finds `count` rows, from `row` on, and their flags in the staging. Returns the hits. */
function lookUp(store: Store, place: Place, keys: NumericArray, take: (row: number, count: number) => void): number {
  const { exports, layout } = place.instance;
  const { staging } = layout;
  let hits = 0;
  for (let row = 0; row < keys.length; row += staging.rows) {
    const count = stageKeys(store, place.instance, keys, row);
    hits += exports.hasRows(place.table, staging.keys, count, staging.found) >>> 0;
    take(row, count);
  }
  return hits;
}

/** A copy of the keys where they don't pass through the staging at once and writing an answer may change them. */
function copyIfOverlapping(
  keys: NumericArray,
  place: Place,
  ...outputs: readonly (NumericArray | Uint8Array)[]
): NumericArray {
  const once = keys.length <= place.instance.layout.staging.rows;
  return once || !outputs.some((output) => mayOverlap(keys, output)) ? keys : keys.slice();
}

// --- deleting ---

/**
 * Deletes a column of keys; returns how many were there.
 * @throws see {@link HashMap.deleteAll}
 */
export function deleteColumn(store: Store, keys: unknown): number {
  store.checkAlive();
  const column = numericColumn(keys, store.key, 'keys');
  const { place } = store;
  if (place === undefined) return 0;
  const { exports, layout } = place.instance;
  const { staging } = layout;
  let deleted = 0;
  for (let row = 0; row < column.length; row += staging.rows) {
    const count = stageKeys(store, place.instance, column, row);
    if (store.slots !== undefined) releaseSlots(store.slots, place, count);
    deleted += exports.removeRows(place.table, staging.keys, count) >>> 0;
  }
  if (deleted > 0) store.touch();
  return deleted;
}
