// What the command writes: lines to the standard output, some at a time, and messages to the standard error.

import { SEGMENT_BYTES, TAKEN, segmentAddress, takeSegments } from "../memory/segments";
import {
  ANSWER,
  BROKEN_PIPE,
  STDERR,
  STDOUT,
  VECTOR,
  WRITABLE,
  fdWrite,
  isForLater,
  procExit,
  setVector,
} from "../preview1";

/** How the command ends. */
export const DONE: u32 = 0;
/** `lookup` selected no line. */
export const NOTHING: u32 = 1;
export const TROUBLE: u32 = 2;

/** Written at a time: a pipe's worth. */
const ROOM: u32 = <u32>SEGMENT_BYTES;
let buffer: usize = 0;
let used: u32 = 0;

/** Takes memory for what is written; `step` and `limit` are those of {@link takeSegments}. False where there is none. */
export function openOutput(step: u32, limit: u32): bool {
  const first = takeSegments(1, TAKEN, step, limit);
  buffer = segmentAddress(first);
  return first != 0;
}

/** Writes bytes. */
export function write(at: usize, length: u32): void {
  if (length > ROOM - used) {
    flush();
    if (length > ROOM) {
      writeAll(STDOUT, at, length);
      return;
    }
  }
  memory.copy(buffer + <usize>used, at, <usize>length);
  used += length;
}

/** Writes what is not written yet. */
export function flush(): void {
  const length = used;
  used = 0;
  writeAll(STDOUT, buffer, length);
}

/** Width that `uniq -c` gives a count. */
const COUNT_WIDTH: i32 = 7;
/** The most digits of a u64. */
const MOST_DIGITS: usize = 20;
const digits: usize = memory.data(24);

/** Writes a count as `uniq -c` does: right in 7 places, or in as many as it needs, and a space. */
export function writeCount(count: u64): void {
  const end = digits + MOST_DIGITS + 1;
  store<u8>(end - 1, 32);
  let at = end - 1;
  let rest = count;
  do {
    store<u8>(--at, <u8>(48 + (rest % 10)));
    rest /= 10;
  } while (rest);
  while (<i32>(end - 1 - at) < COUNT_WIDTH) store<u8>(--at, 32);
  write(at, <u32>(end - at));
}

/** Longest text that {@link print} writes at once. */
const MOST_TEXT: i32 = 128;
const text: usize = memory.data(128);

/** Writes a text of ASCII to standard output or standard error. */
export function print(fd: u32, message: string): void {
  for (let from = 0; from < message.length; from += MOST_TEXT) {
    const length = min<i32>(MOST_TEXT, message.length - from);
    for (let i = 0; i < length; i++) store<u8>(text + <usize>i, <u8>message.charCodeAt(from + i));
    writeAll(fd, text, <u32>length);
  }
}

/** Ends the command. */
export function exit(code: u32): void {
  flush();
  procExit(code);
  unreachable();
}

/** Ends the command for a reason, which goes to the standard error; `detail` are bytes to name in it, if any. */
export function fail(reason: string, detail: usize = 0, length: u32 = 0): void {
  flush();
  print(STDERR, "tophash: ");
  print(STDERR, reason);
  writeAll(STDERR, detail, length);
  print(STDERR, "\n");
  procExit(TROUBLE);
  unreachable();
}

function writeAll(fd: u32, at: usize, length: u32): void {
  let from = at;
  let left = length;
  while (left) {
    setVector(from, left);
    const errno = fdWrite(fd, VECTOR, 1, ANSWER);
    if (errno && isForLater(errno, fd, WRITABLE)) continue;
    if (errno) {
      if (fd == STDERR || errno == BROKEN_PIPE) procExit(TROUBLE); // nobody listens
      used = 0;
      fail("can't write to the standard output");
    }
    const written = load<u32>(ANSWER);
    from += written;
    left -= written;
  }
}
