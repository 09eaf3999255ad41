// Fresh memory. The system gives a page of it at the first access: if that is a read, a page of zeros that all share, and at the
// first write another one, after every processor has been told. That is several times the cost of a write at first. But batches read
// their buckets first, and touch those of many rows before they write to one. So memory that is about to be filled is written to before: zeros where zeros are.

import { pageBytes } from "./bucket";
import { pageAddress } from "./address";
import { Table } from "./table";
import { FRESH, SYSTEM_PAGE } from "../memory/layout";

/** Writes to the memory of the pages `first` .. `end` - 1 of a table, which hold no entries. */
export function touchPages<K, V>(table: Table, first: u32, end: u32): void {
  for (let page = first; page < end; page++) {
    const address = pageAddress<K, V>(table, page);
    for (let at = address; at < address + pageBytes<K, V>(); at += SYSTEM_PAGE) store<u32>(at, 0);
  }
}

/** Notes that the pages of a new table are fresh. */
@inline
export function noteFresh(table: Table): void {
  store<u32>(FRESH, table.pages);
}

/** Before a batch of `rows` rows, if the table is empty and most of its pages will get some of them. Pools touch their blocks themselves. */
export function touchAhead<K, V>(table: Table, rows: u32): void {
  if (table.count || table.block || rows < table.pages) return;
  store<u32>(FRESH, 0);
  touchPages<K, V>(table, 0, table.pages);
}

/** Before an entry is added: a few pages of those that may be fresh, whatever they hold. */
@inline
export function touchSome<K, V>(table: Table): void {
  if (load<u32>(FRESH)) touchNext<K, V>(table);
}

function touchNext<K, V>(table: Table): void {
  let page = min<u32>(load<u32>(FRESH), table.pages);
  const end = max<u32>(page, PAGES_AT_ONCE) - PAGES_AT_ONCE;
  store<u32>(FRESH, end);
  while (page > end) {
    const address = pageAddress<K, V>(table, --page);
    for (let at = address; at < address + pageBytes<K, V>(); at += SYSTEM_PAGE) store<u32>(at, load<u32>(at));
  }
}

/** So many that most are touched before an entry comes to them. */
const PAGES_AT_ONCE: u32 = 4;
