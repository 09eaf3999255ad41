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
  const home = homeOf<K, V>(table, hash);
  const slot = findFrom<K, V>(table, hash, home);
  if (!slot) return false;
  table.count--;
  const before = table.moved;
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
  if (shrinkDue(table)) shrink<K, V>(table);
  noteMoved(table, before);
  return true;
}

/** {@link remove} for the hash 0. */
export function removeZero(table: Table): bool {
  const present = table.zeroPresent != 0;
  table.zeroPresent = 0;
  return present;
}
