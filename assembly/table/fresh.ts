// Fresh memory. The system gives a page of it at the first access: if that is a read, a page of zeros that all share, and at the
// first write another one, after every processor has been told. That is several times the cost of a write at first. But batches read
// their buckets first, and touch those of many rows before they write to one. So memory that is about to be filled is written to before: zeros where zeros are.

import { pageBytes } from "./bucket";
import { pageAddress } from "./address";
import { Table } from "./table";
import { SYSTEM_PAGE } from "../memory/layout";

/** Writes to the memory of the pages `first` .. `end` - 1 of a table, which hold no entries. */
export function touchPages<K, V>(table: Table, first: u32, end: u32): void {
  for (let page = first; page < end; page++) {
    const address = pageAddress<K, V>(table, page);
    for (let at = address; at < address + pageBytes<K, V>(); at += SYSTEM_PAGE) store<u32>(at, 0);
  }
}

/** Before a batch of `rows` rows, if the table is empty and most of its pages will get some of them. Pools touch their blocks themselves. */
export function touchAhead<K, V>(table: Table, rows: u32): void {
  if (!table.count && !table.block && rows >= table.pages) touchPages<K, V>(table, 0, table.pages);
}
