// Entries of a snapshot that stand in no page of its table: those of the spill, as rows of a hash and a value, and the entry whose hash is 0.

import { SLOTS, bucketBytes, copyValue, pageBytes, valueAddress, valueWidth } from "../table/bucket";
import { homeOf } from "../table/address";
import { find } from "../table/find";
import { fenceAt } from "../table/leaves";
import { place, spilledHash } from "../table/spill";
import { REFUSED_MEMORY, Table, refuse, zeroSlot } from "../table/table";
import { isCanonical } from "../hash/float";
import { keyOf } from "../hash/integer";
import { STAGING } from "../memory/layout";


@inline
function rowBytes<K, V>(): usize {
  return sizeof<K>() + valueWidth<V>();
}

/** Writes the entries of a leaf of the spill to the staging; returns how many. */
export function writeLeaf<K, V>(index: u32): u32 {
  const leaf = <usize>fenceAt(index).leaf;
  let to = STAGING;
  for (let bucket = leaf; bucket < leaf + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      const hash = spilledHash<K>(slot);
      if (!hash) break;
      store<K>(to, hash);
      copyValue<V>(valueAddress<K, V>(slot), to + sizeof<K>());
      to += rowBytes<K, V>();
    }
  }
  return <u32>((to - STAGING) / rowBytes<K, V>());
}

/**
 * Places the entries of `rows` rows in the staging, whose hashes must be in no page yet, nor in the spill; returns how many. Fewer than `rows` where
 * the next one is none of the table's, or has no room: REFUSED_MEMORY in `table.refusal` then, else 0.
 */
export function placeRows<K, V>(table: Table, rows: u32, floats: bool): u32 {
  table.refusal = 0;
  for (let row: u32 = 0; row < rows; row++) {
    const from = STAGING + <usize>row * rowBytes<K, V>();
    const hash = load<K>(from);
    if (!hash || find<K, V>(table, hash) || (floats && !isCanonical(<u64>keyOf<K>(hash, table.seed)))) return row;
    const slot = place<K, V>(table, hash, homeOf<K, V>(table, hash));
    if (!slot) {
      refuse(table, REFUSED_MEMORY);
      return row;
    }
    copyValue<V>(from + sizeof<K>(), valueAddress<K, V>(slot));
    table.count++;
  }
  return rows;
}

/** Gives the table the entry whose hash is 0, with the value in the staging; false where its key can be none of the table's. */
export function placeZero<K, V>(table: Table, floats: bool): bool {
  if (floats && !isCanonical(<u64>keyOf<K>(<K>0, table.seed))) return false;
  table.zeroPresent = 1;
  copyValue<V>(STAGING, valueAddress<K, V>(zeroSlot<K>(table)));
  return true;
}
