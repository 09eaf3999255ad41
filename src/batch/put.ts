// Batches that write: whole columns of keys and values. They pass through the staging of the table's memory part by
// part, and a kernel works on a part in one call.
//
// Whatever may run the caller's code (getters, methods of a map-like object) comes first. Then the columns are checked,
// and from there on nothing but the batch touches the map. So it is in every batch.

import { AnyValues, writeSlots } from '../any-values.js';
import { takeFullColumn } from '../arrow.js';
import { LEAST_ROWS, putDirectly } from './direct.js';
import { checkAttached, checkLength, valueColumn } from '../columns.js';
import { CapacityError } from '../errors.js';
import { checkKeysGiven, type Keys, keyColumn, makeLongRoom, rowsOf, type Staged, stageKeys } from '../key-columns.js';
import type { NumericArray } from '../kinds.js';
import { REPLACE } from '../merge.js';
import { MOST_ENTRIES } from '../options.js';
import type { Slots } from '../slots.js';
import type { Store } from '../store.js';
import type { MapInstance } from '../wasm/map-instance.js';
import type { Place } from '../wasm/tables.js';
import { transferRows } from '../wasm/transfer.js';

/**
 * Rows that a batch writes first into a map that is smaller than that, to see how many of the keys are new. A new map has
 * room for them at once: 2 KiB from u32 to u32, twice that at most from other numbers, of which most is in vain if nearly
 * all keys are the same.
 */
const FIRST_ROWS = 128;
/** Part of the rows that must be new for a batch to grow the table ahead of the rest. */
const NEARLY_ALL = 0.9;

/** Where a part stands in a batch that is written part by part. */
interface Standing {
  /** Rows of the batch that are written already. */
  readonly before: number;
  /** Rows of the batch that come behind this part. */
  readonly toCome: number;
  /** May the table take a larger form at once, ahead of the rows to come? */
  readonly growsAhead: boolean;
  /** The call that it is, for messages; without it that of a whole batch. */
  readonly name?: string;
}

export const WHOLE: Standing = { before: 0, toCome: 0, growsAhead: true };

/** Checked values of a batch: a column, or one value for all rows; undefined for a set, which has none. */
export type Values = NumericArray | number | bigint | AnyValues | undefined;

/**
 * Writes a column of entries; returns how many keys were new.
 * @throws see {@link HashMap.putAll}
 */
export function putColumns(store: Store, keys: unknown, values: unknown, how: number): number {
  const givenKeys = takeFullColumn(keys, store.key, 'keys');
  checkKeysGiven(givenKeys, store.key, 'keys');
  const checked = valuesToPut(store, values);
  store.checkAlive();
  const column = keyColumn(givenKeys, store.key, 'keys');
  if (ArrayBuffer.isView(checked)) checkAttached(checked, 'values'); // keys may have had getters
  if (typeof checked === 'object') checkLength(checked.length ?? column.length, column.length, 'values');
  return put(store, column, checked, how);
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
  return put(store, keys, undefined, REPLACE);
}

/**
 * Checks a column of values, or one value for all rows.
 * @param first the number of its first row, for messages: that of a part of a column
 * @throws see {@link HashMap.putAll}
 */
export function valuesToPut(store: Store, values: unknown, first = 0): Values {
  if (store.slots !== undefined) return new AnyValues(values);
  if (typeof values === 'object') {
    return valueColumn(takeFullColumn(values, store.value, 'values'), store.value, 'values', first);
  }
  store.checkValue(values);
  return values as number | bigint;
}

/**
 * Writes checked columns; returns how many keys were new.
 * @throws CapacityError
 */
export function put(store: Store, keys: Keys, values: Values, how: number, standing = WHOLE): number {
  const rows = keys.length;
  if (rows === 0) return 0;
  let place = store.place ?? openFor(store, rows);
  const sizeBefore = store.size;
  store.touch();
  if (sizeBefore === 0 && standing.growsAhead) place.instance.exports.touchAhead(place.table, rows);
  let row = 0;
  let size = sizeBefore;
  while (row < rows) {
    const part = place.instance.layout.staging.rows;
    let most = part;
    if (row === 0 && sizeBefore < FIRST_ROWS) most = FIRST_ROWS;
    else if (rows - row >= LEAST_ROWS && isColumn(values)) {
      const direct = putDirectly(store, place, keys, values, row, how);
      if (direct.row > row) size = store.size;
      row = direct.row;
      if (row === rows) break;
      if (direct.refused) {
        store.afterRefusal(standing.before + row, standing.name ?? store.words.batch);
        place = store.place as Place;
        continue;
      }
      most = direct.most;
    }
    const staged = stageToPut(store, place, keys, row, most);
    const written = staged.rows === 0 ? 0 : putPart(store, place, values, row, staged, how);
    store.noteServed(place.instance);
    row += written;
    const toCome = rows - row + standing.toCome;
    if (written < rowsOf(staged)) store.afterRefusal(standing.before + row, standing.name ?? store.words.batch);
    else if (toCome > 0 && standing.growsAhead) size = anticipate(store, place, size, written, toCome);
    place = store.place as Place;
  }
  place.instance.countMemory();
  return store.size - sizeBefore;
}

/** Is it a column, or none as there are no values? */
function isColumn(values: Values): values is NumericArray | undefined {
  return values === undefined || ArrayBuffer.isView(values);
}

/**
 * The table of a new map, for some of a batch's rows; where `maxBytes` leaves no room for those, as for single writes.
 * @throws CapacityError
 */
function openFor(store: Store, rows: number): Place {
  const { capacity } = store.options;
  try {
    return store.open(Math.max(capacity, Math.min(rows, FIRST_ROWS)));
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
  else transferRows(values as Float64Array, row, count, view, at);
}
