// Lines out of a file: read a block at a time and handed on where they stand, as rows of bytes with offsets (OFFSETS),
// some hundreds at once.
//
//   | handed on already | line | line | line | the beginning of a li      |
//   buffer                start                              scanned  end  buffer + room
//
// A line is the bytes up to and with its newline: two lines are the same exactly when their bytes are, and a line is
// written as it came. A last line without a newline gets one, as `sort` gives it. Nothing else is looked at: a carriage
// return, a zero, a byte that is no UTF-8 are bytes of the line.

import { SEGMENT_LOG, TAKEN, giveSegments, segmentAddress, segmentOf, takeSegments } from "../memory/segments";
import { BYTES_SLACK, BYTE_ROWS, OFFSETS } from "../memory/layout";
import { MOST_KEY_BYTES } from "../bytes/record";
import { ANSWER, READABLE, VECTOR, fdRead, isForLater, setVector } from "../preview1";
import { fail } from "./output";

const NEWLINE: u8 = 10;

/** Segments of the buffer at first; a line that does not fit makes it twice as large. */
const FIRST_SEGMENTS: u32 = 4;

let stepShift: u32 = 0;
let limit: u32 = 0;
let segments: u32 = 0;
/** Where the rows' offsets count from. */
export let lines: usize = 0;
let room: u32 = 0;

let input: u32 = 0;
let start: u32 = 0;
let scanned: u32 = 0;
let end: u32 = 0;
let ended: bool = false;

/** Takes memory for what is read; false where there is none. */
export function openBuffer(step: u32, most: u32): bool {
  stepShift = step;
  limit = most;
  return takeBuffer(FIRST_SEGMENTS);
}

function takeBuffer(count: u32): bool {
  const first = takeSegments(count, TAKEN, stepShift, limit);
  if (!first) return false;
  const old = lines;
  lines = segmentAddress(first);
  memory.copy(lines, old + <usize>start, <usize>(end - start));
  if (segments) giveSegments(segmentOf(old), segments);
  segments = count;
  room = (count << SEGMENT_LOG) - <u32>BYTES_SLACK; // hashing reads behind a row
  scanned -= start;
  end -= start;
  start = 0;
  return true;
}

/** Begins with the lines of an open file. */
export function readFrom(fd: u32): void {
  input = fd;
  start = scanned = end = 0;
  ended = false;
}

/**
 * Stages the next lines: row i is `lines`[offset i .. offset i + 1). Returns how many; 0 at the end. Those before are
 * gone.
 */
export function nextLines(): u32 {
  let rows = stage();
  while (!rows && !ended) {
    readMore();
    rows = stage();
  }
  if (rows || start == end) return rows;
  store<u8>(lines + <usize>end, NEWLINE);
  end++;
  return stage();
}

/** Stages the whole lines that have been read, and moves `start` behind them. */
function stage(): u32 {
  const newline = i8x16.splat(NEWLINE);
  let rows: u32 = 0;
  let to = OFFSETS + 4;
  store<u32>(OFFSETS, start);
  while (scanned < end && rows < BYTE_ROWS) {
    let mask: u32 = i8x16.bitmask(i8x16.eq(v128.load(lines + <usize>scanned), newline));
    const left = end - scanned;
    if (left < 16) mask &= (1 << left) - 1;
    let passed = min<u32>(left, 16);
    while (mask) {
      const behind = <u32>ctz(mask) + 1;
      store<u32>(to, scanned + behind);
      to += 4;
      mask &= mask - 1;
      if (++rows == BYTE_ROWS) {
        passed = behind;
        break;
      }
    }
    scanned += passed;
  }
  if (rows) start = load<u32>(to - 4);
  return rows;
}

/** Reads as much as the host has now, and there is room for: one byte at least is left for a newline. */
function readMore(): void {
  if (start) {
    memory.copy(lines, lines + <usize>start, <usize>(end - start));
    scanned -= start;
    end -= start;
    start = 0;
  }
  if (end + 1 >= room) {
    if (end >= MOST_KEY_BYTES) fail("a line has more than 1073741822 bytes");
    if (!takeBuffer(segments << 1)) fail("out of memory: a line is too long for what is left");
  }
  setVector(lines + <usize>end, room - end - 1);
  let errno = fdRead(input, VECTOR, 1, ANSWER);
  while (errno && isForLater(errno, input, READABLE)) errno = fdRead(input, VECTOR, 1, ANSWER);
  if (errno) fail(input ? "can't read the file" : "can't read the standard input");
  const read = load<u32>(ANSWER);
  end += read;
  ended = !read;
}
