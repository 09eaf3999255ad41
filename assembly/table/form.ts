// Which form a table takes: how many buckets, or groups of pages.

import { BUCKET_BITS, pageBytes } from "./bucket";
import { GROUP_PAGES } from "./address";
import { Table, capacityOf, setGroups, setOnePage } from "./table";

/** The form with the fewest buckets that holds `entries` before growth; false where 4 GiB of pages do not. */
export function setCapacity<K, V>(table: Table, entries: u32): bool {
  for (let bits: u32 = 0; bits <= BUCKET_BITS; bits++) {
    setOnePage(table, bits);
    if (table.growAt >= entries) return true;
  }
  const mostPages = u32.MAX_VALUE / <u32>pageBytes<K, V>();
  let log: u32 = 0;
  let pages = GROUP_PAGES;
  while (pages << log <= mostPages) {
    setGroups(table, log, pages);
    if (table.growAt >= entries) return true;
    pages++;
    if (pages == GROUP_PAGES << 1) {
      pages = GROUP_PAGES;
      log++;
    }
  }
  return false;
}

/** The fewest pages, `least` or more, at which growth is not due before there are `entries` entries. */
export function fewestPagesFor(table: Table, entries: u32, least: u32): u64 {
  for (let log: u32 = 0; log < 32; log++) {
    for (let k = GROUP_PAGES; k < GROUP_PAGES << 1; k++) {
      const first = (<u64>k) << log;
      const start = capacityOf(table, log, k, 0);
      let grown: u64 = least > first ? least - first : 0;
      if (start < entries) {
        const each = capacityOf(table, log, k, 1) - start;
        grown = each ? max<u64>(grown, (entries - start + each - 1) / each) : u64.MAX_VALUE;
      }
      if (grown >> log == 0) return first + grown;
    }
  }
  return u64.MAX_VALUE; // there are none
}
