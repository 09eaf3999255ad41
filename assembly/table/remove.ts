// Deletion from page or spill.

import { pageBytes } from "./bucket";
import { homeOf, pageOfHome } from "./address";
import { removeFromPage } from "./page";
import { Table, noteMoved } from "./table";
import { findFrom } from "./find";
import { shrink, shrinkDue } from "./shrink";
import { noteRoom } from "./leaves";
import { reclaimOne, removeSpilled } from "./spill";

/** A hole that goes through so many buckets leaves room in a page that may have been full, with entries in the spill. */
const CROWDED: u32 = 8;

/** Removes a hash (not 0); false where it is not there. */
export function remove<K, V>(table: Table, hash: K): bool {
  const before = table.moved;
  if (!removeFrom<K, V>(table, hash, homeOf<K, V>(table, hash))) return false;
  shrinkBehind<K, V>(table, 1);
  noteMoved(table, before);
  return true;
}

/** {@link remove} of a hash whose home bucket is known, from a table that does not shrink. */
@inline
export function removeFrom<K, V>(table: Table, hash: K, home: usize): bool {
  const slot = findFrom<K, V>(table, hash, home);
  if (!slot) return false;
  removeSlot<K, V>(table, hash, home, slot);
  return true;
}

/** Removes the entry in a slot. */
@inline
export function removeSlot<K, V>(table: Table, hash: K, home: usize, slot: usize): void {
  table.count--;
  const page = pageOfHome<K, V>(table, hash, home);
  if (slot - page >= pageBytes<K, V>()) {
    removeSpilled<K, V>(table, hash, slot);
  } else {
    const steps = removeFromPage<K, V>(table, page, slot);
    if (table.spilled) {
      noteRoom();
      if (steps >= CROWDED) reclaimOne<K, V>(table, hash);
    }
  }
}

/** Shrinks a table as far as is due, by a step at most for each of `removed` deletions. */
export function shrinkBehind<K, V>(table: Table, removed: u32): void {
  for (let step: u32 = 0; step < removed && shrinkDue(table); step++) {
    if (!shrink<K, V>(table)) break;
  }
}

/** {@link remove} for the hash 0. */
export function removeZero(table: Table): bool {
  const present = table.zeroPresent != 0;
  table.zeroPresent = 0;
  return present;
}
