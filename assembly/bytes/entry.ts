// Find, insert and delete one entry of a table of byte keys: what single calls and batches go through.
//
// The table maps 32 bits of a key's hash to a reference, as it would map any u32 to another (table/): it finds, splits,
// spills and walks without a look at the arena. Here is what comes behind the reference.

import { firstSlot, keyAt, matchKeys, splatKey, valueAddress, valueAt } from "../table/bucket";
import { NONE_SEEN } from "../table/address";
import * as finding from "../table/find";
import { UNKNOWN } from "../table/page";
import * as inserting from "../table/insert";
import * as removing from "../table/remove";
import { noteAdded } from "../table/empty";
import { growthDue } from "../table/evacuate";
import { Table } from "../table/table";
import { Arena, arenaOf, freeRecord, recordAt, referenceOf, takeRecord, untakeRecord } from "./arena";
import { compact, findRoom } from "./compact";
import {
  LINKED,
  NONE,
  copyBytes,
  equalBytes,
  keyOf,
  lengthOf,
  nextAt,
  nextOf,
  recordBytes,
  wordOf,
  writeHead,
} from "./record";

/** Set by {@link claimEntry}: whether the key was new. */
export let entryIsNew: bool = false;

/** The part of a key's hash that a slot has: 32 bits, not 0. */
@inline
export function slotHash(hash: u64): u32 {
  if (NONE_SEEN) return 1; // a test build: all keys in one chain
  const low = <u32>hash;
  return low + <u32>(low == 0);
}

/** {@link slotHash} of the low words of four hashes. */
@inline
export function slotHashes(low: v128): v128 {
  if (NONE_SEEN) return i32x4.splat(1);
  return i32x4.sub(low, i32x4.eq(low, i32x4.splat(0)));
}


@inline
export function referenceAt(slot: usize): u32 {
  return load<u32>(valueAddress<u32, u32>(slot));
}

/** The record of a key among those of its hash, from a reference on; 0 where there is none. */
@inline
export function findRecord(arena: Arena, reference: u32, key: usize, length: u32): usize {
  const record = recordAt(arena, reference);
  const word = wordOf(record);
  if (holds(record, word, arena.valueBytes, key, length)) return record;
  return word & LINKED ? findLinked(arena, record, key, length) : 0;
}


@inline
function holds(record: usize, word: u32, valueBytes: u32, key: usize, length: u32): bool {
  return lengthOf(word) == length && equalBytes(keyOf(record, word, valueBytes), key, length);
}

function findLinked(arena: Arena, first: usize, key: usize, length: u32): usize {
  const valueBytes = arena.valueBytes;
  let next = load<u32>(nextAt(first, valueBytes));
  while (next != NONE) {
    const record = recordAt(arena, next);
    const word = wordOf(record);
    if (holds(record, word, valueBytes, key, length)) return record;
    next = nextOf(record, word, valueBytes);
  }
  return 0;
}

/** The record of a key, or 0. */
@inline
export function findEntry(table: Table, hash: u32, key: usize, length: u32): usize {
  const slot = finding.find<u32, u32>(table, hash);
  return slot ? findRecord(arenaOf(table), referenceAt(slot), key, length) : 0;
}

/**
 * The record of a key, making one if there is none; `entryIsNew` says which. 0 where that was refused, with the reason
 * in `table.refusal`: nothing has changed then. The caller writes the value.
 */
export function claimEntry(table: Table, hash: u32, home: usize, key: usize, length: u32): usize {
  if (!table.spilled && !growthDue(table) && !matchKeys<u32>(home, splatKey<u32>(hash))) {
    const record = insertAtHome(table, hash, home, key, length);
    if (record) return record;
  }
  const slot = finding.findFrom<u32, u32>(table, hash, home);
  entryIsNew = false;
  if (slot) {
    const record = findRecord(arenaOf(table), referenceAt(slot), key, length);
    if (record) return record;
  }
  return slot ? link(table, hash, slot, key, length) : insert(table, hash, home, key, length);
}

/**
 * Makes the record of a key whose hash is nowhere in the table, where that takes no more than a free slot of its home
 * and room in the segment that is being filled. 0 where it takes more: then nothing has changed.
 */
@inline
function insertAtHome(table: Table, hash: u32, home: usize, key: usize, length: u32): usize {
  const arena = arenaOf(table);
  const bytes = recordBytes(length, arena.valueBytes);
  const empty = matchKeys<u32>(home, i32x4.splat(0));
  if (!empty || bytes > arena.end - arena.at) return 0;
  const record = takeRecord(table, bytes);
  const number = firstSlot(empty);
  store<u32>(keyAt<u32>(home, number), hash);
  store<u32>(valueAt<u32, u32>(home, number), referenceOf(arena, record));
  table.count++;
  noteAdded<u32>(table, hash);
  return write(arena, record, hash, length, key, length);
}

/** Makes the record of a key whose hash has no slot; 0 where that was refused. The caller writes the value. */
export function insert(table: Table, hash: u32, home: usize, key: usize, length: u32): usize {
  const arena = arenaOf(table);
  const bytes = recordBytes(length, arena.valueBytes);
  compact(table, bytes);
  if (!findRoom(table, bytes)) return 0;
  const record = takeRecord(table, bytes);
  if (!record) return 0;
  const slot = inserting.insert<u32, u32>(table, hash, home, UNKNOWN);
  if (!slot) {
    untakeRecord(table, record, bytes);
    return 0;
  }
  store<u32>(valueAddress<u32, u32>(slot), referenceOf(arena, record));
  return write(arena, record, hash, length, key, length);
}

/** Makes the record of a key whose hash another key has, too; likewise. */
export function link(table: Table, hash: u32, slot: usize, key: usize, length: u32): usize {
  const arena = arenaOf(table);
  const word = length | LINKED;
  const bytes = recordBytes(word, arena.valueBytes);
  compact(table, bytes);
  if (!findRoom(table, bytes)) return 0;
  const record = takeRecord(table, bytes);
  if (!record) return 0;
  const seat = valueAddress<u32, u32>(slot);
  store<u32>(nextAt(record, arena.valueBytes), load<u32>(seat));
  store<u32>(seat, referenceOf(arena, record));
  arena.chained++;
  return write(arena, record, hash, word, key, length);
}


@inline
function write(arena: Arena, record: usize, hash: u32, word: u32, key: usize, length: u32): usize {
  writeHead(record, hash, word);
  copyBytes(key, keyOf(record, word, arena.valueBytes), length);
  arena.keyBytes += length;
  entryIsNew = true;
  return record;
}

/** Deletes a key; false where it is not there. */
export function removeEntry(table: Table, hash: u32, home: usize, key: usize, length: u32): bool {
  const slot = finding.findFrom<u32, u32>(table, hash, home);
  if (!slot) return false;
  const arena = arenaOf(table);
  const record = findRecord(arena, referenceAt(slot), key, length);
  if (!record) return false;
  const bytes = recordBytes(wordOf(record), arena.valueBytes);
  unlink(table, arena, hash, home, slot, record);
  arena.keyBytes -= length;
  freeRecord(table, record);
  compact(table, bytes);
  return true;
}

/** Takes a record out of its chain, and the slot with the last one. */
function unlink(table: Table, arena: Arena, hash: u32, home: usize, slot: usize, record: usize): void {
  const reference = referenceOf(arena, record);
  const next = nextOf(record, wordOf(record), arena.valueBytes);
  const first = valueAddress<u32, u32>(slot);
  if (next == NONE && load<u32>(first) == reference) {
    removing.removeSlot<u32, u32>(table, hash, home, slot);
    return;
  }
  let seat = first;
  while (load<u32>(seat) != reference) seat = nextAt(recordAt(arena, load<u32>(seat)), arena.valueBytes);
  store<u32>(seat, next);
  arena.chained--;
}
