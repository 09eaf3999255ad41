// Growth: one group of pages evacuates into one page more. There is no second table; every entry has one home at any
// time, and one step handles the entries of at most three pages.
//
//   group of 2 pages     |  page 0   |  page 1   |            position y of an entry in its group
//                        0          128         256
//   evacuated to 3       | page 0| page 1| page 2|            each page gives its upper part to the next one
//                        0      85     170      256
//
// Bucket numbers stay, so bucket b of every page is rewritten from the buckets b of the old pages: leavers of the page
// below first, then those who stay. Entries that stood outside their home bucket, and those that no longer fit theirs,
// are displaced: they wait in a list and are placed again when all buckets are done.

import {
  BUCKETS,
  SLOTS,
  bucketBytes,
  copyValue,
  keyAddress,
  keysBytes,
  mask8,
  occupiedSlots,
  valueAddress,
  valueWidth,
} from "./bucket";
import { GROUP_PAGES, bucketsOf, highWords, homeOf, lowWords, pageAddress, pageInGroup, pagesInGroup } from "./address";
import { POOLED_PAGES, REFUSED_MEMORY, REFUSED_POOL, Table, pace, refuse, setGroups, tableBytes } from "./table";
import { placeAgain, reclaimGroup, spillReady } from "./spill";
import { growOnePage } from "./pooled";
import { ensurePages } from "./gaps";
import { clearBehindFirst, copyLanes, packLanes } from "./pack";
import { DISPLACED, GROUP, ROWS } from "../memory/layout";

/** So many spilled entries are worth a step of growth before the load asks for it, but not below half of it. */
export const SPILL_PRESSURE: u32 = 256;

/** Growth does not help a crowd of an eighth of all entries. */
const CROWD_LOG: u32 = 3;

/** Most entries that a step of growth moves: three pages full. */
const MOST_MOVED: u32 = ((GROUP_PAGES << 1) - 1) * BUCKETS * SLOTS;

/** Must the next new key be preceded by a step of growth? */
@inline
export function growthDue(table: Table): bool {
  return table.count >= table.growAt || (table.spilled > SPILL_PRESSURE && isPressed(table));
}

/**
 * Does the spill press for growth? Where it has a good part of all entries, they crowd in bits that growth does not
 * look at.
 */
function isPressed(table: Table): bool {
  return table.count >= table.growAt >>> 1 && table.spilled < table.count >>> CROWD_LOG;
}

/** Can `rows` new keys be written without growth coming due before one of them? */
@inline
export function noGrowthWithin(table: Table, rows: u32): bool {
  return table.count + rows <= table.growAt && table.spilled + rows <= SPILL_PRESSURE;
}

/** One step of growth. False where it was refused, with the reason in `table.refusal`: nothing has changed then. */
export function grow<K, V>(table: Table): bool {
  if (table.block) {
    if (table.pages == 1) return growOnePage<K, V>(table);
    if (table.pages == POOLED_PAGES || overflows<K, V>(table)) return refuse(table, REFUSED_POOL);
  } else {
    if (!spillReady<K, V>(table) || !ensurePages<K, V>(table, table.pages + 1, table.stepShift))
      return refuse(table, REFUSED_MEMORY);
  }
  splitGroup<K, V>(table);
  return true;
}

/**
 * Would a page of a pooled table, which has no spill, get more entries than it has slots? Only keys chosen to that end
 * do it.
 */
function overflows<K, V>(table: Table): bool {
  if (table.count <= BUCKETS * SLOTS) return false;
  v128.store(ROWS, i32x4.splat(0)); // a counter for each page
  const end = <usize>table.base + tableBytes<K, V>(table);
  for (let bucket = <usize>table.base; bucket < end; bucket += bucketBytes<K, V>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      const hash = load<K>(keyAddress<K>(slot));
      if (!hash) break;
      const counter = ROWS + ((<usize>pageInGroup<K>(hash, 0, table.pages + 1)) << 2);
      store<u32>(counter, load<u32>(counter) + 1);
    }
  }
  return v128.any_true(i32x4.gt_u(v128.load(ROWS), i32x4.splat(BUCKETS * SLOTS)));
}

// A row is what one bucket becomes: up to 16 lanes of keys (8 leavers, 8 stayers), then 16 of values, each with slack
// for whole-vector stores behind the last lane.
const ROW_LANES: usize = 16;
const ROW_SLACK: usize = 32;


@inline
function rowKeysBytes<K>(): usize {
  return ROW_LANES * sizeof<K>() + ROW_SLACK;
}


@inline
function rowBytes<K, V>(): usize {
  return rowKeysBytes<K>() + ROW_LANES * valueWidth<V>() + ROW_SLACK;
}

/** Appends the entries of `bucket` that `mask` names to a row that has `count` lanes; returns the new count. */
@inline
function appendToRow<K, V>(bucket: usize, mask: u32, row: usize, count: usize): usize {
  packLanes<K>(bucket, mask, row + count * sizeof<K>());
  if (valueWidth<V>()) {
    packLanes<V>(bucket + keysBytes<K>(), mask, row + rowKeysBytes<K>() + count * valueWidth<V>());
  }
  return count + popcnt<u32>(mask);
}


@inline
function displace<K, V>(keyFrom: usize, valueFrom: usize, to: usize): usize {
  store<K>(to, load<K>(keyFrom));
  copyValue<V>(valueFrom, to + sizeof<K>());
  return to + sizeof<K>() + valueWidth<V>();
}

/** Where the address of page `j` of the group stands while it splits. */
@inline
function pageSeat(j: u32): usize {
  return GROUP + ((<usize>j) << 2);
}

/** The group `splitNext` gets one page more. Its memory is there. */
function splitGroup<K, V>(table: Table): void {
  const group = table.splitNext;
  const log = table.groupLog;
  const oldPages = table.pagesPerGroup;
  const k = i32x4.splat(oldPages + 1);
  const doubling = i32x4.splat(1 << log);
  for (let j: u32 = 0; j <= oldPages; j++) store<u32>(pageSeat(j), <u32>pageAddress<K, V>(table, (j << log) + group));
  let displaced = DISPLACED;
  let moved: u32 = 0;
  let entries: u32 = 0;

  for (let number: u32 = 0; number < BUCKETS; number++) {
    const offset = <usize>number * bucketBytes<K, V>();
    const wanted = i32x4.splat(number);
    let row = ROWS;
    let leavers: u32 = 0;
    let below = <usize>load<u32>(GROUP) + offset;
    for (let j: u32 = 0; j <= oldPages; j++) {
      const page = <usize>load<u32>(pageSeat(j)) + offset;
      clearBehindFirst<K>(row); // the append below always writes the first vector
      let count = appendToRow<K, V>(below, leavers, row, 0);
      if (j < oldPages) {
        const low0 = lowWords<K>(page);
        const high0 = highWords<K>(page);
        const low1 = lowWords<K>(page + 4 * sizeof<K>());
        const high1 = highWords<K>(page + 4 * sizeof<K>());
        const occupied = occupiedSlots<K>(page);
        entries += popcnt<u32>(occupied);
        const atHome = occupied & mask8(i32x4.eq(bucketsOf(high0), wanted), i32x4.eq(bucketsOf(high1), wanted));
        const target = i32x4.splat(j);
        const stay = mask8(
          i32x4.eq(pagesInGroup(low0, high0, doubling, k), target),
          i32x4.eq(pagesInGroup(low1, high1, doubling, k), target),
        );
        for (let away = occupied & ~atHome; away; away &= away - 1) {
          const slot = page + ctz<u32>(away);
          displaced = displace<K, V>(keyAddress<K>(slot), valueAddress<K, V>(slot), displaced);
        }
        count = appendToRow<K, V>(page, atHome & stay, row, count);
        leavers = atHome & ~stay;
        below = page;
        moved += popcnt<u32>(leavers);
      }
      while (count > <usize>SLOTS) {
        count--;
        displaced = displace<K, V>(
          row + count * sizeof<K>(),
          row + rowKeysBytes<K>() + count * valueWidth<V>(),
          displaced,
        );
      }
      row += rowBytes<K, V>();
    }
    row = ROWS;
    for (let j: u32 = 0; j <= oldPages; j++) {
      const page = <usize>load<u32>(pageSeat(j)) + offset;
      copyLanes<K>(row, page);
      if (valueWidth<V>()) copyLanes<V>(row + rowKeysBytes<K>(), page + keysBytes<K>());
      row += rowBytes<K, V>();
    }
  }

  const groupMask = table.groupMask;
  table.splitNext = group + 1;
  table.pages++;
  if (table.splitNext > groupMask) endRound(table);
  else pace(table);

  const before = table.moved;
  const entry = sizeof<K>() + valueWidth<V>();
  for (let from = DISPLACED; from < displaced; from += entry) {
    const hash = load<K>(from);
    const slot = placeAgain<K, V>(table, hash, homeOf<K, V>(table, hash));
    copyValue<V>(from + sizeof<K>(), valueAddress<K, V>(slot));
    moved++;
  }
  // An entry may have moved up several times for others: the group has not more entries than these.
  table.moved = before + min<u64>(entries, moved + (table.moved - before));
  if (table.spilled) reclaimGroup<K, V>(table, group, log, MOST_MOVED - <u32>min<u64>(entries, MOST_MOVED));
}

/** All groups have one page more. At twice GROUP_PAGES, each is two groups of GROUP_PAGES. */
function endRound(table: Table): void {
  const pages = table.pagesPerGroup + 1;
  if (pages == GROUP_PAGES << 1) setGroups(table, table.groupLog + 1, GROUP_PAGES);
  else setGroups(table, table.groupLog, pages);
}
