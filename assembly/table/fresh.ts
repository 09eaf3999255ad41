// Pages of a table that are fresh memory (memory/fresh.ts).

import { pageBytes } from "./bucket";
import { pageAddress } from "./address";
import { Table } from "./table";
import { touchFresh } from "../memory/fresh";
import { backMemory } from "../native/pages";
import { IS_NATIVE } from "../native/use";

/** Writes to the memory of the pages `first` .. `end` - 1 of a table, which hold no entries. */
export function touchPages<K, V>(table: Table, first: u32, end: u32): void {
  for (let page = first; page < end; page++) {
    const address = pageAddress<K, V>(table, page);
    touchFresh(address, address + pageBytes<K, V>());
  }
}

/**
 * Before a batch of `rows` rows, if the table is empty and most of its pages will get some of them. Pools touch their
 * blocks themselves.
 */
export function touchAhead<K, V>(table: Table, rows: u32): void {
  if (table.count || table.block || rows < table.pages) return;
  if (IS_NATIVE && !BYTES) {
    // pages of byte keys stand in segments
    const first = pageAddress<K, V>(table, 0);
    if (backMemory(first, pageAddress<K, V>(table, table.pages) - first)) return;
  }
  touchPages<K, V>(table, 0, table.pages);
}
