// Look-ups in page and spill. They never write.

import { firstSlot, isFull, matchKeys, splatKey } from "./bucket";
import { homeOf } from "./address";
import { findPast } from "./page";
import { Table } from "./table";
import { findSpilled } from "./spill";

/** The slot of a hash (not 0), or 0. */
@inline
export function find<K, V>(table: Table, hash: K): usize {
  return findFrom<K, V>(table, hash, homeOf<K, V>(table, hash));
}

/** {@link find} of a hash whose home bucket is known. */
@inline
export function findFrom<K, V>(table: Table, hash: K, home: usize): usize {
  const match = matchKeys<K>(home, splatKey<K>(hash));
  if (match) return home + firstSlot(match);
  // First the spill: where that has entries of this page, it has more than the buckets behind.
  const slot = findElsewhere<K, V>(table, hash);
  return slot || !isFull<K>(home) ? slot : findPast<K, V>(table, hash, home);
}

/** {@link find} of a hash that is not in its page. */
@inline
export function findElsewhere<K, V>(table: Table, hash: K): usize {
  return table.spilled ? findSpilled<K, V>(table, hash) : 0;
}
