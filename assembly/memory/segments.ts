// Segments: the memory of a map of byte keys, in pieces of 64 KiB. Each belongs to the table (16 pages), to the arena,
// to one long key (which takes several side by side), or to nobody:
//
//   | fixed, 2 segments | table | arena | arena | table | a long key ......... | free | arena |
//
// A mark for each segment tells whose it is: of a segment of the arena, the bytes of the live records in it, and those
// behind its last record, where the next one had no room. A directory has the numbers of the table's segments in their
// order. Both have room for 1,024 segments at first, and move to segments of their own when that is used up.

import { GAPS, ORIGIN, SEGMENTS, ensureMemory } from "./layout";

export const SEGMENT_LOG: u32 = 16;
export const SEGMENT_BYTES: usize = 1 << SEGMENT_LOG;

/** Marks; everything below is that of a segment of the arena: {@link liveOf}, {@link tailOf}. */
export const FREE: u32 = 0xffffffff;
export const TAKEN: u32 = 0xfffffffe;

/** Segments that whoever takes some leaves for compaction, which could not tidy a full memory without. */
export const SPARE: u32 = 1;

const FIRST_ROOM: u32 = 1024;
/** Bytes that a segment takes in marks and directory. */
const BYTES_EACH: u32 = 6;
/** Segments that the fixed part takes. */
const FIXED: u32 = 2;


@unmanaged
export class Segments {
  /** Address of the marks; the directory follows. */
  marks: u32;
  /** Segments that marks and directory have room for. */
  room: u32;
  /** The first segment never used: those from here on are zero. */
  end: u32;
  /** Free segments before it. */
  free: u32;
  /** Segments of the table. */
  pages: u32;
}


@inline
function segments(): Segments {
  return changetype<Segments>(GAPS);
}

/** Begins with all segments but the fixed ones unused. */
export function openSegments(): void {
  const all = segments();
  all.marks = <u32>SEGMENTS;
  all.room = FIRST_ROOM;
  all.end = FIXED;
  all.free = 0;
  all.pages = 0;
  for (let number: u32 = 0; number < FIXED; number++) setMark(number, TAKEN);
}


@inline
export function segmentAddress(number: u32): usize {
  return ORIGIN + ((<usize>number) << SEGMENT_LOG);
}

/** Number of the segment that an address is in. */
@inline
export function segmentOf(address: usize): u32 {
  return <u32>((address - ORIGIN) >>> SEGMENT_LOG);
}


@inline
function markAt(number: u32): usize {
  return <usize>segments().marks + ((<usize>number) << 2);
}


@inline
export function markOf(number: u32): u32 {
  return load<u32>(markAt(number));
}


@inline
export function setMark(number: u32, mark: u32): void {
  store<u32>(markAt(number), mark);
}

/** Bits for live bytes, a segment full of them; above come words of the tail. */
const LIVE_BITS: u32 = SEGMENT_LOG + 1;

/** Bytes of the live records in a segment of the arena; of others it is more than a segment has. */
@inline
export function liveOf(number: u32): u32 {
  return markOf(number) & ((1 << LIVE_BITS) - 1);
}

/** Bytes behind the last record of a segment of the arena, once {@link setTail} has been told. */
@inline
export function tailOf(number: u32): u32 {
  return (markOf(number) >>> LIVE_BITS) << 2;
}


@inline
export function setTail(number: u32, bytes: u32): void {
  setMark(number, liveOf(number) | ((bytes >>> 2) << LIVE_BITS));
}

/** The first segment never used. */
@inline
export function segmentsEnd(): u32 {
  return segments().end;
}


@inline
function directoryAt(index: u32): usize {
  const all = segments();
  return <usize>all.marks + ((<usize>all.room) << 2) + ((<usize>index) << 1);
}

/** Address of the table's segment number `index`. */
@inline
export function tableSegment(index: u32): usize {
  return segmentAddress(<u32>load<u16>(directoryAt(index)));
}

/** Segments of the table. */
@inline
export function tableSegments(): u32 {
  return segments().pages;
}

/** Adds a zeroed segment to the table; false where there is no memory. */
export function addTableSegment(stepShift: u32, limit: u32): bool {
  const number = takeZeroed(1, stepShift, limit);
  if (!number) return false;
  store<u16>(directoryAt(segments().pages++), <u16>number);
  return true;
}

/** Gives the table's last segment back. */
export function dropTableSegment(): void {
  giveSegments(<u32>load<u16>(directoryAt(--segments().pages)), 1);
}

/** Number of the first of `count` zeroed segments side by side; 0 where there is no memory. */
export function takeZeroed(count: u32, stepShift: u32, limit: u32): u32 {
  const end = segments().end;
  const number = takeSparing(count, TAKEN, stepShift, limit);
  if (number && number < end) memory.fill(segmentAddress(number), 0, <usize>count * SEGMENT_BYTES);
  return number;
}

/**
 * Takes `count` segments side by side; returns the number of the first, or 0 where there is no memory. What they hold
 * is anything.
 */
export function takeSegments(count: u32, mark: u32, stepShift: u32, limit: u32): u32 {
  const all = segments();
  let first = all.free >= count ? findFree(count) : 0;
  if (first) {
    all.free -= count;
  } else {
    if (!makeRoom(count, stepShift, limit)) return 0;
    first = all.end;
    if (!ensureSegments(first + count, stepShift, limit)) return 0;
    all.end += count;
  }
  for (let number = first; number < first + count; number++) setMark(number, mark);
  return first;
}

/** {@link takeSegments}, if some are left besides: {@link SPARE}. */
export function takeSparing(count: u32, mark: u32, stepShift: u32, limit: u32): u32 {
  return canTake(count + SPARE, stepShift, limit) ? takeSegments(count, mark, stepShift, limit) : 0;
}

/** Can `count` single segments be taken? */
export function canTake(count: u32, stepShift: u32, limit: u32): bool {
  const all = segments();
  if (all.free >= count) return true;
  const more = count - all.free;
  if (!makeRoom(more, stepShift, limit)) return false;
  return ensureSegments(all.end + more, stepShift, limit);
}

/** Makes the memory reach behind segment `end` - 1; false where it can't. */
function ensureSegments(end: u32, stepShift: u32, limit: u32): bool {
  const address = <u64>ORIGIN + ((<u64>end) << SEGMENT_LOG);
  return address <= u32.MAX_VALUE && ensureMemory(<usize>address, stepShift, limit);
}

/** The first of `count` free segments side by side; 0 where there are none. */
function findFree(count: u32): u32 {
  const end = segments().end;
  let run: u32 = 0;
  for (let number = FIXED; number < end; number++) {
    run = markOf(number) == FREE ? run + 1 : 0;
    if (run == count) return number + 1 - count;
  }
  return 0;
}

/** Gives `count` segments back. */
export function giveSegments(first: u32, count: u32): void {
  for (let number = first; number < first + count; number++) setMark(number, FREE);
  segments().free += count;
}

/**
 * Makes sure that `count` more segments have marks: where there is no room, marks and directory move into segments of
 * twice the size.
 */
function makeRoom(count: u32, stepShift: u32, limit: u32): bool {
  const all = segments();
  if (all.end + count <= all.room) return true;
  const from = <usize>all.marks;
  const oldRoom = all.room;
  let room = oldRoom << 1;
  while (all.end + count + segmentsFor(room) > room) room <<= 1;
  const own = segmentsFor(room);
  const start = segmentAddress(all.end);
  const bytes = (<u64>own) << SEGMENT_LOG;
  if (<u64>start + bytes > u32.MAX_VALUE || !ensureMemory(start + <usize>bytes, stepShift, limit)) return false;
  memory.copy(start, from, (<usize>oldRoom) << 2);
  memory.copy(start + ((<usize>room) << 2), from + ((<usize>oldRoom) << 2), (<usize>oldRoom) << 1);
  const first = all.end;
  all.marks = <u32>start;
  all.room = room;
  all.end += own;
  for (let number = first; number < first + own; number++) setMark(number, TAKEN);
  if (oldRoom != FIRST_ROOM) giveSegments(segmentOf(from), segmentsFor(oldRoom));
  return true;
}

/** Segments that marks and directory for `room` segments take. */
@inline
function segmentsFor(room: u32): u32 {
  return (room * BYTES_EACH + <u32>SEGMENT_BYTES - 1) >>> SEGMENT_LOG;
}
