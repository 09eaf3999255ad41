// Batches: whole columns of keys and values. They pass through the staging of the table's memory part by part, and a kernel
// works on a part in one call.
//
// Whatever may run the caller's code (getters, methods of a map-like object) comes first. Then the columns are checked, and from there
// on nothing but the batch touches the map.

import { AnyValues, readSlots, releaseSlots, writeSlots } from './any-values.js';
import { takeColumn, takeFullColumn, takePresentRows } from './arrow.js';
import { checkLength, flagColumn, lengthOf, numericColumn, valueColumn } from './columns.js';
import { CapacityError } from './errors.js';
import {
  isStagedAtOnce,
  type Keys,
  keyColumn,
  keysApart,
  makeLongRoom,
  oneKey,
  type Staged,
  stagedKeys,
  stageKeys,
} from './key-columns.js';
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
  const givenKeys = takeFullColumn(keys, store.key, 'keys');
  const checked = valuesToPut(store, values);
  store.checkAlive();
  const column = keyColumn(givenKeys, store.key, 'keys');
  if (typeof checked === 'object') checkLength(checked.length ?? column.length, column.length, 'values');
  return put(store, column, checked, how, 0);
}

/**
 * Adds a column of keys to a set; returns how many were new.
 * @throws see {@link HashSet.addAll}
 */
export function addColumn(store: Store, keys: unknown): number {
  const given = takeFullColumn(keys, store.key, 'keys');
  store.checkAlive();
  return addKeys(store, keyColumn(given, store.key, 'keys'));
}

/** Adds checked keys to a set; returns how many were new. @throws CapacityError */
export function addKeys(store: Store, keys: Keys): number {
  return put(store, keys, undefined, REPLACE, 0);
}

function valuesToPut(store: Store, values: unknown): Values {
  if (store.slots !== undefined) return new AnyValues(values);
  if (typeof values === 'object') {
    return valueColumn(takeFullColumn(values, store.value, 'values'), store.value, 'values');
  }
  store.checkValue(values);
  return values as number | bigint;
}

/**
 * Writes checked columns; `before` rows of the same call are written already. Returns how many keys were new.
 * @throws CapacityError
 */
export function put(store: Store, keys: Keys, values: Values, how: number, before: number): number {
  const rows = keys.length;
  if (rows === 0) return 0;
  let place = store.place ?? openFor(store, rows);
  const sizeBefore = store.size;
  store.touch();
  let row = 0;
  let size = sizeBefore;
  while (row < rows) {
    const most = row === 0 && sizeBefore < FIRST_ROWS ? FIRST_ROWS : place.instance.layout.staging.rows;
    const staged = stageToPut(store, place, keys, row, most);
    const written = staged.rows === 0 ? 0 : putPart(store, place, values, row, staged, how);
    row += written;
    if (written < rowsOf(staged)) store.afterRefusal(before + row, store.words.batch);
    else if (row < rows) size = anticipate(store, place, size, written, rows - row);
    place = store.place as Place;
  }
  place.instance.countMemory();
  return store.size - sizeBefore;
}

/** The table of a new map, for some of a batch's rows; where `maxBytes` leaves no room for those, as for single writes. @throws CapacityError */
function openFor(store: Store, rows: number): Place {
  const { capacity } = store.options;
  try {
    return store.open(Math.max(capacity, Math.min(rows, FIRST_CAPACITY)));
  } catch (error) {
    if (!(error instanceof CapacityError)) throw error;
    return store.open(capacity);
  }
}

/** Stages keys to be written: 0 rows where the table has no room for a long one, and refused to make it. */
function stageToPut(store: Store, place: Place, keys: Keys, row: number, most: number): Staged {
  const staged = stageKeys(store, place, keys, row, most);
  return staged.rows > 0 || !makeLongRoom(place, keys, row) ? staged : stageKeys(store, place, keys, row, 1);
}

/** Writes the rows from `row` on whose keys are staged; returns how many before one was refused. */
function putPart(
  store: Store,
  { instance, table }: Place,
  values: Values,
  row: number,
  staged: Staged,
  how: number,
): number {
  const { staging } = instance.layout;
  if (values instanceof AnyValues)
    return writeSlots(store.slots as Slots, { instance, table }, values, row, staged, how);
  if (values !== undefined) stageValues(store, instance, values, row, staged.rows);
  return instance.exports.putRows(table, staged.at, staging.values, staged.rows, how) >>> 0;
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
  const { column: givenKeys, nulls } = takeColumn(keys, store.key, 'keys');
  const givenRows = store.slots === undefined || given === undefined ? undefined : lengthOf(given, 'into.values');
  store.checkAlive();
  if (!store.value.accepts(missing)) refuse(store.value, missing, 'into.missing');
  const column = keyColumn(givenKeys, store.key, 'keys');
  const rows = column.length;
  const found = givenFound === undefined ? new Uint8Array(rows) : givenFound;
  const foundOut = flagColumn(found, 'into.found');
  checkLength(foundOut.length, rows, 'into.found');
  if (store.slots !== undefined) {
    if (givenRows !== undefined) checkLength(givenRows, rows, 'into.values');
    const answers = new Array<unknown>(rows);
    const hits = get(store, column, nulls, answers, foundOut, missing);
    // Last, for the caller's array may be a proxy, or have setters.
    const values = given === undefined ? answers : copyInto(given as unknown[], answers);
    return { values: values as ValueColumn<V>, found, hits };
  }
  const values = given === undefined ? new store.value.array(rows) : given;
  const valuesOut = numericColumn(values, store.value, 'into.values');
  checkLength(valuesOut.length, rows, 'into.values');
  const hits = get(store, column, nulls, valuesOut, foundOut, missing);
  return { values: values as ValueColumn<V>, found, hits };
}

function copyInto(target: unknown[], source: readonly unknown[]): unknown[] {
  for (let row = 0; row < source.length; row++) target[row] = source[row];
  return target;
}

function get(
  store: Store,
  keys: Keys,
  nulls: Uint8Array | undefined,
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
  const from = apart(keys, place, found, ...(slots === undefined ? [values as NumericArray] : []));
  const first = staging.values >>> shift;
  return lookUp(
    store,
    place,
    from,
    nulls,
    ({ rows, at }) => exports.getRows(table, at, rows, staging.values, staging.found),
    (row, staged) => {
      const count = rowsOf(staged);
      found.set(views.u8.subarray(staging.found, staging.found + count), row);
      if (slots === undefined) (values as Float64Array).set(view.subarray(first, first + count), row);
      else readSlots(slots, instance, values as unknown[], row, count, missing);
    },
  );
}

/**
 * Looks up a column of keys: 1 where a key is there, else 0.
 * @throws see {@link HashMap.hasAll}
 */
export function hasColumn(store: Store, keys: unknown, found?: Uint8Array): Uint8Array {
  const { column: givenKeys, nulls } = takeColumn(keys, store.key, 'keys');
  store.checkAlive();
  const column = keyColumn(givenKeys, store.key, 'keys');
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
  has(store, place, apart(column, place, out), nulls, (row, staged) => {
    out.set(views.u8.subarray(first, first + rowsOf(staged)), row);
  });
  return result;
}

/** How many of these keys, which must not lie in the map's memory, are there? */
export function countKeys(store: Store, keys: Keys): number {
  return store.place === undefined ? 0 : has(store, store.place, keys, undefined, () => undefined);
}

/**
 * Those of these keys, which must not lie in the map's memory, that are there, or those that are not, in their order: in one column or
 * several.
 */
export function selectKeys(store: Store, keys: Keys, areThere: boolean): Keys[] {
  const { key, place } = store;
  if (place === undefined) return areThere ? [] : [keys];
  const { instance } = place;
  const { found } = instance.layout.staging;
  const selected: Keys[] = [];
  has(store, place, keys, undefined, (row, { rows, at }) => {
    if (rows === 0) {
      if (!areThere) selected.push(oneKey(keys, row));
      return;
    }
    const some = instance.exports.selectRows(at, rows, found, Number(areThere)) >>> 0;
    if (some > 0) selected.push(stagedKeys(key, instance, { rows: some, at }));
  });
  return selected;
}

function has(store: Store, place: Place, keys: Keys, nulls: Uint8Array | undefined, take: Take): number {
  const { exports, layout } = place.instance;
  const look = ({ rows, at }: Staged) => exports.hasRows(place.table, at, rows, layout.staging.found);
  return lookUp(store, place, keys, nulls, look, take);
}

/** Takes the answers for the rows from `row` on whose keys are staged; where none is, for this row alone. */
type Take = (row: number, staged: Staged) => void;

/** Looks keys up, part by part, but for those that are `nulls`; returns the hits. */
function lookUp(
  store: Store,
  place: Place,
  keys: Keys,
  nulls: Uint8Array | undefined,
  look: (staged: Staged) => number,
  take: Take,
): number {
  const { instance } = place;
  const { MISSING, staging } = instance.layout;
  let hits = 0;
  for (let row = 0; row < keys.length;) {
    const staged = stageKeys(store, place, keys, row, staging.rows);
    if (staged.rows > 0) {
      hits += look(staged) >>> 0;
    } else {
      const { u8 } = instance.views; // a key longer than any that is there
      u8.copyWithin(staging.values, MISSING, MISSING + 8);
      u8[staging.found] = 0;
    }
    const next = row + rowsOf(staged);
    if (nulls !== undefined) hits -= missNulls(store, instance, nulls.subarray(row, next));
    take(row, staged);
    row = next;
  }
  return hits;
}

/** Makes misses of the staged answers to keys that are null; returns how many were hits. */
function missNulls({ value }: Store, { layout, views }: MapInstance, nulls: Uint8Array): number {
  const { MISSING, staging } = layout;
  const { u8 } = views;
  let hits = 0;
  for (let i = 0; i < nulls.length; i++) {
    const at = staging.found + i;
    if (nulls[i] === 0 || u8[at] === 0) continue;
    hits++;
    u8[at] = 0;
    u8.copyWithin(staging.values + i * value.bytes, MISSING, MISSING + value.bytes);
  }
  return hits;
}

/** Rows that were looked up: a key that is too long to be staged is a row, too. */
function rowsOf({ rows }: Staged): number {
  return Math.max(rows, 1);
}

/** The keys, or a copy where they don't pass through the staging at once and writing an answer may change them. */
function apart(keys: Keys, place: Place, ...outputs: readonly (NumericArray | Uint8Array)[]): Keys {
  return isStagedAtOnce(keys, place) ? keys : keysApart(keys, outputs);
}

// --- deleting ---

/**
 * Deletes a column of keys; returns how many were there.
 * @throws see {@link HashMap.deleteAll}
 */
export function deleteColumn(store: Store, keys: unknown): number {
  const givenKeys = takePresentRows(keys, store.key, 'keys');
  store.checkAlive();
  const column = keyColumn(givenKeys, store.key, 'keys');
  const { place } = store;
  if (place === undefined) return 0;
  const { exports, layout } = place.instance;
  let deleted = 0;
  for (let row = 0; row < column.length;) {
    const staged = stageKeys(store, place, column, row, layout.staging.rows);
    row += rowsOf(staged);
    if (store.slots !== undefined) releaseSlots(store.slots, place, staged);
    deleted += exports.removeRows(place.table, staged.at, staged.rows) >>> 0;
  }
  if (deleted > 0) store.touch();
  return deleted;
}
