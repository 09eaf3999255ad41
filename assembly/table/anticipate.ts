// Growth ahead of a batch. A large batch of new keys would take a small table through every step of growth; instead the
// table takes the form it is heading for at once, by a bounded factor, while it holds few entries.
//
// It happens in place, group by group: the pages whose number is g modulo 2^groupLog hold the entries of group g and
// no others, in the old form as in the new one. So a group's entries are taken out, its pages zeroed, and every entry
// placed anew.

import { BUCKETS, SLOTS, bucketBytes, copyValue, keyAddress, pageBytes, valueAddress } from "./bucket";
import { GROUP_PAGES, homeOf, pageAddress, pageOf } from "./address";
import { touchPages } from "./fresh";
import { ensurePages } from "./gaps";
import { Table, pace, setGroups } from "./table";
import { listedBytes, placeInPage, takeOut } from "./page";
import { setCapacity } from "./form";
import { growOnePageTo } from "./pooled";
import { DISPLACED, HASHES } from "../memory/layout";

/**
 * Most times its present size that a table grows to ahead of the entries: what it may stay too large by if they don't
 * come.
 */
const MOST_AHEAD: u32 = 8;

/**
 * Grows towards `entries` entries in all, if the `soon` next ones make growth due and the table would at least double.
 * Does nothing where it can't.
 */
export function anticipate<K, V>(table: Table, soon: u32, entries: u32): void {
  if (table.count + soon <= table.growAt || table.spilled) return;
  const target = <u32>min<u64>(entries, <u64>table.count * MOST_AHEAD);
  if (target < table.growAt << 1) return;
  if (table.block) {
    if (table.pages == 1) growOnePageTo<K, V>(table, target);
    return;
  }
  const oldPages = table.pages;
  const log = table.groupLog;
  const pagesPerGroup = table.pagesPerGroup;
  const splitNext = table.splitNext;
  if (
    !setCapacity<K, V>(table, target) ||
    !ensurePages<K, V>(table, table.pages, table.stepShift) ||
    overflows<K, V>(table, log, pagesPerGroup, splitNext)
  ) {
    setGroups(table, log, pagesPerGroup);
    table.splitNext = splitNext;
    table.pages = oldPages;
    pace(table);
    return;
  }
  touchPages<K, V>(table, oldPages, table.pages);
  for (let group: u32 = 0; group < 1 << log; group++) {
    const pages = pagesPerGroup + <u32>(group < splitNext);
    if (pages < GROUP_PAGES << 1) {
      regroup<K, V>(table, group, log, pages);
    } else {
      // Four pages are two groups of two, with one group bit more.
      regroup<K, V>(table, group, log + 1, GROUP_PAGES);
      regroup<K, V>(table, group + (1 << log), log + 1, GROUP_PAGES);
    }
  }
}

/** Would a page of the new form, which the table has already, get more entries than it has slots? */
function overflows<K, V>(table: Table, log: u32, pagesPerGroup: u32, splitNext: u32): bool {
  // One counter for each new page of a group, in scratch.
  const counters = (<usize>((table.pages >>> log) + 1)) << 2;
  for (let group: u32 = 0; group < 1 << log; group++) {
    memory.fill(HASHES, 0, counters);
    const pages = pagesPerGroup + <u32>(group < splitNext);
    for (let j: u32 = 0; j < pages; j++) {
      const page = pageAddress<K, V>(table, (j << log) + group);
      for (let bucket = page; bucket < page + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
        for (let slot = bucket; slot < bucket + SLOTS; slot++) {
          const hash = load<K>(keyAddress<K>(slot));
          if (!hash) break;
          const counter = HASHES + ((<usize>(pageOf<K>(table, hash) >>> log)) << 2);
          const count = load<u32>(counter) + 1;
          store<u32>(counter, count);
          if (count > BUCKETS * SLOTS) return true;
        }
      }
    }
  }
  return false;
}

/** Takes the entries out of the old pages of a group and places them in the new form. */
function regroup<K, V>(table: Table, group: u32, log: u32, pages: u32): void {
  let end = DISPLACED;
  for (let j: u32 = 0; j < pages; j++) {
    end = takeOut<K, V>(pageAddress<K, V>(table, (j << log) + group), end);
  }
  for (let from = DISPLACED; from < end; from += listedBytes<K, V>()) {
    const hash = load<K>(from);
    const slot = placeInPage<K, V>(table, hash, homeOf<K, V>(table, hash));
    copyValue<V>(from + sizeof<K>(), valueAddress<K, V>(slot));
    table.moved++;
  }
}
