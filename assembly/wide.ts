// The exports of a map's module for 8-byte keys, and nothing else: those of every map's module, and what keys of kind
// f64 need, which the table takes for the u64 of their bits.

import * as single from "./single";
import { bitsOf } from "./hash/float";
import { Table } from "./table/table";

export * from "./index";
export { makeCanonical } from "./hash/float";

export function findFloat(table: Table, key: f64): usize {
  return single.find<Key, Value>(table, bitsOf(key));
}

export function claimFloat(table: Table, key: f64): usize {
  return single.claim<Key, Value>(table, bitsOf(key));
}

export function removeFloat(table: Table, key: f64): bool {
  return single.remove<Key, Value>(table, bitsOf(key));
}
