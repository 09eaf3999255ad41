// The lines of a table in order: by their bytes, or by their counts, the largest first, and those of one count by their
// bytes.
//
// An entry of 16 bytes stands for a line: what is compared first (its first 8 bytes as a number, or its count), and its
// record. Merge sort between two arrays of them: no order of the lines makes it slow.

import { Table } from "../table/table";
import { WALK_VALUES, walk } from "../table/walk";
import { arenaOf, recordAt } from "../bytes/arena";
import { NONE, keyOf, lengthOf, nextOf, valueOf, wordOf } from "../bytes/record";
import { rowsOfStep } from "../bytes/gather";
import { SEGMENT_BYTES, SEGMENT_LOG, TAKEN, segmentAddress, takeSegments } from "../memory/segments";
import { NEXT } from "../memory/layout";

const ENTRY_LOG: u32 = 4;
const ENTRY_BYTES: usize = 1 << ENTRY_LOG;

/** Set by {@link sortLines}: where the entries begin, and how many there are. */
export let sorted: usize = 0;
export let sortedCount: u32 = 0;


@inline
export function recordOfEntry(entry: usize): usize {
  return <usize>load<u32>(entry, 8);
}


@inline
export function nextEntry(entry: usize): usize {
  return entry + ENTRY_BYTES;
}

/** Puts the table's lines in order; false where there is no memory for it. The table may not change afterwards. */
export function sortLines(table: Table, byCount: bool): bool {
  const arena = arenaOf(table);
  const count = table.count + arena.chained;
  const bytes = (<u64>count) << ENTRY_LOG;
  const segments = <u32>((2 * bytes + SEGMENT_BYTES) >>> SEGMENT_LOG);
  const first = takeSegments(segments, TAKEN, table.stepShift, table.maxBytes);
  if (!first) return false;
  const a = segmentAddress(first);
  const b = a + <usize>bytes;
  list(table, a, byCount);
  sortedCount = count;
  sorted = mergeSort(a, b, count);
  return true;
}

/** Writes the entries of all lines to `to`. */
function list(table: Table, to: usize, byCount: bool): void {
  const arena = arenaOf(table);
  const valueBytes = arena.valueBytes;
  const step = rowsOfStep(table);
  let at = to;
  let cursor: u64 = 0;
  let level: u32 = 0;
  do {
    const rows = walk<u32, u32>(table, cursor, level, step, step);
    for (let row: u32 = 0; row < rows; row++) {
      let reference = load<u32>(WALK_VALUES + ((<usize>row) << 2));
      while (reference != NONE) {
        const record = recordAt(arena, reference);
        const word = wordOf(record);
        store<u64>(
          at,
          byCount ? ~load<u64>(valueOf(record)) : prefixOf(keyOf(record, word, valueBytes), lengthOf(word)),
        );
        store<u32>(at, <u32>record, 8);
        at += ENTRY_BYTES;
        reference = nextOf(record, word, valueBytes);
      }
    }
    cursor = ((<u64>load<u32>(NEXT)) << 32) | load<u32>(NEXT, 4);
    level = load<u32>(NEXT, 8);
  } while (cursor);
}

/**
 * The first 8 bytes of a line as a number that is the larger the later it comes; zeros where it has fewer. Its newline
 * is no part of it.
 */
function prefixOf(line: usize, length: u32): u64 {
  let prefix: u64 = 0;
  for (let i: u32 = 0; i < 8; i++) prefix = (prefix << 8) | (i + 1 < length ? load<u8>(line + <usize>i) : 0);
  return prefix;
}

/** Sorts `count` entries at `a`, with as much room at `b`; returns where they are. */
function mergeSort(a: usize, b: usize, count: u32): usize {
  let from = a;
  let to = b;
  const bytes = (<usize>count) << ENTRY_LOG;
  for (let width = ENTRY_BYTES; width < bytes; width <<= 1) {
    for (let at: usize = 0; at < bytes; at += 2 * width) {
      merge(from + at, from + min<usize>(at + width, bytes), from + min<usize>(at + 2 * width, bytes), to + at);
    }
    const other = from;
    from = to;
    to = other;
  }
  return from;
}

function merge(first: usize, second: usize, end: usize, out: usize): void {
  let a = first;
  let b = second;
  let to = out;
  while (a < second && b < end) {
    const takeSecond = isBefore(b, a);
    v128.store(to, v128.load(takeSecond ? b : a));
    if (takeSecond) b += ENTRY_BYTES;
    else a += ENTRY_BYTES;
    to += ENTRY_BYTES;
  }
  if (a < second) memory.copy(to, a, second - a);
  else memory.copy(to, b, end - b);
}


@inline
function isBefore(a: usize, b: usize): bool {
  const x = load<u64>(a);
  const y = load<u64>(b);
  return x == y ? comesBefore(recordOfEntry(a), recordOfEntry(b)) : x < y;
}

/** Has the one record's line, which is another than the other's, its place before it? */
function comesBefore(a: usize, b: usize): bool {
  const wordA = wordOf(a);
  const wordB = wordOf(b);
  const lengthA = lengthOf(wordA) - 1;
  const lengthB = lengthOf(wordB) - 1;
  const order = memory.compare(
    keyOf(a, wordA, VALUE_BYTES),
    keyOf(b, wordB, VALUE_BYTES),
    <usize>min<u32>(lengthA, lengthB),
  );
  return order ? order < 0 : lengthA < lengthB;
}

/** The lines of a table in order have counts. */
export const VALUE_BYTES: u32 = 8;
