// The arena: where the records of a map's entries stand (record.ts).
//
// In a pool it is one block, and a larger one once that is full: whoever still lives moves there. In a memory of its
// own it is segments of 64 KiB, filled one after the other. A deleted record leaves a hole; a segment without a live
// record is free at once, and compaction empties those with the most holes (compact.ts). A record longer than a segment
// has segments of its own.
//
// A reference is a distance from `base`, so a block may move.

import { SLOTS, bucketBytes, keyAddress, valueAddress } from "../table/bucket";
import {
  REFUSED_BLOCK,
  REFUSED_MEMORY,
  REFUSED_POOL,
  Table,
  headerBlock,
  headerOf,
  refuse,
  tableBytes,
} from "../table/table";
import { BYTES_SLACK, ORIGIN } from "../memory/layout";
import { acquire, blockBytes, release } from "../memory/pool";
import {
  SEGMENT_BYTES,
  SEGMENT_LOG,
  SPARE,
  TAKEN,
  canTake,
  giveSegments,
  liveOf,
  markOf,
  segmentAddress,
  segmentOf,
  setMark,
  setTail,
  tailOf,
  takeSegments,
  takeSparing,
} from "../memory/segments";
import { DEAD, NONE, endRecords, nextAt, nextOf, recordBytes, setWord, wordOf } from "./record";

/** The longest record in a pool, and the largest block. */
const MOST_POOLED_RECORD: u32 = 8192;
const MOST_POOLED: u32 = 65536;


@unmanaged
export class Arena {
  /** Where references count from. */
  base: u32;
  /** Where the next record goes, and the end of the room for it. */
  at: u32;
  end: u32;
  /** Bytes of live records, but for those that have segments of their own. */
  live: u32;
  /** Segments, but for those of long records. */
  segments: u32;
  /** Bytes of all keys. */
  keyBytes: u32;
  /** Entries besides the youngest of their hash: those that the table does not count. */
  chained: u32;
  /** 0, 4 or 8. */
  valueBytes: u32;
  /** The record where compaction goes on, and the end of its segment; 0 while there is nothing to do. */
  victim: u32;
  victimEnd: u32;
  /** The segment where the search for the next victim begins. */
  nextVictim: u32;
  /** Where keys too long for the staging are put, and how long they may be. */
  longAt: u32;
  longRoom: u32;
  /** Bytes behind the last records of all segments but the one that is being filled. */
  tails: u32;
}


@inline
export function arenaOf(table: Table): Arena {
  return changetype<Arena>(headerOf(table) + offsetof<Table>());
}


@inline
export function recordAt(arena: Arena, reference: u32): usize {
  return <usize>(arena.base + reference);
}


@inline
export function referenceOf(arena: Arena, record: usize): u32 {
  return <u32>record - arena.base;
}


@inline
export function isLong(bytes: u32): bool {
  return bytes > <u32>SEGMENT_BYTES;
}


@inline
function segmentsFor(bytes: u32): u32 {
  return (bytes + <u32>SEGMENT_BYTES - 1) >>> SEGMENT_LOG;
}

/** Begins the arena of a new table. */
export function openArena(table: Table, valueBytes: u32): void {
  const arena = arenaOf(table);
  arena.valueBytes = valueBytes;
  if (!table.block) arena.base = <u32>ORIGIN;
}

/** Makes room for a record of `bytes`; false where it was refused, with the reason in `table.refusal`. */
@inline
export function makeRoom(table: Table, bytes: u32): bool {
  const arena = arenaOf(table);
  return bytes <= arena.end - arena.at || makeMoreRoom(table, bytes);
}

function makeMoreRoom(table: Table, bytes: u32): bool {
  if (table.block) return growBlock(table, bytes);
  return isLong(bytes) || openSegment(table, SPARE);
}

/**
 * Takes the place of a record for which {@link makeRoom} has made room. 0 where it is long and there is no memory: a
 * refusal.
 */
@inline
export function takeRecord(table: Table, bytes: u32): usize {
  if (isLong(bytes)) return takeLong(table, bytes);
  const arena = arenaOf(table);
  const record = <usize>arena.at;
  arena.at += bytes;
  arena.live += bytes;
  if (!table.block) addToMark(record, bytes);
  return record;
}

/** Undoes the last {@link takeRecord}. */
export function untakeRecord(table: Table, record: usize, bytes: u32): void {
  if (isLong(bytes)) {
    giveSegments(segmentOf(record), segmentsFor(bytes));
    return;
  }
  const arena = arenaOf(table);
  arena.at -= bytes;
  arena.live -= bytes;
  if (!table.block) addToMark(record, 0 - bytes);
}


@inline
function addToMark(record: usize, bytes: u32): void {
  const segment = segmentOf(record);
  setMark(segment, markOf(segment) + bytes);
}

/** Frees the place of a record. */
export function freeRecord(table: Table, record: usize): void {
  const arena = arenaOf(table);
  const word = wordOf(record);
  const bytes = recordBytes(word, arena.valueBytes);
  if (isLong(bytes)) {
    giveSegments(segmentOf(record), segmentsFor(bytes));
    return;
  }
  setWord(record, word | DEAD);
  arena.live -= bytes;
  if (table.block) return;
  addToMark(record, 0 - bytes);
  const segment = segmentOf(record);
  if (liveOf(segment)) return;
  if (isFilling(arena, segment)) arena.at = <u32>segmentAddress(segment);
  else dropSegment(arena, segment);
}

/** Is a segment the one that is being filled? */
@inline
export function isFilling(arena: Arena, segment: u32): bool {
  return arena.end != 0 && segmentOf(<usize>arena.end - 1) == segment;
}

/** Gives back a segment without live records. */
function dropSegment(arena: Arena, segment: u32): void {
  if (arena.victim && segmentOf(<usize>arena.victimEnd - 1) == segment) arena.victim = 0;
  arena.tails -= tailOf(segment);
  giveSegments(segment, 1);
  arena.segments--;
}

function takeLong(table: Table, bytes: u32): usize {
  const first = takeSparing(segmentsFor(bytes), TAKEN, table.stepShift, table.maxBytes);
  if (first) return segmentAddress(first);
  refuse(table, REFUSED_MEMORY);
  return 0;
}

/**
 * Begins a segment, if `spare` more could be taken besides, and closes the one before it. False where there is no
 * memory: a refusal.
 */
export function openSegment(table: Table, spare: u32): bool {
  const stepShift = table.stepShift;
  const maxBytes = table.maxBytes;
  const number = canTake(1 + spare, stepShift, maxBytes) ? takeSegments(1, 0, stepShift, maxBytes) : 0;
  if (!number) return refuse(table, REFUSED_MEMORY);
  const arena = arenaOf(table);
  closeSegment(arena);
  arena.at = <u32>segmentAddress(number);
  arena.end = arena.at + <u32>SEGMENT_BYTES;
  arena.segments++;
  return true;
}

export function closeSegment(arena: Arena): void {
  if (!arena.end) return;
  const segment = segmentOf(<usize>arena.end - 1);
  const tail = arena.end - arena.at;
  if (tail) endRecords(<usize>arena.at);
  setTail(segment, tail);
  arena.tails += tail;
  arena.at = arena.end = 0;
  if (!liveOf(segment)) dropSegment(arena, segment);
}

/** Makes room for a key of `length` bytes that is too long for the staging; false where it was refused. */
export function makeLongRoom(table: Table, length: u32): bool {
  const arena = arenaOf(table);
  if (length <= arena.longRoom) return true;
  if (table.block) return refuse(table, REFUSED_POOL);
  const count = segmentsFor(length + <u32>BYTES_SLACK);
  const first = takeSparing(count, TAKEN, table.stepShift, table.maxBytes);
  if (!first) return refuse(table, REFUSED_MEMORY);
  if (arena.longRoom) giveSegments(segmentOf(<usize>arena.longAt), segmentsFor(arena.longRoom + <u32>BYTES_SLACK));
  arena.longAt = <u32>segmentAddress(first);
  arena.longRoom = (count << SEGMENT_LOG) - <u32>BYTES_SLACK;
  return true;
}

// --- in the pool ---

/** Moves the live records to a block that has room for one more, of `bytes`. False where it was refused. */
function growBlock(table: Table, bytes: u32): bool {
  const arena = arenaOf(table);
  const need = arena.live + bytes;
  if (bytes > MOST_POOLED_RECORD || need > MOST_POOLED) return refuse(table, REFUSED_POOL);
  const others = <u64>headerBlock() + table.block;
  let block = <u32>blockBytes(min<u32>(need + (need >>> 1), MOST_POOLED));
  if (others + block > <u64>table.maxBytes) block = <u32>blockBytes(need);
  if (others + block > <u64>table.maxBytes) return refuse(table, REFUSED_MEMORY);
  const to = <u32>acquire(block);
  if (!to) return refuse(table, REFUSED_BLOCK);
  const from = arena.base;
  arena.at = to;
  const tableEnd = <usize>table.base + tableBytes<u32, u32>(table);
  for (let bucket = <usize>table.base; bucket < tableEnd; bucket += bucketBytes<u32, u32>()) {
    for (let slot = bucket; slot < bucket + SLOTS; slot++) {
      if (!load<u32>(keyAddress<u32>(slot))) break;
      moveChain(table, arena, from, to, valueAddress<u32, u32>(slot));
    }
  }
  if (table.arenaBlock) release(<usize>from, <usize>table.arenaBlock);
  arena.base = to;
  arena.end = to + block;
  table.arenaBlock = block;
  return true;
}

/** Moves the records of a slot, or of a chain from one on, whose reference stands at `seat`. */
function moveChain(table: Table, arena: Arena, from: u32, to: u32, seat: usize): void {
  let at = seat;
  for (;;) {
    const record = <usize>(from + load<u32>(at));
    const word = wordOf(record);
    const bytes = recordBytes(word, arena.valueBytes);
    const moved = <usize>arena.at;
    memory.copy(moved, record, bytes);
    store<u32>(at, <u32>moved - to);
    arena.at += bytes;
    table.moved++;
    if (nextOf(moved, word, arena.valueBytes) == NONE) return;
    at = nextAt(moved, arena.valueBytes);
  }
}

/** Gives the block back to the pool, zeroed. */
export function dropArena(table: Table): void {
  if (table.arenaBlock) release(<usize>arenaOf(table).base, <usize>table.arenaBlock);
}
