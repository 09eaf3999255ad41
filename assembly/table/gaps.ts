// Gaps: memory between the pages of a table that belongs to its spill.
//
// (The pages of a table of byte keys stand in segments instead: segmented.ts.)
//
// The pages are the last region of their memory, each new one at its end. Should the spill outgrow its place before
// them, which crowded keys bring about, and some ten million entries of any, it takes pages at the end, and the table
// goes on behind them. Gap i, the
// pages from page number gapAt[i] on, has 16 pages, or as many as those before it but one have together, so there are
// never more than a few:
//
//   | page 0 | page 1 | page 2 | gap 0: 16 pages | page 3 | gap 1: 16 | page 4 | page 5 | gap 2: 32 | page 6 ...
//                                gapAt[0] = 3               gapAt[1] = 4                  gapAt[2] = 6

import { pageBytes } from "./bucket";
import { SEGMENT_PAGES, ensureSegmented, releaseSegmented, takePages } from "./segmented";
import { Table } from "./table";
import { GAPS, ensureMemory } from "../memory/layout";

export const FIRST_GAP: u32 = 16;
/** They have more than 4 GiB together. */
export const MOST_GAPS: u32 = 30;

/** Pages of gap `index`: twice as many with every other gap. */
@inline
function gapSize(index: u32): u32 {
  return FIRST_GAP << (index >>> 1);
}

/** Pages of the first `count` gaps. */
@inline
function gapsSize(count: u32): u32 {
  const pairs = 1 << (count >>> 1);
  return 2 * FIRST_GAP * (pairs - 1) + (count & 1) * FIRST_GAP * pairs;
}

/**
 * Have the pages of a table gaps between them? Types for loops over one kind of table: of two loops that differ in a
 * constant argument, binaryen makes one that asks in every round.
 */
export type Gapped = u8;
export type Gapless = u16;

/** Gaps there are. In a pool, where no table has a spill, it stays 0. */
@inline
export function gapCount(): u32 {
  return BYTES ? 0 : load<u32>(GAPS);
}


@inline
function gapAt(index: u32): u32 {
  return load<u32>(GAPS + ((<usize>index) << 2), 4);
}

/** Pages of the gaps before page `page`. */
@inline
export function gapPages(page: u32): u32 {
  return gapCount() ? gapPagesBefore(page) : 0;
}

function gapPagesBefore(page: u32): u32 {
  const gaps = gapCount();
  let before: u32 = 0;
  while (before < gaps && gapAt(before) <= page) before++;
  return gapsSize(before);
}

/** Four page numbers, each plus the pages of the gaps before it. */
export function skipGaps(pages: v128): v128 {
  const gaps = gapCount();
  let skipped = pages;
  for (let i: u32 = 0; i < gaps; i++) {
    const behind = i32x4.ge_u(pages, i32x4.splat(gapAt(i)));
    skipped = i32x4.add(skipped, v128.and(behind, i32x4.splat(gapSize(i))));
  }
  return skipped;
}

/** The address behind `pages` pages of a table and the gaps before it; above 2^32 where memory cannot reach. */
export function endOf<K, V>(table: Table, pages: u32): u64 {
  return <u64>table.base + <u64>(pages + gapPages(pages)) * pageBytes<K, V>();
}

/** Makes the memory reach so far that a table may have `pages` pages; false where it can't. */
export function ensurePages<K, V>(table: Table, pages: u32, stepShift: u32): bool {
  if (BYTES) return ensureSegmented(table, pages);
  const end = endOf<K, V>(table, pages);
  return end <= u32.MAX_VALUE && ensureMemory(<usize>end, stepShift, table.maxBytes);
}

/** Gives memory back that pages which the table no longer has took, where somebody else can use it. */
export function releasePages(table: Table): void {
  if (BYTES) releaseSegmented(table);
}

/** Pages of the next gap; of whole segments, as many as hold those `wanted`. */
@inline
export function nextGap(wanted: u32): u32 {
  return BYTES ? (wanted + SEGMENT_PAGES - 1) & ~(SEGMENT_PAGES - 1) : gapSize(gapCount());
}

/**
 * Opens a gap behind the last page and returns its address: {@link nextGap} zeroed pages. 0 where there is no memory.
 */
export function openGap<K, V>(table: Table, wanted: u32): usize {
  if (BYTES) return takePages(table, nextGap(wanted) / SEGMENT_PAGES);
  const gaps = gapCount();
  const behind = gaps ? max<u32>(table.pages, gapAt(gaps - 1)) : table.pages; // the table may have shrunk since the last one
  const start = endOf<K, V>(table, behind);
  const end = start + <u64>nextGap(wanted) * pageBytes<K, V>();
  if (gaps == MOST_GAPS || end > u32.MAX_VALUE) return 0;
  if (!ensureMemory(<usize>end, table.stepShift, table.maxBytes)) return 0;
  store<u32>(GAPS + ((<usize>gaps) << 2), behind, 4);
  store<u32>(GAPS, gaps + 1);
  return <usize>start;
}
