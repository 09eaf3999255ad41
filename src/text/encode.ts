// From strings to bytes. A call of the host's encoder costs more than a short string's bytes, so rows are joined and
// encoded by one call. That the text is ASCII shows in its bytes being as many as its units, and then the rows end
// where their lengths say. Other rows are written by themselves: to find their ends costs more than that, and
// surrogates that stand alone would become a pair where rows meet.

import { isPaired, writeWtf8 } from './wtf8.js';
import { transfer } from '../wasm/transfer.js';

/** Units that are encoded at once: with its bytes, at most three a unit, a part stays in the second-level cache. */
const PART = 16384;
/** Bytes of a unit at most. */
const MOST_BYTES = 3;
/** A string up to this length is written unit by unit: a call of the encoder would cost more. */
const SHORT = 48;
/** A row up to this length is written unit by unit: joining would cost more. */
const BRIEF = 12;
/** Rows that are written by themselves after a part that was not ASCII, in parts: to come are more of the kind. */
const AGAIN = 4;

const encoder = new TextEncoder();

let scratch: Uint8Array | undefined;

/** Where the encoder writes: hosts refuse views of shared memory. */
function scratchBytes(): Uint8Array {
  return (scratch ??= new Uint8Array(PART * MOST_BYTES));
}

type MaybeWellFormed = string & { isWellFormed?: () => boolean };

/** Has a string no lone surrogate? */
const isWellFormed: (text: string) => boolean =
  typeof (String.prototype as MaybeWellFormed).isWellFormed === 'function'
    ? (text: MaybeWellFormed) => (text.isWellFormed as () => boolean)()
    : isPaired;

/** Where the part of a string ends that begins at `start`: not inside a surrogate pair. */
function partEnd(text: string, start: number): number {
  const end = start + PART;
  if (end >= text.length) return text.length;
  return (text.charCodeAt(end - 1) & 0xfc00) === 0xd800 ? end - 1 : end;
}

/** Bytes of a string. O(length). */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let start = 0; start < text.length;) {
    const end = partEnd(text, start);
    // A lone surrogate takes three bytes, as does U+FFFD, by which the encoder replaces it.
    bytes += encoder.encodeInto(text.slice(start, end), scratchBytes()).written;
    start = end;
  }
  return bytes;
}

/**
 * Writes a string to `bytes`, into the `room` bytes at `at`.
 * @param bytes may be a view of shared memory
 * @returns how many bytes, or -1 where they don't fit: then what stands in the room means nothing
 */
export function encodeOne(text: string, bytes: Uint8Array, at: number, room: number): number {
  const { length } = text;
  if (length > room) return -1; // a unit takes a byte at least
  if (length > SHORT) return encodeLong(text, bytes, at, room);
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return writeWtf8(text, bytes, at, room);
    bytes[at + i] = unit;
  }
  return length;
}

/** Has the host's encoder refused a view of shared memory? */
let refusesRooms = false;

/** Up to this length a loop is faster than the host's encoder, even where that writes to the right place at once. */
const LOOPED = 24;

/**
 * Writes a string to `room`, which may be shared, by one call of the host's encoder.
 * @returns how many bytes, or -1 where that would not be right, might not fit, or be slower than {@link encodeOne}
 */
export function encodeAtOnce(text: string, room: Uint8Array): number {
  const { length } = text;
  if (length <= LOOPED || length * MOST_BYTES > room.length || refusesRooms) return -1;
  try {
    const { written } = encoder.encodeInto(text, room);
    return written === length || isWellFormed(text) ? written : -1;
  } catch {
    refusesRooms = true;
    return -1;
  }
}

function encodeLong(text: string, bytes: Uint8Array, at: number, room: number): number {
  if (!isWellFormed(text)) return writeWtf8(text, bytes, at, room);
  let used = 0;
  for (let start = 0; start < text.length;) {
    const end = partEnd(text, start);
    const { written } = encoder.encodeInto(text.slice(start, end), scratchBytes());
    if (written > room - used) return -1;
    transfer(scratchBytes().subarray(0, written), bytes, at + used);
    used += written;
    start = end;
  }
  return used;
}

/**
 * Writes strings[from .. to) one behind the other to `bytes`, into the `room` bytes at `at`: as many rows as fit.
 * @param bytes may be a view of shared memory
 * @param offsets takes 0 at `firstOffset`, and then where each row ends, relative to `at`
 * @returns how many rows; what stands behind them in the room and in `offsets` means nothing
 */
export function encodeRows(
  strings: readonly string[],
  from: number,
  to: number,
  bytes: Uint8Array,
  at: number,
  room: number,
  offsets: Uint32Array,
  firstOffset: number,
): number {
  offsets[firstOffset] = 0;
  let used = 0;
  let row = from;
  let single = 0; // rows to come that are not joined
  while (row < to) {
    const one = strings[row] as string;
    if (single > 0 || one.length <= BRIEF) {
      const written = encodeOne(one, bytes, at + used, room - used);
      if (written < 0) break;
      used += written;
      row++;
      offsets[firstOffset + row - from] = used;
      if (single > 0) single--;
      continue;
    }
    const first = firstOffset + 1 + row - from;
    const most = Math.min(PART, room - used); // a unit takes a byte at least
    let text = '';
    let count = 0;
    for (; row + count < to; count++) {
      const next = strings[row + count] as string;
      if (text.length + next.length > most) break;
      text += next;
      offsets[first + count] = used + text.length;
    }
    const { written } = encoder.encodeInto(text, scratchBytes());
    if (written === text.length && count > 0) {
      transfer(scratchBytes().subarray(0, written), bytes, at + used);
      used += written;
      row += count;
    } else {
      single = Math.max(1, count * AGAIN);
    }
  }
  return row - from;
}
