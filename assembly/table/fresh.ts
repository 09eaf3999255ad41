// Pages of a table that are fresh memory (memory/fresh.ts).

import { pageBytes } from "./bucket";
import { pageAddress } from "./address";
import { Table } from "./table";
import { touchFresh } from "../memory/fresh";
import { backMemory } from "../native/pages";
import { IS_NATIVE } from "../native/use";

/**
 * Has the system give the memory of the pages `first` .. `end` - 1 of a table, which hold no entries, by writing to it
 * if nothing else.
 */
export function touchPages<K, V>(table: Table, first: u32, end: u32): void {
  // Pages of byte keys stand in segments, all others one behind the other.
  if (IS_NATIVE && !BYTES) {
    const from = pageAddress<K, V>(table, first);
    if (backMemory(from, pageAddress<K, V>(table, end) - from)) return;
  }
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
  if (!table.count && !table.block && rows >= table.pages) touchPages<K, V>(table, 0, table.pages);
}
