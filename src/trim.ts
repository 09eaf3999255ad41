// Giving memory back after deletions. No host shrinks a WebAssembly memory, so the entries move to a new one, as small
// as they allow, and values of kind 'any' to slots side by side.

import type { Block } from './blocks.js';
import { copyOf } from './copies.js';
import { CapacityError } from './errors.js';
import { Slots } from './slots.js';
import type { Store } from './store.js';

/**
 * Moves all entries to a table of their size, where that takes less memory. Positions in hash order stay, so iterators
 * and cursors do not notice.
 * @throws CapacityError where there is no memory for the copy: nothing has changed then
 */
export function trimStore(store: Store): void {
  store.checkAlive();
  if (store.place === undefined) return;
  if (store.size === 0) {
    store.close();
    return;
  }
  const slots = store.slots === undefined ? undefined : new Slots();
  const copy = smallCopyOf(store, slots);
  const saved = store.bytes - copy.bytes;
  if (saved > 0 || (saved === 0 && chunksOf(slots) < chunksOf(store.slots))) store.takeTable(copy, slots, false);
  else copy.close();
}

function chunksOf(slots: Slots | undefined): number {
  return slots?.chunks ?? 0;
}

/**
 * A store with the same entries, but with no more room than they need. @param slots take the values, where they are of
 * kind 'any'
 */
function smallCopyOf(store: Store, slots: Slots | undefined): Store {
  try {
    return copyOf(store, store.size, true, (block) =>
      store.slots && slots ? inNewSlots(block, store.slots, slots) : block,
    );
  } catch (error) {
    if (!(error instanceof CapacityError)) throw error;
    throw new CapacityError(`trim: no memory for a second table beside the first (${error.message})`);
  }
}

/** A block whose values stand in other slots. */
function inNewSlots({ keys, numbers }: Block, from: Slots, to: Slots): Block {
  return { keys, numbers: Uint32Array.from(numbers as Uint32Array, (slot) => to.take(from.get(slot))) };
}
