// Batches that look keys up: for their values, or whether they are there.

import { readSlots } from '../any-values.js';
import { takeColumn } from '../arrow.js';
import { lookUpDirectly } from './direct.js';
import type { ColumnRows } from '../bytes/rows.js';
import { checkLength, deliver, FEW, lengthOf, outputColumn } from '../columns.js';
import {
  isStagedAtOnce,
  type Keys,
  keyColumn,
  keysApart,
  oneKey,
  rowsOf,
  type Staged,
  stagedKeys,
  stageKeys,
} from '../key-columns.js';
import { isObject, type NumericArray, refuse, show } from '../kinds.js';
import type { Store } from '../store.js';
import type { GetAllInto, GetAllResult, ValueColumn, ValueKind } from '../types.js';
import type { MapInstance } from '../wasm/map-instance.js';
import type { Place } from '../wasm/tables.js';
import { LEFT } from '../wasm/byte-kernels.js';
import { transferRows } from '../wasm/transfer.js';

/**
 * Looks up a column of keys.
 * @throws see {@link HashMap.getAll}
 */
export function getColumns<V extends ValueKind>(store: Store, keys: unknown, into: GetAllInto<V>): GetAllResult<V> {
  checkInto(into, 'into');
  const { values: given, found: givenFound, missing = store.value.zero } = into; // `into` may have getters
  const { column: givenKeys, nulls } = takeColumn(keys, store.key, 'keys');
  const givenRows = store.slots === undefined || given === undefined ? undefined : lengthOf(given, 'into.values');
  const column = keyColumn(givenKeys, store.key, 'keys');
  store.checkAlive();
  if (!store.value.accepts(missing)) refuse(store.value, missing, 'into.missing');
  const rows = column.length;
  const foundOut = flagsFor(givenFound, rows, 'into.found');
  const found = givenFound ?? foundOut;
  if (store.slots !== undefined) {
    if (givenRows !== undefined) checkLength(givenRows, rows, 'into.values');
    const answers = new Array<unknown>(rows);
    const hits = get(store, column, nulls, answers, foundOut, missing);
    deliver(foundOut, found);
    // Last, for the caller's array may be a proxy, or have setters.
    const values = given === undefined ? answers : copyInto(given as unknown[], answers);
    return { values: values as ValueColumn<V>, found, hits };
  }
  const valuesOut =
    given === undefined
      ? new store.value.array(rows)
      : outputColumn<NumericArray>(given, store.value, rows, 'into.values');
  const hits = get(store, column, nulls, valuesOut, foundOut, missing);
  deliver(foundOut, found);
  if (given !== undefined) deliver(valuesOut, given);
  return { values: (given ?? valuesOut) as ValueColumn<V>, found, hits };
}

/** @throws TypeError for what is no object, or one of the arrays that should be in it */
export function checkInto(into: unknown, what: string): void {
  if (isObject(into) && !Array.isArray(into) && !ArrayBuffer.isView(into)) return;
  throw new TypeError(`${what}: expected an object with values, found or missing; got ${show(into)}`);
}

const FLAGS = { array: Uint8Array, tag: 'Uint8Array' };

/** Where flags are written, for the array that the caller gave, if there is one. */
function flagsFor(given: unknown, rows: number, what: string): Uint8Array {
  return given === undefined ? new Uint8Array(rows) : outputColumn(given, FLAGS, rows, what);
}

function copyInto(target: unknown[], source: readonly unknown[]): unknown[] {
  for (let row = 0; row < source.length; row++) target[row] = source[row];
  return target;
}

/** Looks checked keys up, and writes what is found; returns the hits. */
export function get(
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
  const first = staging.values >>> shift;
  if (isFew(keys, store, nulls) && slots === undefined) {
    const { rows, at } = stageKeys(store, place, keys, 0, keys.length);
    const hits = exports.getRows(table, at, rows, staging.values, staging.found) >>> 0;
    store.noteServed(instance);
    transferRows(views.u8, staging.found, rows, found, 0);
    transferRows(view, first, rows, values as Float64Array, 0);
    return hits;
  }
  const look = ({ rows, at }: Staged) => exports.getRows(table, at, rows, staging.values, staging.found);
  if (slots === undefined && nulls === undefined) {
    const column = values as NumericArray;
    const direct = lookUpDirectly(store, place, keys, column, found);
    if (direct?.left === 0) return direct.hits;
    if (direct !== undefined) {
      return (
        direct.hits +
        lookUpLeft(store, place, keys, found, look, (i, row) =>
          transferRows(view, first + i, 1, column as Float64Array, row),
        )
      );
    }
  }
  const from = isStagedAtOnce(keys, place)
    ? keys
    : keysApart(keys, slots === undefined ? [found, values as NumericArray] : [found]);
  return lookUp(store, place, from, nulls, look, (row, staged) => {
    const count = rowsOf(staged);
    transferRows(views.u8, staging.found, count, found, row);
    if (slots === undefined) transferRows(view, first, count, values as Float64Array, row);
    else readSlots(slots, instance, values as unknown[], row, count, missing);
  });
}

/** Are they a part of so few rows that what longer batches need takes longer than looking them up? */
function isFew(keys: Keys, { key }: Store, nulls: Uint8Array | undefined): boolean {
  return keys.length <= FEW && !key.isBytes && nulls === undefined;
}

/**
 * Looks up a column of keys: 1 where a key is there, else 0.
 * @throws see {@link HashMap.hasAll}
 */
export function hasColumn(store: Store, keys: unknown, found?: Uint8Array): Uint8Array {
  const { column: givenKeys, nulls } = takeColumn(keys, store.key, 'keys');
  const column = keyColumn(givenKeys, store.key, 'keys');
  store.checkAlive();
  const out = flagsFor(found, column.length, 'found');
  hasRows(store, column, nulls, out);
  if (found !== undefined) deliver(out, found);
  return found ?? out;
}

/** Looks checked keys up, and writes to `out` which are there. */
export function hasRows(store: Store, keys: Keys, nulls: Uint8Array | undefined, out: Uint8Array): void {
  const { place } = store;
  if (place === undefined) {
    out.fill(0);
    return;
  }
  const { instance, table } = place;
  const { layout, exports, views } = instance;
  const { found: first } = layout.staging;
  if (isFew(keys, store, nulls)) {
    const { rows, at } = stageKeys(store, place, keys, 0, keys.length);
    exports.hasRows(table, at, rows, first);
    store.noteServed(instance);
    transferRows(views.u8, first, rows, out, 0);
    return;
  }
  if (nulls === undefined) {
    const direct = lookUpDirectly(store, place, keys, undefined, out);
    if (direct !== undefined && direct.left > 0) lookUpLeft(store, place, keys, out, looker(place), () => undefined);
    if (direct !== undefined) return;
  }
  const from = isStagedAtOnce(keys, place) ? keys : keysApart(keys, [out]);
  has(store, place, from, nulls, (row, staged) => {
    transferRows(views.u8, first, rowsOf(staged), out, row);
  });
}

/** How many of these keys, which must not lie in the map's memory, are there? */
export function countKeys(store: Store, keys: Keys): number {
  return store.place === undefined ? 0 : has(store, store.place, keys, undefined, () => undefined);
}

/**
 * Those of these keys, which must not lie in the map's memory, that are there, or those that are not, in their order:
 * in one column or several.
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
  return lookUp(store, place, keys, nulls, looker(place), take);
}

/** What looks staged keys up, to know which are there. */
function looker({ instance, table }: Place): Look {
  const { exports, layout } = instance;
  return ({ rows, at }) => exports.hasRows(table, at, rows, layout.staging.found);
}

type Look = (staged: Staged) => number;

/** Takes the answers for the rows from `row` on whose keys are staged; where none is, for this row alone. */
type Take = (row: number, staged: Staged) => void;

/** Looks keys up, part by part, but for those that are `nulls`; returns the hits. */
function lookUp(store: Store, place: Place, keys: Keys, nulls: Uint8Array | undefined, look: Look, take: Take): number {
  const { instance } = place;
  const { MISSING, staging } = instance.layout;
  let hits = 0;
  for (let row = 0; row < keys.length;) {
    const staged = stageKeys(store, place, keys, row, staging.rows);
    if (staged.rows > 0) {
      hits += look(staged) >>> 0;
      store.noteServed(instance);
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

/**
 * Looks the rows up that kernels of columns have left; `read` takes the staged answer number `i` for a row. Returns the
 * hits.
 */
function lookUpLeft(
  store: Store,
  place: Place,
  keys: Keys,
  found: Uint8Array,
  look: Look,
  read: (i: number, row: number) => void,
): number {
  const rows: number[] = [];
  for (let row = found.indexOf(LEFT); row >= 0; row = found.indexOf(LEFT, row + 1)) rows.push(row);
  const { layout, views } = place.instance;
  return lookUp(store, place, (keys as ColumnRows).pick(rows), undefined, look, (first, staged) => {
    for (let i = 0; i < rowsOf(staged); i++) {
      const row = rows[first + i] as number;
      found[row] = views.u8[layout.staging.found + i] as number;
      read(i, row);
    }
  });
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
