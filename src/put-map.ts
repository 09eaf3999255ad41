// Batches whose source is another map or set.

import { AnyValues } from './any-values.js';
import { put, type Values, WHOLE } from './batch/put.js';
import { valueColumn } from './columns.js';
import { CapacityError } from './errors.js';
import { type Block, blocksOf } from './blocks.js';
import { columnOfKeys, copyOfKeys } from './key-columns.js';
import { NO_VALUES } from './kinds.js';
import type { Store } from './store.js';
import { sliceOf } from './wasm/transfer.js';

/**
 * Writes all entries of a map-like object, once they are all checked; returns how many keys were new.
 * @throws see {@link HashMap.putAll}
 */
export function putMap(store: Store, other: ReadonlyMap<unknown, unknown>, how: number): number {
  const keys: unknown[] = [];
  const values: unknown[] = [];
  other.forEach((value, key) => {
    store.checkKey(key);
    store.checkValue(value);
    keys.push(key);
    values.push(value);
  });
  store.checkAlive();
  const column = columnOfKeys(keys, store.key);
  const checked = store.slots === undefined ? valueColumn(values, store.value, 'values') : new AnyValues(values);
  return put(store, column, checked, how);
}

/**
 * Writes all entries of another map of the same kinds, or into a set the keys of a set or map of its kind; returns how
 * many keys were new.
 * @throws see {@link HashMap.putAll}, {@link HashSet.addAll}
 */
export function putStore(store: Store, other: Store, how: number): number {
  other.checkAlive();
  if (other.key !== store.key || (store.value !== NO_VALUES && other.value !== store.value)) refuseKinds(store, other);
  if (other === store || other.place === undefined) return 0;
  if (other.seed === store.seed) makeRoom(store, Math.floor(Math.max(store.size, other.size) * ROOM));
  let added = 0;
  let rows = 0;
  for (const block of blocksOf(other)) {
    const keys = copyOfKeys(block.keys); // the memory may be this map's as well
    added += put(store, keys, store.value === NO_VALUES ? undefined : valuesOf(other, block), how, {
      ...WHOLE,
      before: rows,
    });
    rows += keys.length;
  }
  return added;
}

function valuesOf({ key, slots }: Store, { numbers }: Block): Values {
  if (slots === undefined) return key.isBytes ? numbers : sliceOf(numbers); // of byte keys they are copies
  return new AnyValues(Array.from(numbers as Uint32Array, (slot) => slots.get(slot)));
}

/** @throws TypeError: the entries of `other` can't be written to `store`, whatever they are */
export function refuseKinds(store: Store, other: Store): never {
  const also = store.value === NO_VALUES ? ' or a HashMap with such keys' : '';
  throw new TypeError(`other: expected a ${store.type}${also}; got a ${other.type}`);
}

/**
 * A round of growth begins when the table is so full that it would end with the rest (LOAD_SLACK in
 * assembly/table/table.ts): the last round comes as it comes in any other order.
 */
const ROOM = 13 / 14;

/**
 * Entries come in hash order: with the same seed, those of one block are for the same few groups of pages. A table that
 * has room for all of them takes them faster than in any other order; one that grows meanwhile is crowded.
 */
function makeRoom(store: Store, entries: number): void {
  try {
    store.reserve(entries, false);
  } catch (error) {
    if (!(error instanceof CapacityError)) throw error; // else as many as there is room for
  }
}
