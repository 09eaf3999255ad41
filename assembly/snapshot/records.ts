// The entries of a table of byte keys in a snapshot: records of their own, one behind the other, each the length of the
// key (4 bytes), the value and the key.
//
// Those of one hash, which form a chain, stand side by side. So whoever reads them knows of a record whose hash is in
// the table already that the one before it must have the same, and compares no keys: a chain that somebody made as long
// as he liked would cost the square of its length. That no two of a chain are the same is seen at the end, from their
// fingerprints: 64 bits of another hash, whose seed is drawn for each restore.

import { SLOTS, SLOT_MASK, bucketBytes, keyAddress, valueAddress } from "../table/bucket";
import { homeOf } from "../table/address";
import { find } from "../table/find";
import { Table } from "../table/table";
import { arenaOf, recordAt } from "../bytes/arena";
import { insert, link, referenceAt, slotHash } from "../bytes/entry";
import {
  LINKED,
  NONE,
  copyBytes,
  copyValue,
  keyOf,
  lengthOf,
  MOST_KEY_BYTES,
  nextOf,
  valueOf,
  wordOf,
} from "../bytes/record";
import { hashBytes } from "../hash/bytes";
import { isWtf8 } from "../text/utf8";
import { GATHERED, KEY_BYTES, KEY_BYTES_ROOM, STAGING } from "../memory/layout";

// What a call leaves behind for the facade, a word each.
/** Of the page: the next slot, and the reference of the next record of the chain of the slot before it. */
const SLOT = GATHERED;
const REFERENCE = GATHERED + 4;
/** The record that is too long for the staging. */
const LONG_KEY = GATHERED + 8;
const LONG_LENGTH = GATHERED + 12;
const LONG_VALUE = GATHERED + 16;
/**
 * Bytes of the records that were placed, how many, their fingerprints, the hash of the last one, and why no more were.
 */
const TAKEN = GATHERED;
const PLACED = GATHERED + 4;
const PRINTED = GATHERED + 8;
const LAST = GATHERED + 12;
const FAULT = GATHERED + 16;

/** Records that a call places at most: their fingerprints fill the staging, with one of the call before. */
const MOST_PLACED: u32 = 1024;
export const FINGERPRINTS: usize = STAGING;

// Faults.
/** The next record is none of this table. */
export const FAULT_BAD: u32 = 1;
/** There is no room for the next record; the reason is in `table.refusal`. */
export const FAULT_REFUSED: u32 = 2;


@inline
function headBytes(valueBytes: u32): u32 {
  return 4 + valueBytes;
}

/**
 * Writes the records of a page to the staging from a slot on, or first those of a chain from `reference` on; returns
 * their bytes. The next call goes on with SLOT and REFERENCE. A record that is too long is left to the caller: it comes
 * alone, with 0 bytes.
 */
export function writeRecords(table: Table, page: usize, slot: u32, reference: u32): u32 {
  const arena = arenaOf(table);
  const valueBytes = arena.valueBytes;
  const slots = (table.bucketMask + 1) * SLOTS;
  let next = reference;
  let number = slot;
  let used: u32 = 0;
  store<u32>(LONG_LENGTH, NONE);
  for (;;) {
    if (next == NONE) {
      if (number >= slots) break;
      const at = page + <usize>(number / SLOTS) * bucketBytes<u32, u32>() + ((<usize>number) & SLOT_MASK);
      if (!load<u32>(keyAddress<u32>(at))) {
        number = (number / SLOTS + 1) * SLOTS;
        continue;
      }
      next = load<u32>(valueAddress<u32, u32>(at));
      number++;
    }
    const record = recordAt(arena, next);
    const word = wordOf(record);
    const length = lengthOf(word);
    const bytes = headBytes(valueBytes) + length;
    if (bytes > <u32>KEY_BYTES_ROOM - used) {
      if (used) break;
      store<u32>(LONG_KEY, <u32>keyOf(record, word, valueBytes));
      store<u32>(LONG_LENGTH, length);
      store<u32>(LONG_VALUE, <u32>valueOf(record));
      next = nextOf(record, word, valueBytes);
      break;
    }
    const to = KEY_BYTES + <usize>used;
    store<u32>(to, length);
    copyValue(valueOf(record), to + 4, valueBytes);
    copyBytes(keyOf(record, word, valueBytes), to + <usize>headBytes(valueBytes), length);
    used += bytes;
    next = nextOf(record, word, valueBytes);
  }
  store<u32>(SLOT, number);
  store<u32>(REFERENCE, next);
  return used;
}

/**
 * Makes entries of the whole records among `bytes` bytes at `at`, MOST_PLACED at most. What came of it is in the words
 * from TAKEN on, and at FINGERPRINTS those of keys in chains.
 * @param last the hash of the record before these, 0 if there is none
 * @param random the seed of the fingerprints
 * @param text must keys be those of strings?
 */
export function placeRecords(table: Table, at: usize, bytes: u32, last: u32, random: u32, text: bool): void {
  const valueBytes = arenaOf(table).valueBytes;
  const head = headBytes(valueBytes);
  let before = last;
  let taken: u32 = 0;
  let placed: u32 = 0;
  let printed: usize = 0;
  let fault: u32 = 0;
  while (placed < MOST_PLACED && bytes - taken >= head) {
    const from = at + <usize>taken;
    const length = load<u32>(from);
    if (length > MOST_KEY_BYTES) {
      fault = FAULT_BAD;
      break;
    }
    if (head + length > bytes - taken) break;
    const key = from + <usize>head;
    const hash = slotHash(hashBytes(key, length, table.seed));
    const slot = find<u32, u32>(table, hash);
    if ((slot != 0) != (hash == before) || (text && !isWtf8(key, key + <usize>length))) {
      fault = FAULT_BAD;
      break;
    }
    const first = slot ? fingerprintOfFirst(table, slot, random) : 0;
    const isSecond = firstIsAlone;
    const record = slot
      ? link(table, hash, slot, key, length)
      : insert(table, hash, homeOf<u32, u32>(table, hash), key, length);
    if (!record) {
      fault = FAULT_REFUSED;
      break;
    }
    copyValue(from + 4, valueOf(record), valueBytes);
    if (slot) {
      store<u64>(FINGERPRINTS + printed, hashBytes(key, length, random));
      printed += 8;
      if (isSecond) {
        store<u64>(FINGERPRINTS + printed, first);
        printed += 8;
      }
    }
    before = hash;
    taken += head + length;
    placed++;
  }
  store<u32>(TAKEN, taken);
  store<u32>(PLACED, placed);
  store<u32>(PRINTED, <u32>(printed >>> 3));
  store<u32>(LAST, before);
  store<u32>(FAULT, fault);
}

/** Set by {@link fingerprintOfFirst}: is the record the only one of its slot? */
let firstIsAlone: bool = false;

/** The fingerprint of the key in a slot, where it is the only one there, and so has none yet. */
function fingerprintOfFirst(table: Table, slot: usize, random: u32): u64 {
  const arena = arenaOf(table);
  const record = recordAt(arena, referenceAt(slot));
  const word = wordOf(record);
  firstIsAlone = (word & LINKED) == 0;
  return firstIsAlone ? hashBytes(keyOf(record, word, arena.valueBytes), lengthOf(word), random) : 0;
}
