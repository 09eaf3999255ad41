// Batched deletion. The table shrinks behind the whole batch (`shrinkBehind`): what is deleted need not be moved before,
// and homes stay where they are.

import { Table } from "../table/table";
import { removeFrom, removeZero } from "../table/remove";
import { prepareBlock } from "./block";
import { ADDRESSES, BLOCK_ROWS, HASHES } from "../memory/layout";

/** Deletes `rows` keys; returns how many were there. */
export function removeRows<K, V>(table: Table, keys: usize, rows: u32): u32 {
  let removed: u32 = 0;
  for (let row: u32 = 0; row < rows; row += BLOCK_ROWS) {
    const count = min<u32>(BLOCK_ROWS, rows - row);
    prepareBlock<K, V>(table, keys + <usize>row * sizeof<K>(), count);
    for (let i: u32 = 0; i < count; i++) {
      const hash = load<K>(HASHES + <usize>i * sizeof<K>());
      const home = <usize>load<u32>(ADDRESSES + ((<usize>i) << 2));
      removed += <u32>(hash ? removeFrom<K, V>(table, hash, home) : removeZero(table));
    }
  }
  return removed;
}
