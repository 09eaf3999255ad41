// What must hold after every mutation. The debug build (CHECK=1) asserts it; the product contains none of this.
//
//   1. A bucket's taken slots are its first ones.
//   2. Every entry stands in its home page, and every bucket from its home to the one before it is full.
//      None of them holds an entry that is nearer to its home than this one is there to its own.
//   3. No hash stands in two places.
//   4. `count` is the number of entries, `spilled` that of the spill, and the spill's counters add up.
//   5. The form is sound: pages follow from groups, and splitNext is below the number of groups.

import { BUCKETS, SLOTS, bucketBytes, bucketCount, isFull, keyAddress } from "./bucket";
import { GROUP_PAGES, bucketOf, homeOf, nextBucket, pageAddress, pageOf } from "./address";
import { Table, bucketsBytes } from "./table";
import { findInPage, fromHome } from "./page";
import { find } from "./find";
import { listSpilled, spillTotal } from "./spill";
import { DISPLACED } from "../memory/layout";

/** Pages up to which everything is checked after every mutation; above, the page of the mutation, and all from time to time. */
const SMALL: u32 = 4;
const FULL_CHECK_EVERY: u32 = 4096;

/** Checks the table after a mutation of the entry of `hash`. */
export function checkAfter<K, V>(table: Table, hash: K): void {
  if (!CHECK) return;
  table.mutations++;
  if (table.pages <= SMALL || table.mutations % FULL_CHECK_EVERY == 0) checkAll<K, V>(table);
  else if (hash) checkPage<K, V>(table, pageOf<K>(table, hash));
}

/** Checks the whole table. */
export function checkAll<K, V>(table: Table): void {
  if (!CHECK) return;
  const groups = table.groupMask + 1;
  assert(groups == 1 << table.groupLog && table.splitNext < groups); // form: groups
  assert(table.pages == table.pagesPerGroup * groups + table.splitNext); // form: pages
  assert(table.pagesPerGroup < GROUP_PAGES << 1); // form: pages per group
  assert(table.bucketMask + 1 == BUCKETS || table.pages == 1); // form: buckets
  let entries: u32 = 0;
  for (let page: u32 = 0; page < table.pages; page++) entries += checkPage<K, V>(table, page);
  assert(entries + checkSpill<K, V>(table) == table.count); // count
}

function checkPage<K, V>(table: Table, page: u32): u32 {
  const start = pageAddress<K, V>(table, page);
  const end = start + bucketsBytes<K, V>(table.bucketMask + 1);
  let entries: u32 = 0;
  for (let bucket = start; bucket < end; bucket += bucketBytes<K, V>()) {
    const count = bucketCount<K>(bucket);
    entries += count;
    for (let number: u32 = 0; number < SLOTS; number++) {
      const slot = bucket + number;
      const hash = load<K>(keyAddress<K>(slot));
      assert((hash != 0) == number < count); // a gap in a bucket
      if (!hash) continue;
      assert(pageOf<K>(table, hash) == page); // an entry outside its home page
      for (let at = homeOf<K, V>(table, hash); at != bucket; at = nextBucket<K, V>(table, start, at)) {
        assert(isFull<K>(at)); // a gap before an entry
        checkOrder<K, V>(table, hash, start, at);
      }
      assert(findInPage<K, V>(table, hash) == slot); // a hash in two slots
      assert(find<K, V>(table, hash) == slot); // an entry not found
    }
  }
  return entries;
}

function checkOrder<K, V>(table: Table, hash: K, page: usize, passed: usize): void {
  const number = <u32>((passed - page) / bucketBytes<K, V>());
  const distance = (number - bucketOf<K>(table, hash)) & table.bucketMask;
  for (let slot = passed; slot < passed + SLOTS; slot++) {
    assert(fromHome<K>(table, slot, number) >= distance); // an entry went past one that came later
  }
}

function checkSpill<K, V>(table: Table): u32 {
  if (!table.spill) return 0;
  const count = listSpilled<K, V>(table);
  assert(count == table.spilled && spillTotal() == count); // spill: count
  for (let i: u32 = 0; i < count; i++) {
    const hash = load<K>(DISPLACED + <usize>i * sizeof<K>());
    assert(findInPage<K, V>(table, hash) == 0); // spill: a hash in two places
    assert(find<K, V>(table, hash) != 0); // spill: an entry not found
  }
  return count;
}
