// Copies of a store that are to take its place.

import { put, type Values } from './batch/put.js';
import { type Block, blocksOf } from './blocks.js';
import { filled } from './filled.js';
import { copyOfKeys } from './key-columns.js';
import { NO_VALUES, valueKind } from './kinds.js';
import { REPLACE } from './merge.js';
import { Store } from './store.js';
import { sliceOf } from './wasm/transfer.js';

/**
 * A store with no entries yet and the same seed, for the entries of another one, or for the numbers of their slots,
 * which stay where they are.
 */
export function emptyCopyOf(store: Store): Store {
  const { options, seed, slots } = store;
  const value = slots === undefined ? options.value : valueKind('u32');
  return new Store({ ...options, value, seed, capacity: 0 }, store);
}

/**
 * A store with the same entries, and room for `entries`.
 * @param fresh see {@link Store.open}
 * @param pass what becomes of a block first
 * @throws CapacityError
 */
export function copyOf(store: Store, entries: number, fresh: boolean, pass = (block: Block): Block => block): Store {
  return filled(emptyCopyOf(store), (copy) => {
    copy.open(entries, fresh);
    for (const block of blocksOf(store)) copyBlock(pass(block), copy);
  });
}

/** Writes a block of the other store. @throws CapacityError */
export function copyBlock({ keys, numbers }: Block, copy: Store): void {
  const values: Values = copy.value === NO_VALUES ? undefined : sliceOf(numbers);
  put(copy, copyOfKeys(keys), values, REPLACE);
}
