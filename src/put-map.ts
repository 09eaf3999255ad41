// Batches whose source is another map.

import { AnyValues } from './any-values.js';
import { put, type Values } from './batches.js';
import { valueColumn } from './columns.js';
import { CapacityError } from './errors.js';
import { type Block, readBlock } from './iterate.js';
import type { Store } from './store.js';
import { atEnd, type Cursor } from './wasm/map-instance.js';

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
  const column = new store.key.array(keys.length);
  for (let row = 0; row < keys.length; row++) column[row] = keys[row] as never;
  const checked = store.slots === undefined ? valueColumn(values, store.value, 'values') : new AnyValues(values);
  return put(store, column, checked, how, 0);
}

/**
 * Writes all entries of another map of the same kinds; returns how many keys were new.
 * @throws see {@link HashMap.putAll}
 */
export function putStore(store: Store, other: Store, how: number): number {
  other.checkAlive();
  if (other.key !== store.key || other.value !== store.value) {
    throw new TypeError(`other: expected a ${kindsOf(store)}; got a ${kindsOf(other)}`);
  }
  if (other === store || other.place === undefined) return 0;
  if (other.seed === store.seed) makeRoom(store, Math.max(store.size, other.size));
  let added = 0;
  let rows = 0;
  const cursor: Cursor = { high: 0, low: 0 };
  do {
    const block = readBlock(other, cursor);
    const keys = block.keys.slice(); // copies: the memory may be this map's as well
    added += put(store, keys, valuesOf(other, block), how, rows);
    rows += keys.length;
  } while (!atEnd(cursor));
  return added;
}

function valuesOf({ slots }: Store, { numbers }: Block): Values {
  if (slots === undefined) return numbers.slice();
  return new AnyValues(Array.from(numbers as Uint32Array, (slot) => slots.get(slot)));
}

function kindsOf({ key, value }: Store): string {
  return `HashMap<${key.name}, ${value.name}>`;
}

/** Entries come in hash order: with the same seed, those of one block would all crowd into the same few pages of a small table. */
function makeRoom(store: Store, entries: number): void {
  try {
    store.reserve(entries);
  } catch (error) {
    if (!(error instanceof CapacityError)) throw error; // else as many as there is room for
  }
}
