// Which form a table takes: how many buckets, or groups of pages.

import { BUCKET_BITS, pageBytes } from "./bucket";
import { GROUP_PAGES } from "./address";
import { Table, setGroups, setOnePage } from "./table";

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
