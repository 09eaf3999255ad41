// Batched deletion.

import { Table } from "../table/table";
import { remove, removeZero } from "../table/remove";
import { prepareBlock } from "./block";
import { BLOCK_ROWS, HASHES } from "../memory/layout";

/** Deletes `rows` keys; returns how many were there. */
export function removeRows<K, V>(table: Table, keys: usize, rows: u32): u32 {
  let removed: u32 = 0;
  for (let row: u32 = 0; row < rows; row += BLOCK_ROWS) {
    const count = min<u32>(BLOCK_ROWS, rows - row);
    prepareBlock<K, V>(table, keys + <usize>row * sizeof<K>(), count);
    const end = HASHES + <usize>count * sizeof<K>();
    for (let at = HASHES; at < end; at += sizeof<K>()) {
      const hash = load<K>(at);
      removed += <u32>(hash ? remove<K, V>(table, hash) : removeZero(table));
    }
  }
  return removed;
}
