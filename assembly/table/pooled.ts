// Tables in the pool: their blocks, and how one page grows there. A page of less than 64 buckets is followed by one of
// twice as many, 64 buckets by a block that has room for all the pages a pooled table may have. What a block holds is
// placed anew.

import { BUCKET_BITS, SLOTS, bucketBytes, copyValue, keyAddress, pageBytes, valueAddress } from "./bucket";
import { GROUP_PAGES, homeOf } from "./address";
import {
  POOLED_PAGES,
  REFUSED_BLOCK,
  REFUSED_MEMORY,
  Table,
  headerBlock,
  refuse,
  setGroups,
  setOnePage,
  tableBytes,
} from "./table";
import { placeInPage } from "./page";
import { setCapacity } from "./form";
import { acquire, blockBytes, release } from "../memory/pool";

/**
 * Gives the table a block for its form, and `base` with it. False where there is none, with the reason in
 * `table.refusal`.
 */
export function takeBlock<K, V>(table: Table): bool {
  const bytes = table.pages == 1 ? tableBytes<K, V>(table) : pageBytes<K, V>() * POOLED_PAGES;
  if (<u64>headerBlock() + blockBytes(bytes) + table.arenaBlock > <u64>table.maxBytes)
    return refuse(table, REFUSED_MEMORY);
  const block = acquire(bytes);
  if (!block) return refuse(table, REFUSED_BLOCK);
  table.base = <u32>block;
  table.block = <u32>blockBytes(bytes);
  return true;
}

/** A table of one page takes its next form. False where it was refused. */
export function growOnePage<K, V>(table: Table): bool {
  const oldBytes = tableBytes<K, V>(table);
  const oldBits = popcnt<u32>(table.bucketMask);
  if (oldBits < BUCKET_BITS) setOnePage(table, oldBits + 1);
  else setGroups(table, 0, GROUP_PAGES);
  return moveBlock<K, V>(table, oldBytes, oldBits);
}

/** A table of one page takes the form for `entries` entries, if that is one the pool has room for. */
export function growOnePageTo<K, V>(table: Table, entries: u32): bool {
  const oldBytes = tableBytes<K, V>(table);
  const oldBits = popcnt<u32>(table.bucketMask);
  if (setCapacity<K, V>(table, entries) && table.pages <= POOLED_PAGES)
    return moveBlock<K, V>(table, oldBytes, oldBits);
  setOnePage(table, oldBits);
  return false;
}

/** Moves the entries of one page of 2^oldBits buckets to a block for the form that the table has been given. */
function moveBlock<K, V>(table: Table, oldBytes: usize, oldBits: u32): bool {
  const from = <usize>table.base;
  if (!takeBlock<K, V>(table)) {
    setOnePage(table, oldBits);
    return false;
  }
  for (let bucket = from; bucket < from + oldBytes; bucket += bucketBytes<K, V>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      const hash = load<K>(keyAddress<K>(slot));
      if (!hash) break;
      // The entries of one page fit one page, whichever they go to.
      const to = placeInPage<K, V>(table, hash, homeOf<K, V>(table, hash));
      copyValue<V>(valueAddress<K, V>(slot), valueAddress<K, V>(to));
      table.moved++;
    }
  }
  release(from, oldBytes);
  return true;
}
