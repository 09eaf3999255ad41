// From strings to bytes. One call of the host's encoder costs more than a short string's bytes, so rows are joined, encoded by one call,
// and their ends found again.

import { writeWtf8 } from './wtf8.js';

/** Units that are encoded at once: with its bytes, at most three a unit, a part stays in the second-level cache. */
const PART = 8192;
/** A string up to this length is written unit by unit, as long as it is ASCII. */
const SHORT = 24;

const encoder = new TextEncoder();

let scratch: Uint8Array | undefined;

/** Where the encoder writes: hosts refuse views of shared memory. */
function scratchBytes(): Uint8Array {
  return (scratch ??= new Uint8Array(PART * 3));
}

type MaybeWellFormed = string & { isWellFormed?: () => boolean };

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Has a string no lone surrogate? */
const isWellFormed: (text: string) => boolean =
  typeof (String.prototype as MaybeWellFormed).isWellFormed === 'function'
    ? (text: MaybeWellFormed) => (text.isWellFormed as () => boolean)()
    : (text) => !LONE_SURROGATE.test(text);

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

function encodeLong(text: string, bytes: Uint8Array, at: number, room: number): number {
  if (!isWellFormed(text)) return writeWtf8(text, bytes, at, room);
  let used = 0;
  for (let start = 0; start < text.length;) {
    const end = partEnd(text, start);
    const { written } = encoder.encodeInto(text.slice(start, end), scratchBytes());
    if (written > room - used) return -1;
    bytes.set(scratchBytes().subarray(0, written), at + used);
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
  let row = from;
  while (row < to) {
    const first = firstOffset + row - from;
    const used = offsets[first] as number;
    const most = Math.min(PART, room - used); // a unit takes a byte at least
    let text = '';
    let count = 0;
    for (; row + count < to; count++) {
      const one = strings[row + count] as string;
      if (text.length + one.length > most) break;
      text += one;
      offsets[first + count + 1] = used + text.length; // if all is ASCII
    }
    const encoded =
      count === 0
        ? encodeEach(strings, row, 1, bytes, at, room, offsets, first)
        : encodePart(text, strings, row, count, bytes, at, room, offsets, first);
    row += encoded;
    if (encoded < Math.max(count, 1)) break;
  }
  return row - from;
}

/** Writes `count` rows from `row` on, whose text is `text` and whose lengths are in `offsets`; returns how many fit. */
function encodePart(
  text: string,
  strings: readonly string[],
  row: number,
  count: number,
  bytes: Uint8Array,
  at: number,
  room: number,
  offsets: Uint32Array,
  first: number,
): number {
  const used = offsets[first] as number;
  const part = scratchBytes();
  const { written } = encoder.encodeInto(text, part);
  let fit = count;
  if (written !== text.length) {
    if (!isWellFormed(text) || !findEnds(part, offsets, first, count)) {
      return encodeEach(strings, row, count, bytes, at, room, offsets, first);
    }
    while ((offsets[first + fit] as number) > room) fit--;
  }
  bytes.set(part.subarray(0, (offsets[first + fit] as number) - used), at + used);
  return fit;
}

/**
 * Makes the ends of `count` rows, which `offsets` has in units, ends in bytes.
 * @returns false where a row ends inside a character: two lone surrogates met and became one
 */
function findEnds(part: Uint8Array, offsets: Uint32Array, first: number, count: number): boolean {
  const used = offsets[first] as number;
  let byte = 0;
  let units = 0;
  for (let i = first + 1; i <= first + count; i++) {
    const end = (offsets[i] as number) - used;
    while (units < end) {
      const lead = part[byte] as number;
      byte += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      units += lead < 0xf0 ? 1 : 2;
    }
    if (units > end) return false;
    offsets[i] = used + byte;
  }
  return true;
}

/** Writes `count` rows from `row` on, each by itself; returns how many fit. */
function encodeEach(
  strings: readonly string[],
  row: number,
  count: number,
  bytes: Uint8Array,
  at: number,
  room: number,
  offsets: Uint32Array,
  first: number,
): number {
  let used = offsets[first] as number;
  for (let i = 0; i < count; i++) {
    const written = encodeOne(strings[row + i] as string, bytes, at + used, room - used);
    if (written < 0) return i;
    used += written;
    offsets[first + i + 1] = used;
  }
  return count;
}
