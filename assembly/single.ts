// Single-key operations as the facade calls them: key in, address of the value out.

import { homeOf } from "./table/address";
import { valueAddress } from "./table/bucket";
import { Table, zeroSlot } from "./table/table";
import * as finding from "./table/find";
import * as inserting from "./table/insert";
import * as removing from "./table/remove";
import { checkAfter } from "./table/invariants";
import { hashKey } from "./hash/integer";

export function find<K, V>(table: Table, key: K): usize {
  const hash = hashKey<K>(key, table.seed);
  const slot = hash ? finding.find<K, V>(table, hash) : table.zeroPresent ? zeroSlot<K>(table) : 0;
  return slot ? valueAddress<K, V>(slot) : 0;
}

export function claim<K, V>(table: Table, key: K): usize {
  const hash = hashKey<K>(key, table.seed);
  const slot = hash ? inserting.claim<K, V>(table, hash, homeOf<K, V>(table, hash)) : inserting.claimZero<K>(table);
  checkAfter<K, V>(table, hash);
  return slot ? valueAddress<K, V>(slot) | (<usize>inserting.claimedNew) : 0;
}

export function remove<K, V>(table: Table, key: K): bool {
  const hash = hashKey<K>(key, table.seed);
  const removed = hash ? removing.remove<K, V>(table, hash) : removing.removeZero(table);
  checkAfter<K, V>(table, hash);
  return removed;
}
