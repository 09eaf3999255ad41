// Making room. A table in a pool grows from block to block and then out of the pools, and can't come back: where it is
// refused in the end, it should not have gone at all. So its entries, a thousand at most, move to a table of the size
// that was asked for, if there is memory for one.

import { copyOf } from './copies.js';
import { CapacityError } from './errors.js';
import type { Store } from './store.js';

/**
 * Makes room for `entries` entries in all, which stays whatever is deleted.
 * @throws CapacityError: nothing has changed then
 */
export function reserveStore(store: Store, entries: number): void {
  if (store.place?.instance.isPool === true && store.size > 0 && store.growAt < entries) moveTo(store, entries);
  store.reserve(entries, true);
}

function moveTo(store: Store, entries: number): void {
  let copy: Store;
  try {
    copy = copyOf(store, entries, false);
  } catch (error) {
    if (!(error instanceof CapacityError)) throw error;
    throw new CapacityError(`reserve: ${error.message}`);
  }
  store.takeTable(copy, store.slots, true);
}
