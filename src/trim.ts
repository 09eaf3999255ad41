// Giving memory back after deletions. No host shrinks a WebAssembly memory, so the entries move to a new one, as small as they allow.

import { blocksOf } from './blocks.js';
import { copyBlock, emptyCopyOf } from './copies.js';
import { CapacityError } from './errors.js';
import type { Store } from './store.js';

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
  if (copy.bytes < store.bytes) store.takeTable(copy);
  else copy.close();
}

/** A store with the same entries, but with no more room than they need. */
function smallCopyOf(store: Store): Store {
  const copy = emptyCopyOf(store);
  try {
    copy.open(store.size, true);
    for (const block of blocksOf(store)) copyBlock(block, copy);
  } catch (error) {
    copy.close();
    if (!(error instanceof CapacityError)) throw error;
    throw new CapacityError(`trim: no memory for a second table beside the first (${error.message})`);
  }
  return copy;
}
