// Batches that write, in slices. A step is a batch of its own (batch/put.ts), so between two of them the map is whole,
// and anything may be done to it.

import { takeFullColumn } from '../arrow.js';
import { put, type Values, valuesToPut } from '../batch/put.js';
import { checkLength } from '../columns.js';
import { keyColumn } from '../key-columns.js';
import { combineCode, REPLACE } from '../merge.js';
import type { Store } from '../store.js';
import type { PutAllAsyncOptions, SliceOptions } from '../types.js';
import { LEAST_MOVED, Move } from './move.js';
import { checkSlicing, optionsOf, Slices, type Slicing, withRows, type Work } from './slices.js';
import { keySource, type Source, valueSource } from './sources.js';

/**
 * Writes a column of entries in slices; resolves to how many keys were new.
 * @throws see {@link HashMap.putAllAsync}
 */
export async function putColumnsAsync(
  store: Store,
  keys: unknown,
  values: unknown,
  options: PutAllAsyncOptions | undefined,
): Promise<number> {
  const given = optionsOf(options);
  const slicing = checkSlicing(given);
  const how = combineCode(given.how, store.value);
  const keysGiven = keySource(takeFullColumn(keys, store.key, 'keys'), store.key, 'keys');
  const isColumn = store.slots === undefined ? typeof values === 'object' : Array.isArray(values);
  const valuesGiven = isColumn
    ? valueSource(takeFullColumn(values, store.value, 'values'), store.value, 'values')
    : valuesToPut(store, values);
  return putSlices(store, keysGiven, valuesGiven, how, slicing, { name: 'putAllAsync', done: 'applied' });
}

/**
 * Adds a column of keys to a set, in slices; resolves to how many were new.
 * @throws see {@link HashSet.addAllAsync}
 */
export async function addColumnAsync(store: Store, keys: unknown, options: SliceOptions | undefined): Promise<number> {
  const slicing = checkSlicing(optionsOf(options));
  const given = keySource(takeFullColumn(keys, store.key, 'keys'), store.key, 'keys');
  return putSlices(store, given, undefined, REPLACE, slicing, { name: 'addAllAsync', done: 'applied' });
}

async function putSlices(
  store: Store,
  keys: Source,
  values: Source | Values,
  how: number,
  slicing: Slicing,
  work: Work,
): Promise<number> {
  store.checkAlive();
  const column = isSource(values) ? values : undefined;
  const rows = keys.length;
  if (column !== undefined) checkLength(column.length, rows, 'values');

  /** Reads a part of both columns, which may run the caller's code; returns the rows. */
  const read = (row: number, most: number): number => {
    const count = keys.read(row, most);
    column?.read(row, count);
    return count;
  };
  const checkedKeys = (row: number, count: number) => keyColumn(keys.part(row, count), store.key, 'keys', row);
  const checkedValues = (row: number, count: number): Values =>
    column === undefined ? (values as Values) : valuesToPut(store, column.part(row, count), row);

  let added = 0;
  let move: Move | undefined;
  let mayMove = true;
  await Slices.of(slicing, work, async (slices) => {
    if (keys.hasDoubtfulRows || column?.hasDoubtfulRows === true) {
      await slices.check(rows, (row, most) => {
        const count = read(row, most);
        checkedKeys(row, count);
        checkedValues(row, count);
        return count;
      });
    }
    await slices.run(rows, (row, most) => {
      if (move !== undefined) {
        const moved = move.step();
        if (moved !== undefined) move = undefined;
        mayMove = moved !== false; // once given up it would be so again
        return 0;
      }
      const count = read(row, most);
      const toCome = rows - row - count;
      const fresh = withRows(work, row, () => {
        store.checkAlive();
        const standing = { before: row, toCome, growsAhead: store.size < LEAST_MOVED, name: work.name };
        return put(store, checkedKeys(row, count), checkedValues(row, count), how, standing);
      });
      added += fresh;
      if (mayMove) move = Move.begin(store, fresh / count, toCome);
      return count;
    });
  }).finally(() => move?.giveUp());
  return added;
}

function isSource(x: Source | Values): x is Source {
  return typeof x === 'object' && 'hasDoubtfulRows' in x;
}
