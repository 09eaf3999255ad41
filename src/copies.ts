// Copies of a store that are to take its place.

import { put, type Values } from './batch/put.js';
import type { Block } from './blocks.js';
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

/** Writes a block of the other store. @throws CapacityError */
export function copyBlock({ keys, numbers }: Block, copy: Store): void {
  const values: Values = copy.value === NO_VALUES ? undefined : sliceOf(numbers);
  put(copy, copyOfKeys(keys), values, REPLACE);
}
