// Shrinking: growth undone, a step at a time (evacuate.ts). The group that grew last gives its last page back, which is
// the last one of the table:
//
//   group of 3 pages     | page 0| page 1| page 2|            position y of an entry in its group
//                        0      85     170      256
//   merged to 2          |  page 0   |  page 1   |            each page gives its lower part to the one before it
//                        0          128         256
//
// What was the last page is empty then, as memory that was never used. It stays with the map, for no host takes memory
// back: the next growth uses it, or `trim` moves the table to a smaller memory. What shrinks at once is the work of
// whoever walks the table.

import { bucketBytes, bucketCount, copyValue, pageBytes, valueAddress } from "./bucket";
import { GROUP_PAGES, homeOf, pageAddress } from "./address";
import { releasePages } from "./gaps";
import { listedBytes, takeOut } from "./page";
import { placeAgain, spillReady } from "./spill";
import { Table, pace } from "./table";
import { DISPLACED } from "../memory/layout";

/** Is the table so empty that a page should go? */
@inline
export function shrinkDue(table: Table): bool {
  return table.count < table.shrinkAt;
}

/**
 * Where a group is still too full to merge, so much of all entries must go before it is looked at again: a sixteenth.
 */
const PATIENCE_LOG: u32 = 4;

/**
 * One step, which handles the entries of four pages at most. False where there is nothing to give back, where the
 * entries would crowd the pages that are left, as they may when deletions follow the order of the hashes, or no memory
 * for what a page can't take.
 */
export function shrink<K, V>(table: Table): bool {
  let log = table.groupLog;
  let k = table.pagesPerGroup;
  let grown = table.splitNext;
  if (!grown) {
    // The end of a round is the beginning of the next one: see `endRound`.
    if (k == GROUP_PAGES && !log) return false;
    log -= <u32>(k == GROUP_PAGES);
    k = k == GROUP_PAGES ? (GROUP_PAGES << 1) - 1 : k - 1;
    grown = 1 << log;
  }
  if (table.pages <= table.leastPages) return false;
  if (entriesOf<K, V>(table, grown - 1, log, k) > table.loadStart * k || !spillReady<K, V>(table)) {
    table.shrinkAt = table.count - (table.count >>> PATIENCE_LOG);
    return false;
  }
  table.groupLog = log;
  table.groupMask = (1 << log) - 1;
  table.pagesPerGroup = k;
  table.splitNext = grown - 1;
  table.pages--;
  pace(table);
  for (let j: u32 = 1; j <= k; j++) placePageAgain<K, V>(table, (j << log) + table.splitNext);
  releasePages(table);
  return true;
}

/** Entries in the k + 1 pages of a group. */
function entriesOf<K, V>(table: Table, group: u32, log: u32, k: u32): u32 {
  let entries: u32 = 0;
  for (let j: u32 = 0; j <= k; j++) {
    const page = pageAddress<K, V>(table, (j << log) + group);
    for (let bucket = page; bucket < page + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
      entries += bucketCount<K>(bucket);
    }
  }
  return entries;
}

/** Places the entries of a page anew: there, or in the page before it in its group. */
function placePageAgain<K, V>(table: Table, page: u32): void {
  const start = pageAddress<K, V>(table, page);
  const end = takeOut<K, V>(start, DISPLACED);
  for (let from = DISPLACED; from < end; from += listedBytes<K, V>()) {
    const hash = load<K>(from);
    const home = homeOf<K, V>(table, hash);
    const slot = placeAgain<K, V>(table, hash, home);
    copyValue<V>(from + sizeof<K>(), valueAddress<K, V>(slot));
    table.moved += <u64>(home - start >= pageBytes<K, V>());
  }
}
