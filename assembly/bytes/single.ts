// Single-key operations as the facade calls them: a staged key in, address of the value out.

import { homeOf } from "../table/address";
import { shrinkBehind } from "../table/remove";
import { Table, noteMoved } from "../table/table";
import { hashBytes } from "../hash/bytes";
import { claimEntry, entryIsNew, findEntry, removeEntry, slotHash } from "./entry";
import { checkEntry } from "./invariants";
import { valueOf } from "./record";

export function find(table: Table, key: usize, length: u32): usize {
  const record = findEntry(table, slotHash(hashBytes(key, length, table.seed)), key, length);
  return record ? valueOf(record) : 0;
}

export function claim(table: Table, key: usize, length: u32): usize {
  const before = table.moved;
  const hash = slotHash(hashBytes(key, length, table.seed));
  const record = claimEntry(table, hash, homeOf<u32, u32>(table, hash), key, length);
  const isNew = <usize>entryIsNew;
  noteMoved(table, before); // compaction has its part in it
  if (record) checkEntry(table, hash);
  return record ? valueOf(record) | isNew : 0;
}

export function remove(table: Table, key: usize, length: u32): bool {
  const before = table.moved;
  const hash = slotHash(hashBytes(key, length, table.seed));
  const removed = removeEntry(table, hash, homeOf<u32, u32>(table, hash), key, length);
  if (removed) shrinkBehind<u32, u32>(table, 1);
  noteMoved(table, before);
  checkEntry(table, hash);
  return removed;
}
