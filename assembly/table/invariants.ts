// What must hold after every mutation. The debug build (CHECK=1) asserts it; the product contains none of this.
//
//   1. A bucket's taken slots are its first ones.
//   2. Every entry stands in its home page, and every bucket from its home to the one before it is full.
//      None of them holds an entry that is nearer to its home than this one is there to its own.
//   3. No hash stands in two places.
//   4. `count` is the number of entries, `spilled` that of the spill, and the spill's counters add up. An entry of the
//      spill stands in the leaf of its position, and not in its page as well.
//   5. The form is sound: pages follow from groups, and splitNext is below the number of groups.
//   6. No entry has a position in a range that is known to be empty.

import { BUCKETS, SLOTS, bucketBytes, bucketCount, isFull, keyAddress, pageBytes } from "./bucket";
import { GROUP_PAGES, bucketOf, homeIn, nextBucket, pageAddress, pageOf } from "./address";
import { isKnownEmpty } from "./empty";
import { Table, bucketsBytes } from "./table";
import { findInPage, fromHome } from "./page";
import { find } from "./find";
import { spilledHash } from "./scramble";
import { fenceOf, spillTotal } from "./spill";
import { fenceAt, leafCount } from "./leaves";

/**
 * Pages up to which everything is checked after every mutation; above, the page of the mutation, and all from time to
 * time.
 */
const SMALL: u32 = 4;
const FULL_CHECK_EVERY: u32 = 4096;

/** Checks the table after a mutation of the entry of `hash`. */
export function checkAfter<K, V>(table: Table, hash: K): void {
  if (!CHECK) return;
  table.mutations++;
  if (isCheckDue(table)) checkAll<K, V>(table);
  else if (hash) checkPage<K, V>(table, pageOf<K>(table, hash));
}

/** Must all be checked after this mutation? */
export function isCheckDue(table: Table): bool {
  return table.pages <= SMALL || table.mutations % FULL_CHECK_EVERY == 0;
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

/** Checks a page of the table; returns its entries. */
function checkPage<K, V>(table: Table, page: u32): u32 {
  const start = pageAddress<K, V>(table, page);
  const end = start + bucketsBytes<K, V>(table.bucketMask + 1);
  let entries: u32 = 0;
  for (let bucket = start; bucket < end; bucket += bucketBytes<K, V>()) {
    entries += checkBucket<K, V>(table, start, bucket);
    const taken = bucket + bucketCount<K>(bucket);
    for (let slot = bucket; slot < taken; slot++) {
      assert(pageOf<K>(table, load<K>(keyAddress<K>(slot))) == page); // an entry outside its home page
    }
  }
  return entries;
}

/** Checks a bucket of a page; returns its entries. */
function checkBucket<K, V>(table: Table, page: usize, bucket: usize): u32 {
  const count = checkSlots<K, V>(table, page, bucket);
  for (let slot = bucket; slot < bucket + count; slot++) {
    const hash = load<K>(keyAddress<K>(slot));
    assert(find<K, V>(table, hash) == slot); // an entry not found
    assert(!isKnownEmpty<K>(table, hash)); // an entry where walks do not look
  }
  return count;
}

/** Checks the order of a bucket of a page or a leaf; returns its entries. */
function checkSlots<K, V>(table: Table, page: usize, bucket: usize): u32 {
  const count = bucketCount<K>(bucket);
  for (let number: u32 = 0; number < SLOTS; number++) {
    const slot = bucket + number;
    const hash = load<K>(keyAddress<K>(slot));
    assert((hash != 0) == number < count); // a gap in a bucket
    if (!hash) continue;
    for (let at = homeIn<K, V>(table, page, hash); at != bucket; at = nextBucket<K, V>(table, page, at)) {
      assert(isFull<K>(at)); // a gap before an entry
      checkOrder<K, V>(table, hash, page, at);
    }
    assert(findInPage<K, V>(table, hash, page) == slot); // a hash in two slots
  }
  return count;
}

function checkOrder<K, V>(table: Table, hash: K, page: usize, passed: usize): void {
  const number = <u32>((passed - page) / bucketBytes<K, V>());
  const distance = (number - bucketOf<K>(table, hash)) & table.bucketMask;
  for (let slot = passed; slot < passed + SLOTS; slot++) {
    assert(fromHome<K>(table, slot, number) >= distance); // an entry went past one that came later
  }
}

/** Checks the leaves of the spill; returns its entries. */
function checkSpill<K, V>(table: Table): u32 {
  if (table.block) return 0;
  let total: u32 = 0;
  for (let i: u32 = 0; i < leafCount(); i++) {
    const fence = fenceAt(i);
    assert(i ? fence.first > fenceAt(i - 1).first : fence.first == 0); // spill: fences
    const leaf = <usize>fence.leaf;
    let entries: u32 = 0;
    for (let bucket = leaf; bucket < leaf + pageBytes<K, V>(); bucket += bucketBytes<K, V>()) {
      const taken = bucket + checkSlots<K, V>(table, leaf, bucket);
      for (let slot = bucket; slot < taken; slot++) {
        const hash = spilledHash<K>(slot);
        assert(find<K, V>(table, hash) == slot); // spill: an entry not found
        assert(!isKnownEmpty<K>(table, hash)); // spill: an entry where walks do not look
        assert(fenceOf<K>(hash) == fence); // spill: an entry outside its leaf
        assert(findInPage<K, V>(table, hash, pageAddress<K, V>(table, pageOf<K>(table, hash))) == 0); // spill: a hash in two places
        entries++;
      }
    }
    assert(entries == fence.entries && (entries || leafCount() == 1)); // spill: entries of a leaf
    total += entries;
  }
  assert(total == table.spilled && spillTotal() == total); // spill: count
  return total;
}
