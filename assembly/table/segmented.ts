// The pages of a table that shares its memory with an arena: 16 in a segment, the segments found by the directory
// (memory/segments.ts).
//
// A directory costs a load at every look-up. It is what lets table and arena grow side by side in one memory, neither
// knowing how large the other will be.

import { BUCKET_BITS } from "./bucket";
import { Table } from "./table";
import {
  SEGMENT_LOG,
  addTableSegment,
  dropTableSegment,
  segmentAddress,
  tableSegment,
  tableSegments,
  takeZeroed,
} from "../memory/segments";

/** Tables of byte keys have a hash and a reference of 4 bytes each in a slot. */
export const PAGE_LOG: u32 = BUCKET_BITS + 6;
const SEGMENT_PAGES_LOG: u32 = SEGMENT_LOG - PAGE_LOG;
export const SEGMENT_PAGES: u32 = 1 << SEGMENT_PAGES_LOG;

/** Address of a page. */
@inline
export function segmentedPage(page: u32): usize {
  return tableSegment(page >>> SEGMENT_PAGES_LOG) + ((<usize>(page & (SEGMENT_PAGES - 1))) << PAGE_LOG);
}

/** {@link segmentedPage} of four. */
@inline
export function segmentedPages(pages: v128): v128 {
  return i32x4(
    <i32>segmentedPage(i32x4.extract_lane(pages, 0)),
    <i32>segmentedPage(i32x4.extract_lane(pages, 1)),
    <i32>segmentedPage(i32x4.extract_lane(pages, 2)),
    <i32>segmentedPage(i32x4.extract_lane(pages, 3)),
  );
}

/** Makes sure that the table has segments for `pages` pages; false where there is no memory. */
export function ensureSegmented(table: Table, pages: u32): bool {
  const wanted = (pages + SEGMENT_PAGES - 1) >>> SEGMENT_PAGES_LOG;
  while (tableSegments() < wanted) {
    if (!addTableSegment(table.stepShift, table.maxBytes)) return false;
  }
  return true;
}

/** Gives back the segments that the table's pages no longer reach. */
export function releaseSegmented(table: Table): void {
  const wanted = (table.pages + SEGMENT_PAGES - 1) >>> SEGMENT_PAGES_LOG;
  while (tableSegments() > wanted) dropTableSegment();
}

/** Address of the zeroed pages of `count` segments side by side, for the spill; 0 where there is no memory. */
export function takePages(table: Table, count: u32): usize {
  const number = takeZeroed(count, table.stepShift, table.maxBytes);
  return number ? segmentAddress(number) : 0;
}
