// Giving memory back after deletions. No host shrinks a WebAssembly memory, so the entries move to a new one, as small as they allow.

import { put, type Values } from './batches.js';
import { blocksOf } from './blocks.js';
import { CapacityError } from './errors.js';
import { copyOfKeys } from './key-columns.js';
import { NO_VALUES, valueKind } from './kinds.js';
import { REPLACE } from './merge.js';
import { Store } from './store.js';

/**
 * Moves all entries to a table of their size, where that takes less memory. Positions in hash order stay, so iterators and cursors do not notice.
 * @throws CapacityError where there is no memory for the copy: nothing has changed then
 */
export function trimStore(store: Store): void {
  store.checkAlive();
  if (store.place === undefined) return;
  if (store.size === 0) {
    store.close();
    return;
  }
  const copy = smallCopyOf(store);
  if (bytesOf(copy) < bytesOf(store)) store.takeTable(copy);
  else copy.close();
}

/** A store with the same entries and the same seed, but with no more room than they need. */
function smallCopyOf(store: Store): Store {
  const { options, seed, size, slots } = store;
  // Slots stay where they are: the table has their numbers.
  const value = slots === undefined ? options.value : valueKind('u32');
  const copy = new Store({ ...options, value, seed, capacity: 0 });
  try {
    copy.open(size);
    for (const { keys, numbers } of blocksOf(store)) {
      const values: Values = value === NO_VALUES ? undefined : numbers.slice();
      put(copy, copyOfKeys(keys), values, REPLACE, 0);
    }
  } catch (error) {
    copy.close();
    if (!(error instanceof CapacityError)) throw error;
    throw new CapacityError(`trim: no memory for a second table beside the first (${error.message})`);
  }
  return copy;
}

function bytesOf({ place }: Store): number {
  return place === undefined ? 0 : place.instance.exports.bytesOf(place.table) >>> 0;
}
