// The beginnings of a table: in the pool, in a memory of its own, or moved from the one to the other.

import { BUCKETS, BUCKET_BITS, SLOTS, bucketBytes, copyValue, keyAddress, valueAddress } from "./bucket";
import { GROUP_PAGES, homeOf } from "./address";
import {
  HEADER_BYTES,
  POOLED_PAGES,
  Table,
  bucketsBytes,
  REFUSED_MEMORY,
  headerBlock,
  refuse,
  headerOf,
  pace,
  setLoad,
  setOnePage,
} from "./table";
import { placeInPage } from "./page";
import { takeBlock } from "./pooled";
import { openSpill } from "./spill";
import { EMPTY_BYTES } from "./empty";
import { ensurePages } from "./gaps";
import { fewestPagesFor, setCapacity } from "./form";
import { grow } from "./evacuate";
import { CONTROL, DISPLACED, EMPTY, FIXED_END, ORIGIN, memoryBytes } from "../memory/layout";
import { acquire, release } from "../memory/pool";
import { openSegments } from "../memory/segments";

/** A table for `entries` entries in the pool; 0 where it is too large for the pool, or the pool is full. */
export function createPooled<K, V>(entries: u32, entriesPerPage: u32, maxBytes: u32): usize {
  const header = acquire(HEADER_BYTES);
  if (!header) return 0;
  const table = changetype<Table>(header);
  setLoad(table, entriesPerPage);
  table.maxBytes = maxBytes;
  table.leastPages = POOLED_PAGES;
  if (setCapacity<K, V>(table, entries) && table.pages <= POOLED_PAGES && takeBlock<K, V>(table)) return header;
  release(header, HEADER_BYTES);
  return 0;
}

/** A table for `entries` entries that owns this memory; 0 where it does not fit. */
export function createOwned<K, V>(entries: u32, entriesPerPage: u32, maxBytes: u32, stepShift: u32): usize {
  const table = changetype<Table>(CONTROL);
  setLoad(table, entriesPerPage);
  if (!setCapacity<K, V>(table, max<u32>(entries, table.loadStart))) return 0; // whole pages
  own<K, V>(table, maxBytes, stepShift);
  return ensurePages<K, V>(table, table.pages, 31) ? CONTROL : 0;
}

/** Makes this memory that of a table whose form is set, without pages. */
export function own<K, V>(table: Table, maxBytes: u32, stepShift: u32): void {
  table.base = <u32>FIXED_END;
  table.block = 0;
  table.maxBytes = maxBytes;
  table.stepShift = stepShift;
  table.knowsEmpty = 0;
  table.leastPages = GROUP_PAGES;
  pace(table);
  memory.fill(EMPTY, 0, EMPTY_BYTES);
  if (BYTES) openSegments();
  openSpill<K, V>(table);
}

/** Gives the blocks of a pooled table back to the pool, zeroed. */
export function dropPooled(table: Table): void {
  release(<usize>table.base, <usize>table.block);
  release(headerOf(table), HEADER_BYTES);
}

/** Zeroes what a table that owned this memory used, for the next one. */
export function wipeOwned(table: Table): void {
  memory.fill(<usize>table.base, 0, memoryBytes() - <usize>table.base); // it may have been larger
  memory.fill(DISPLACED, 0, FIXED_END - DISPLACED);
}

/**
 * Where the pages of a pooled table go when it moves into a memory of its own: whole pages to their place, a small page
 * to scratch.
 */
export function landingOf(table: Table): usize {
  return table.bucketMask + 1 == BUCKETS ? FIXED_END : DISPLACED;
}

/**
 * Completes the move of a table out of the pool: header and pages have been copied byte by byte to CONTROL and
 * `landingOf`. At most three pages of entries, and the step of growth that made it necessary waits for the next write.
 */
export function settle<K, V>(maxBytes: u32, stepShift: u32): usize {
  const table = changetype<Table>(CONTROL);
  own<K, V>(table, maxBytes, stepShift);
  const buckets = table.bucketMask + 1;
  if (buckets < BUCKETS) {
    setOnePage(table, BUCKET_BITS);
    const end = DISPLACED + bucketsBytes<K, V>(buckets);
    for (let bucket = DISPLACED; bucket < end; bucket += bucketBytes<K, V>()) {
      for (let slot = bucket; slot < bucket + SLOTS; slot++) {
        const hash = load<K>(keyAddress<K>(slot));
        if (!hash) break;
        copyValue<V>(
          valueAddress<K, V>(slot),
          valueAddress<K, V>(placeInPage<K, V>(table, hash, homeOf<K, V>(table, hash))),
        );
      }
    }
  }
  table.moved += table.count;
  table.carried += table.count;
  table.growAt = max<u32>(table.growAt, table.count + 1);
  return CONTROL;
}

/**
 * Grows until `entries` entries fit, and `keeps` their room from then on, whatever is deleted; false where it was
 * refused, with the reason in `table.refusal`. A table that owns its memory takes that first, all of it or none.
 * O(size).
 */
export function reserve<K, V>(table: Table, entries: u32, keeps: bool): bool {
  table.carried = 0; // no single operation
  if (!table.block && table.growAt < entries) {
    const pages = fewestPagesFor(table, entries, table.pages);
    if (!ensurePages<K, V>(table, <u32>min<u64>(pages, u32.MAX_VALUE), 31)) return refuse(table, REFUSED_MEMORY);
  }
  while (table.growAt < entries) {
    if (!grow<K, V>(table)) return false;
  }
  if (keeps) keepPages(table, <u32>min<u64>(fewestPagesFor(table, entries, GROUP_PAGES), table.pages));
  return true;
}

/** Deletions leave the table `pages` pages from now on. */
function keepPages(table: Table, pages: u32): void {
  table.leastPages = max<u32>(table.leastPages, pages);
  pace(table);
}

/** Linear memory that the map holds. */
export function bytesOf(table: Table): u32 {
  if (table.block) return <u32>headerBlock() + table.block + table.arenaBlock;
  return <u32>(memoryBytes() - ORIGIN);
}
