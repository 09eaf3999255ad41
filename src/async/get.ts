// Batches that look keys up, in slices. A step is a batch of its own (batch/get.ts): a row has the answer of the moment
// when its slice came.

import { type Taken, takeColumn } from '../arrow.js';
import { checkInto, get, hasRows } from '../batch/get.js';
import { checkAttached, checkLength, flagColumn, lengthOf, numericColumn, type View } from '../columns.js';
import { type Keys, keyColumn } from '../key-columns.js';
import { refuse } from '../kinds.js';
import type { Store } from '../store.js';
import type { GetAllAsyncOptions, GetAllResult, HasAllAsyncOptions, ValueColumn, ValueKind } from '../types.js';
import { checkSlicing, optionsOf, Slices, type Slicing, withRows, type Work } from './slices.js';
import { keySource, type Source } from './sources.js';

const LOOKED_UP = 'looked up';

/**
 * Looks up a column of keys in slices.
 * @throws see {@link HashMap.getAllAsync}
 */
export async function getColumnsAsync<V extends ValueKind>(
  store: Store,
  keys: unknown,
  options: GetAllAsyncOptions<V> | undefined,
): Promise<GetAllResult<V>> {
  const given = optionsOf(options);
  const slicing = checkSlicing(given);
  const { into = {} } = given;
  checkInto(into, 'options.into');
  const { values: givenValues, found: givenFound, missing = store.value.zero } = into;
  const { column, nulls } = takeColumn(keys, store.key, 'keys');
  const source = keySource(column, store.key, 'keys');
  const rows = source.length;
  if (givenValues !== undefined && store.slots !== undefined)
    checkLength(lengthOf(givenValues, 'into.values'), rows, 'into.values');
  store.checkAlive();
  if (!store.value.accepts(missing)) refuse(store.value, missing, 'into.missing');
  const found = givenFound ?? new Uint8Array(rows);
  const foundOut = flagColumn(found, 'into.found');
  checkLength(foundOut.length, rows, 'into.found');
  const givenOutputs: View[] = givenFound === undefined ? [] : [foundOut];
  const work: Work = { name: 'getAllAsync', done: LOOKED_UP };
  let hits = 0;

  if (store.slots !== undefined) {
    const values = (givenValues ?? new Array<unknown>(rows)) as unknown[];
    const taken = { column: source.apartFrom(givenOutputs), nulls };
    await lookUpSlices(store, taken, { 'into.found': foundOut }, slicing, work, (part, row, missed) => {
      const answers = new Array<unknown>(part.length);
      hits += get(store, part, missed, answers, foundOut.subarray(row, row + part.length), missing);
      return () => {
        for (let i = 0; i < answers.length; i++) values[row + i] = answers[i];
      };
    });
    return { values: values as ValueColumn<V>, found, hits };
  }

  const values = givenValues ?? (new store.value.array(rows) as ValueColumn<V>);
  const valuesOut = numericColumn(values, store.value, 'into.values');
  checkLength(valuesOut.length, rows, 'into.values');
  if (givenValues !== undefined) givenOutputs.push(valuesOut);
  const taken = { column: source.apartFrom(givenOutputs), nulls };
  const outputs = { 'into.found': foundOut, 'into.values': valuesOut };
  await lookUpSlices(store, taken, outputs, slicing, work, (part, row, missed) => {
    const answers = valuesOut.subarray(row, row + part.length);
    hits += get(store, part, missed, answers, foundOut.subarray(row, row + part.length), missing);
    return undefined;
  });
  return { values, found, hits };
}

/**
 * Looks up a column of keys in slices: 1 where a key is there, else 0.
 * @throws see {@link HashSet.hasAllAsync}
 */
export async function hasColumnAsync(
  store: Store,
  keys: unknown,
  options: HasAllAsyncOptions | undefined,
): Promise<Uint8Array> {
  const given = optionsOf(options);
  const slicing = checkSlicing(given);
  const givenFound = given.found;
  const { column, nulls } = takeColumn(keys, store.key, 'keys');
  const source = keySource(column, store.key, 'keys');
  store.checkAlive();
  const found = givenFound ?? new Uint8Array(source.length);
  const out = flagColumn(found, 'found');
  checkLength(out.length, source.length, 'found');
  const work: Work = { name: 'hasAllAsync', done: LOOKED_UP };
  const taken = { column: source.apartFrom(givenFound === undefined ? [] : [out]), nulls };
  await lookUpSlices(store, taken, { found: out }, slicing, work, (part, row, missed) => {
    hasRows(store, part, missed, out.subarray(row, row + part.length));
    return undefined;
  });
  return found;
}

/** Looks up the keys from `row` on, but for those that are `nulls`; what it returns may run the caller's code. */
type LookUp = (part: Keys, row: number, nulls: Uint8Array | undefined) => (() => void) | undefined;

/** @param outputs what the answers go to, by their names in messages */
async function lookUpSlices(
  store: Store,
  { column: keys, nulls }: Taken<Source>,
  outputs: Readonly<Record<string, View>>,
  slicing: Slicing,
  work: Work,
  lookUp: LookUp,
): Promise<void> {
  const rows = keys.length;
  const checked = (row: number, count: number) => keyColumn(keys.part(row, count), store.key, 'keys', row);
  await Slices.of(slicing, work, async (slices) => {
    if (keys.hasDoubtfulRows) {
      await slices.check(rows, (row, most) => {
        const count = keys.read(row, most);
        checked(row, count);
        return count;
      });
    }
    await slices.run(rows, (row, most) => {
      const count = keys.read(row, most);
      const handOut = withRows(work, row, () => {
        store.checkAlive();
        for (const [name, output] of Object.entries(outputs)) checkAttached(output, name);
        return lookUp(checked(row, count), row, nulls?.subarray(row, row + count));
      });
      handOut?.();
      return count;
    });
  });
}
