// What must hold of an arena after every mutation, besides what must hold of the table (table/invariants.ts). Only the
// debug build asserts it.
//
//   1. Every record that a slot leads to is alive, has the slot's hash, and stands once in its chain.
//   2. Live bytes, bytes of keys and chained entries add up to the arena's counts.
//   3. In a memory of its own: the marks of the segments add up to the live bytes and the tails, and as many segments
//      have one as the arena counts.

import { SLOTS, bucketBytes, keyAddress, valueAddress } from "../table/bucket";
import { pageAddress } from "../table/address";
import { fenceAt, leafCount } from "../table/leaves";
import { spilledHash } from "../table/scramble";
import { checkAfter, checkAll, isCheckDue } from "../table/invariants";
import { Table, bucketsBytes } from "../table/table";
import { TAKEN, liveOf, markOf, segmentsEnd, tailOf } from "../memory/segments";
import { Arena, arenaOf, isLong, recordAt } from "./arena";
import { DEAD, NONE, hashOf, lengthOf, nextOf, recordBytes, wordOf } from "./record";

let live: u32 = 0;
let keyBytes: u32 = 0;
let entries: u32 = 0;

/** Checks table and arena after a mutation of the entry of `hash`. */
export function checkEntry(table: Table, hash: u32): void {
  if (!CHECK) return;
  checkAfter<u32, u32>(table, hash);
  if (isCheckDue(table)) checkArena(table);
}

/** Checks all. */
export function checkEntries(table: Table): void {
  if (!CHECK) return;
  checkAll<u32, u32>(table);
  checkArena(table);
}

function checkArena(table: Table): void {
  const arena = arenaOf(table);
  live = keyBytes = entries = 0;
  for (let page: u32 = 0; page < table.pages; page++) {
    checkChains(arena, pageAddress<u32, u32>(table, page), bucketsBytes<u32, u32>(table.bucketMask + 1), false);
  }
  if (!table.block) {
    for (let i: u32 = 0; i < leafCount(); i++) {
      checkChains(arena, <usize>fenceAt(i).leaf, bucketsBytes<u32, u32>(table.bucketMask + 1), true);
    }
    checkMarks(arena);
  }
  assert(live == arena.live); // arena: live bytes
  assert(keyBytes == arena.keyBytes); // arena: bytes of keys
  assert(entries == table.count + arena.chained); // arena: entries
}

/** Checks the chains of the slots of a page or a leaf. */
function checkChains(arena: Arena, page: usize, bytes: usize, isLeaf: bool): void {
  for (let bucket = page; bucket < page + bytes; bucket += bucketBytes<u32, u32>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      const hash = isLeaf ? spilledHash<u32>(slot) : load<u32>(keyAddress<u32>(slot));
      if (!hash) break;
      let reference = load<u32>(valueAddress<u32, u32>(slot));
      while (reference != NONE) {
        const record = recordAt(arena, reference);
        const word = wordOf(record);
        const size = recordBytes(word, arena.valueBytes);
        assert(hashOf(record) == hash && !(word & DEAD)); // arena: a slot that leads to another record
        if (!isLong(size)) live += size;
        keyBytes += lengthOf(word);
        entries++;
        reference = nextOf(record, word, arena.valueBytes);
      }
    }
  }
}

function checkMarks(arena: Arena): void {
  let sum: u32 = 0;
  let tails: u32 = 0;
  let count: u32 = 0;
  for (let segment: u32 = 0; segment < segmentsEnd(); segment++) {
    if (markOf(segment) >= TAKEN) continue;
    sum += liveOf(segment);
    tails += tailOf(segment);
    count++;
  }
  assert(sum == arena.live && count == arena.segments && tails == arena.tails); // arena: marks
}
