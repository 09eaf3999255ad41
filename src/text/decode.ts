// From bytes to strings. As with encoding, a call of the host's decoder costs more than a short string's bytes: rows are decoded some at a
// time, and the strings cut from the text.

import { readWtf8 } from './wtf8.js';

/**
 * Bytes that are decoded at once. A string cut from a text keeps the whole text alive: so one row that is kept
 * holds no more than this.
 */
const PART = 4096;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

let scratch: Uint8Array | undefined;

/** The bytes as a view that the decoder takes: hosts refuse views of shared memory. */
function unshared(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const part = bytes.subarray(from, to);
  if (part.buffer instanceof ArrayBuffer) return part;
  if (part.length > PART) return part.slice();
  scratch ??= new Uint8Array(PART);
  scratch.set(part);
  return scratch.subarray(0, part.length);
}

/** The string whose bytes are bytes[from .. to); undefined where it has lone surrogates. */
function decodeWellFormed(bytes: Uint8Array, from: number, to: number): string | undefined {
  try {
    return decoder.decode(unshared(bytes, from, to));
  } catch {
    return undefined;
  }
}

/**
 * The string whose bytes are bytes[from .. to), as `encodeOne` wrote them.
 * @param bytes may be a view of shared memory
 */
export function decodeOne(bytes: Uint8Array, from: number, to: number): string {
  return decodeWellFormed(bytes, from, to) ?? readWtf8(bytes, from, to);
}

/**
 * The strings of `rows` rows; row i is bytes[at + offsets[i] .. at + offsets[i + 1]).
 * @param bytes may be a view of shared memory
 */
export function decodeRows(bytes: Uint8Array, at: number, offsets: Uint32Array, rows: number): string[] {
  const strings = new Array<string>(rows);
  const endOf = (row: number): number => at + (offsets[row + 1] as number);
  for (let row = 0; row < rows;) {
    const from = at + (offsets[row] as number);
    let next = row + 1;
    while (next < rows && endOf(next) - from <= PART) next++;
    const to = endOf(next - 1);
    const text = decodeWellFormed(bytes, from, to);
    let byte = from;
    let unit = 0;
    for (; row < next; row++) {
      const end = endOf(row);
      if (text === undefined) {
        strings[row] = decodeOne(bytes, byte, end);
      } else {
        const units = text.length === to - from ? end - byte : unitsOf(bytes, byte, end);
        strings[row] = text.slice(unit, (unit += units));
      }
      byte = end;
    }
  }
  return strings;
}

/** UTF-16 units of the characters in bytes[from .. to). */
function unitsOf(bytes: Uint8Array, from: number, to: number): number {
  let units = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if ((byte & 0xc0) !== 0x80) units += byte < 0xf0 ? 1 : 2;
  }
  return units;
}
