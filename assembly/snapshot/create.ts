// Tables of a given form, for what a snapshot brings. The facade has checked that the numbers are those of a form.

import { BUCKET_BITS } from "../table/bucket";
import { own } from "../table/create";
import { takeBlock } from "../table/pooled";
import { HEADER_BYTES, POOLED_PAGES, Table, setGroups, setLoad, setOnePage } from "../table/table";
import { CONTROL } from "../memory/layout";
import { acquire, release } from "../memory/pool";

/** A table of one group, empty, in the pool; 0 where that is full, or `maxBytes` too small. */
export function createPooledForm<K, V>(bits: u32, pages: u32, entriesPerPage: u32, maxBytes: u32): usize {
  const header = acquire(HEADER_BYTES);
  if (!header) return 0;
  const table = changetype<Table>(header);
  setLoad(table, entriesPerPage);
  table.maxBytes = maxBytes;
  table.leastPages = POOLED_PAGES;
  setOnePage(table, bits);
  if (pages > 1) setGroups(table, 0, pages);
  if (takeBlock<K, V>(table)) return header;
  release(header, HEADER_BYTES);
  return 0;
}

/** A table of whole pages that owns this memory, which has none of the pages yet. */
export function createOwnedForm<K, V>(
  groupLog: u32,
  pagesPerGroup: u32,
  splitNext: u32,
  entriesPerPage: u32,
  maxBytes: u32,
  stepShift: u32,
): usize {
  const table = changetype<Table>(CONTROL);
  setLoad(table, entriesPerPage);
  setOnePage(table, BUCKET_BITS); // whole pages
  setGroups(table, groupLog, pagesPerGroup);
  table.splitNext = splitNext;
  table.pages += splitNext;
  own<K, V>(table, maxBytes, stepShift);
  return CONTROL;
}
