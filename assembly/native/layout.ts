// What the native kernels need to know of the layout of a memory: scripts/native-layout.js writes these constants to
// src/native/layout.h. Nothing in the header is written by hand.

import { Arena } from "../bytes/arena";
import { LIVE_BYTES_FOR_A_HOLE } from "../bytes/compact";
import { LINKED, MOST_KEY_BYTES, NONE, VALUE } from "../bytes/record";
import { BLOCK_ROWS, COUNTERS, GAPS, KEY_BYTES_ROOM, MISSING, OFFSETS, ORIGIN, PENDING } from "../memory/layout";
import { SEGMENT_LOG, Segments } from "../memory/segments";
import { SPILL_PRESSURE } from "../table/evacuate";
import { FIRST_GAP, MOST_GAPS } from "../table/gaps";
import { NEAR } from "../table/page";
import { Table } from "../table/table";

// Fields of a table's header.
export const SEED: u32 = offsetof<Table>("seed");
export const COUNT: u32 = offsetof<Table>("count");
export const GROW_AT: u32 = offsetof<Table>("growAt");
export const BASE: u32 = offsetof<Table>("base");
export const GROUP_MASK: u32 = offsetof<Table>("groupMask");
export const GROUP_LOG: u32 = offsetof<Table>("groupLog");
export const PAGES_PER_GROUP: u32 = offsetof<Table>("pagesPerGroup");
export const SPLIT_NEXT: u32 = offsetof<Table>("splitNext");
export const BUCKET_SHIFT: u32 = offsetof<Table>("bucketShift");
export const BUCKET_MASK: u32 = offsetof<Table>("bucketMask");
export const ZERO_PRESENT: u32 = offsetof<Table>("zeroPresent");
export const ZERO_VALUE: u32 = offsetof<Table>("zeroValue");
export const SPILLED: u32 = offsetof<Table>("spilled");
export const MAX_MOVED: u32 = offsetof<Table>("maxMoved");
export const MOVED: u32 = offsetof<Table>("moved");
export const BLOCK: u32 = offsetof<Table>("block");
export const CARRIED: u32 = offsetof<Table>("carried");
export const KNOWS_EMPTY: u32 = offsetof<Table>("knowsEmpty");
export const HEADER_BYTES: u32 = offsetof<Table>();

// Of the arena of a table of byte keys, behind them.
export const ARENA_BASE: u32 = HEADER_BYTES + offsetof<Arena>("base");
export const ARENA_AT: u32 = HEADER_BYTES + offsetof<Arena>("at");
export const ARENA_END: u32 = HEADER_BYTES + offsetof<Arena>("end");
export const ARENA_LIVE: u32 = HEADER_BYTES + offsetof<Arena>("live");
export const ARENA_SEGMENTS: u32 = HEADER_BYTES + offsetof<Arena>("segments");
export const ARENA_KEY_BYTES: u32 = HEADER_BYTES + offsetof<Arena>("keyBytes");
export const ARENA_VALUE_BYTES: u32 = HEADER_BYTES + offsetof<Arena>("valueBytes");
export const ARENA_VICTIM: u32 = HEADER_BYTES + offsetof<Arena>("victim");
export const ARENA_TAILS: u32 = HEADER_BYTES + offsetof<Arena>("tails");
export const ARENA_BYTES: u32 = offsetof<Arena>();

// Of the segments of its memory, in the fixed part.
export const MARKS_AT: u32 = <u32>(GAPS - ORIGIN) + offsetof<Segments>("marks");
export const MARKS_ROOM_AT: u32 = <u32>(GAPS - ORIGIN) + offsetof<Segments>("room");
export const SEGMENTS_END_AT: u32 = <u32>(GAPS - ORIGIN) + offsetof<Segments>("end");
export const LOG_OF_SEGMENT: u32 = SEGMENT_LOG;

// A record of the arena: where its value stands, what its second word says, and what stands for no record behind it.
export const RECORD_VALUE: u32 = <u32>VALUE;
export const RECORD_LINKED: u32 = LINKED;
export const RECORD_LENGTH: u32 = MOST_KEY_BYTES;
export const NO_RECORD: u32 = NONE;

// Places in the fixed part of a memory, from its beginning.
export const MISSING_AT: u32 = <u32>(MISSING - ORIGIN);
export const PENDING_AT: u32 = <u32>(PENDING - ORIGIN);
export const GAPS_AT: u32 = <u32>(GAPS - ORIGIN);
export const COUNTERS_AT: u32 = <u32>(COUNTERS - ORIGIN);
export const OFFSETS_AT: u32 = <u32>(OFFSETS - ORIGIN);

// Gaps between pages: gap i has FIRST_GAP_PAGES << (i / 2) pages.
export const FIRST_GAP_PAGES: u32 = FIRST_GAP;
export const MOST_GAPS_OF_TABLE: u32 = MOST_GAPS;

// Numbers that decide what a kernel leaves to the wasm, or where an entry goes.
export const ROWS_OF_BLOCK: u32 = BLOCK_ROWS;
export const MOST_SPILLED: u32 = SPILL_PRESSURE;
export const MOST_BUCKETS_BEHIND: u32 = NEAR;
export const LIVE_BYTES_A_HOLE: u32 = LIVE_BYTES_FOR_A_HOLE;
export const MOST_STAGED: u32 = <u32>KEY_BYTES_ROOM;

/**
 * A number that changes with any of them: kernels built for another layout than the wasm's must not be called. FNV-1a,
 * word by word.
 */
export function layout(): u32 {
  let sum: u32 = 0x811c9dc5;
  sum = add(sum, SEED);
  sum = add(sum, COUNT);
  sum = add(sum, GROW_AT);
  sum = add(sum, BASE);
  sum = add(sum, GROUP_MASK);
  sum = add(sum, GROUP_LOG);
  sum = add(sum, PAGES_PER_GROUP);
  sum = add(sum, SPLIT_NEXT);
  sum = add(sum, BUCKET_SHIFT);
  sum = add(sum, BUCKET_MASK);
  sum = add(sum, ZERO_PRESENT);
  sum = add(sum, ZERO_VALUE);
  sum = add(sum, SPILLED);
  sum = add(sum, MAX_MOVED);
  sum = add(sum, MOVED);
  sum = add(sum, BLOCK);
  sum = add(sum, CARRIED);
  sum = add(sum, KNOWS_EMPTY);
  sum = add(sum, HEADER_BYTES);
  sum = add(sum, ARENA_BASE);
  sum = add(sum, ARENA_AT);
  sum = add(sum, ARENA_END);
  sum = add(sum, ARENA_LIVE);
  sum = add(sum, ARENA_SEGMENTS);
  sum = add(sum, ARENA_KEY_BYTES);
  sum = add(sum, ARENA_VALUE_BYTES);
  sum = add(sum, ARENA_VICTIM);
  sum = add(sum, ARENA_TAILS);
  sum = add(sum, ARENA_BYTES);
  sum = add(sum, MARKS_AT);
  sum = add(sum, MARKS_ROOM_AT);
  sum = add(sum, SEGMENTS_END_AT);
  sum = add(sum, LOG_OF_SEGMENT);
  sum = add(sum, RECORD_VALUE);
  sum = add(sum, RECORD_LINKED);
  sum = add(sum, RECORD_LENGTH);
  sum = add(sum, NO_RECORD);
  sum = add(sum, MISSING_AT);
  sum = add(sum, PENDING_AT);
  sum = add(sum, GAPS_AT);
  sum = add(sum, COUNTERS_AT);
  sum = add(sum, OFFSETS_AT);
  sum = add(sum, FIRST_GAP_PAGES);
  sum = add(sum, MOST_GAPS_OF_TABLE);
  sum = add(sum, ROWS_OF_BLOCK);
  sum = add(sum, MOST_SPILLED);
  sum = add(sum, MOST_BUCKETS_BEHIND);
  sum = add(sum, LIVE_BYTES_A_HOLE);
  return add(sum, MOST_STAGED);
}


@inline
function add(sum: u32, value: u32): u32 {
  return (sum ^ value) * 0x01000193;
}
