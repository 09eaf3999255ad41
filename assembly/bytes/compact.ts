// Compaction: the arena of a memory of its own gives the room of deleted records back.
//
// Segments are filled once, from front to back. When their holes, which are the places of deleted records and not what
// is left behind the last one, come to more than a sixth of them, the one with the least live bytes, of some hundred
// that are looked at, is the victim: its live records move to the end of the arena, some with every write, and the
// segment is free. A segment that is a quarter empty costs three bytes moved for each byte won; so the bound on the
// memory is a bound on the work. (M. Rosenblum, J. Ousterhout, "The design and implementation of a log-structured file
// system", 1992.)

import { valueAddress } from "../table/bucket";
import { find } from "../table/find";
import { Table } from "../table/table";
import {
  SEGMENT_BYTES,
  SEGMENT_LOG,
  TAKEN,
  canTake,
  liveOf,
  markOf,
  segmentAddress,
  segmentOf,
  segmentsEnd,
  tailOf,
} from "../memory/segments";
import {
  Arena,
  arenaOf,
  closeSegment,
  freeRecord,
  isFilling,
  makeRoom,
  openSegment,
  recordAt,
  referenceOf,
  takeRecord,
} from "./arena";
import { DEAD, copyBytes, hashOf, nextAt, recordBytes, wordOf } from "./record";

/** Holes allowed: a fifth of the live bytes, and one segment. */
export const LIVE_BYTES_FOR_A_HOLE: u32 = 5;
/** In idle time a tenth is too much, and a step passes so many bytes. */
const IDLE_LIVE_BYTES_FOR_A_HOLE: u32 = 10;
const IDLE_PASSED: u32 = 16384;
/** Bytes of a victim that a write of `n` bytes passes: enough that holes are closed faster than they are made. */
const LEAST_PASSED: u32 = 512;
const PASSED_PER_BYTE: u32 = 4;
/** Passing a dead record costs less than moving a live one. */
const DEAD_DISCOUNT: u32 = 4;
/** Segments looked at for a victim. */
const CANDIDATES: u32 = 256;
/** Victims that one write empties where memory has run out. */
const MOST_AT_ONCE: u32 = 16;
/** A segment with fewer bytes of holes is no victim: to move what lives there would win nothing. */
const LEAST_HOLES: u32 = <u32>SEGMENT_BYTES / 16;

/** Does its part for a write that adds or deletes a record of `bytes`. */
@inline
export function compact(table: Table, bytes: u32): void {
  const arena = arenaOf(table);
  if (table.block || (!arena.victim && !isDue(arena))) return;
  if (arena.victim || chooseVictim(arena))
    pass(table, arena, LEAST_PASSED + PASSED_PER_BYTE * min<u32>(bytes, <u32>SEGMENT_BYTES));
}

/** Does a step where there is time, and closes holes that no write would: is there more to do? */
export function compactIdly(table: Table): bool {
  const arena = arenaOf(table);
  if (table.block || !(arena.victim || (exceeds(arena, IDLE_LIVE_BYTES_FOR_A_HOLE) && chooseAnyVictim(arena))))
    return false;
  const victim = arena.victim;
  pass(table, arena, IDLE_PASSED);
  return arena.victim != victim; // else there is no memory
}

/**
 * Makes room for a record of `bytes`, if need be by compaction: in a memory that is full. False where it was refused.
 */
export function findRoom(table: Table, bytes: u32): bool {
  for (let victims: u32 = 0; !makeRoom(table, bytes); victims++) {
    if (table.block || victims == MOST_AT_ONCE || !emptyVictim(table)) return false;
  }
  return true;
}

/** Empties a victim, if there is one; false where there is none, or no room for what lives in it. */
function emptyVictim(table: Table): bool {
  const arena = arenaOf(table);
  if (!arena.victim && !chooseAnyVictim(arena) && !makeVictimOfFilling(table, arena)) return false;
  pass(table, arena, u32.MAX_VALUE);
  return arena.victim == 0;
}

function chooseAnyVictim(arena: Arena): bool {
  for (let looked: u32 = 0; looked < segmentsEnd(); looked += CANDIDATES) {
    if (chooseVictim(arena)) return true;
  }
  return false;
}

/**
 * Closes the segment that is being filled, where that has holes and another can take its live records, and makes it the
 * victim.
 */
function makeVictimOfFilling(table: Table, arena: Arena): bool {
  if (!arena.end) return false;
  const segment = segmentOf(<usize>arena.end - 1);
  const live = liveOf(segment);
  const filled = <u32>SEGMENT_BYTES - (arena.end - arena.at);
  if (live == filled || live > <u32>SEGMENT_BYTES - LEAST_HOLES || !canTake(1, table.stepShift, table.maxBytes))
    return false;
  closeSegment(arena);
  makeVictim(arena, segment);
  return true;
}


@inline
function makeVictim(arena: Arena, segment: u32): void {
  arena.victim = <u32>segmentAddress(segment);
  arena.victimEnd = arena.victim + <u32>SEGMENT_BYTES;
}


@inline
function isDue(arena: Arena): bool {
  return exceeds(arena, LIVE_BYTES_FOR_A_HOLE);
}

/** Are there more holes than a segment, and a byte for so many live ones? */
@inline
function exceeds(arena: Arena, liveBytesForAHole: u32): bool {
  const most = <u64>arena.live + arena.live / liveBytesForAHole + <u64>SEGMENT_BYTES;
  return ((<u64>arena.segments) << SEGMENT_LOG) - <u64>arena.tails > most;
}

/** Bytes of deleted records in a segment of the arena that is not being filled; in one of somebody else 0. */
@inline
function holesOf(segment: u32): u32 {
  return markOf(segment) >= TAKEN ? 0 : <u32>SEGMENT_BYTES - liveOf(segment) - tailOf(segment);
}

function chooseVictim(arena: Arena): bool {
  const end = segmentsEnd();
  let segment = arena.nextVictim;
  let least = u32.MAX_VALUE;
  let victim: u32 = 0;
  for (let count = min<u32>(CANDIDATES, end); count; count--) {
    if (segment >= end) segment = 0;
    const live = liveOf(segment);
    if (live < least && holesOf(segment) >= LEAST_HOLES && !isFilling(arena, segment)) {
      least = live;
      victim = segment;
    }
    segment++;
  }
  arena.nextVictim = segment;
  if (!victim) return false;
  makeVictim(arena, victim);
  return true;
}

/** Goes on through the victim, for about `budget` bytes. */
function pass(table: Table, arena: Arena, budget: u32): void {
  let left: i64 = <i64>budget;
  while (left > 0 && arena.victim) {
    const record = <usize>arena.victim;
    const word = wordOf(record);
    const bytes = recordBytes(word, arena.valueBytes);
    if (word & DEAD) {
      left -= <i64>(bytes / DEAD_DISCOUNT);
    } else {
      if (!move(table, arena, record, bytes)) return;
      left -= <i64>bytes;
    }
    // Where the last live record has gone, so has the victim.
    if (arena.victim) arena.victim += bytes;
  }
}

/** Moves a live record to the end of the arena; false where there is no memory. */
function move(table: Table, arena: Arena, record: usize, bytes: u32): bool {
  if (bytes > arena.end - arena.at && !openSegment(table, 0)) return false;
  const seat = seatOf(table, arena, record);
  const to = takeRecord(table, bytes);
  copyBytes(record, to, bytes);
  store<u32>(seat, referenceOf(arena, to));
  table.moved++;
  freeRecord(table, record);
  return true;
}

/** Where the reference of a live record stands: in its slot, or in the record before it. */
function seatOf(table: Table, arena: Arena, record: usize): usize {
  const reference = referenceOf(arena, record);
  let seat = valueAddress<u32, u32>(find<u32, u32>(table, hashOf(record)));
  while (load<u32>(seat) != reference) seat = nextAt(recordAt(arena, load<u32>(seat)), arena.valueBytes);
  return seat;
}
