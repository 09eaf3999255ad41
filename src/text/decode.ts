// From bytes to strings. As with encoding, a call of the host's decoder costs more than a short string's bytes: rows
// are decoded some at a time, and the strings cut from the text. Where it is not ASCII, the bytes are made UTF-16 here,
// which tells the ends of the rows along the way.

import { readUnits } from './wtf8.js';
import { sliceOf, transfer } from '../wasm/transfer.js';

/**
 * Bytes that are decoded at once. A string cut from a text keeps the whole text alive: so one row that is kept
 * holds no more than this.
 */
const PART = 4096;
/**
 * Units that are made a string at once where a surrogate stands alone: as arguments of one call they stand on the
 * stack.
 */
const ARGUMENTS = 1024;

// Made at their first use: a start of Node takes 0.1 ms for them.
let utf8: TextDecoder | undefined;
let utf16: TextDecoder | undefined;
/**
 * What decoders put for a lone surrogate. They can refuse it instead, but an error costs more than to look twice at a
 * real one.
 */
const REPLACEMENT = '\ufffd';

/** A part as bytes that the decoder takes, as UTF-16, and where its rows end in that. */
let scratch: { bytes: Uint8Array; units: Uint16Array; ends: Uint16Array } | undefined;

function scratchArrays() {
  return (scratch ??= { bytes: new Uint8Array(PART), units: new Uint16Array(PART), ends: new Uint16Array(PART) });
}

/** The bytes as a view that the decoder takes: hosts refuse views of shared memory. */
function unshared(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const part = bytes.subarray(from, to);
  if (part.buffer instanceof ArrayBuffer) return part;
  if (part.length > PART) return sliceOf(bytes, from, to);
  const copy = scratchArrays().bytes;
  transfer(part, copy, 0);
  return copy.subarray(0, part.length);
}

/** The string whose bytes are bytes[from .. to); undefined where it may have lone surrogates. */
function decodeWellFormed(bytes: Uint8Array, from: number, to: number): string | undefined {
  utf8 ??= new TextDecoder('utf-8', { ignoreBOM: true });
  const text = utf8.decode(unshared(bytes, from, to));
  return text.includes(REPLACEMENT) ? undefined : text;
}

function textOf(units: Uint16Array): string {
  utf16 ??= new TextDecoder('utf-16le', { ignoreBOM: true });
  const text = utf16.decode(units);
  if (!text.includes(REPLACEMENT)) return text;
  let exact = '';
  for (let at = 0; at < units.length; at += ARGUMENTS) {
    exact += String.fromCharCode.apply(null, units.subarray(at, at + ARGUMENTS) as unknown as number[]);
  }
  return exact;
}

/**
 * The string whose bytes are bytes[from .. to), as `encodeOne` wrote them.
 * @param bytes may be a view of shared memory
 */
export function decodeOne(bytes: Uint8Array, from: number, to: number): string {
  const text = decodeWellFormed(bytes, from, to);
  if (text !== undefined) return text;
  const units = new Uint16Array(to - from);
  return textOf(units.subarray(0, readUnits(bytes, from, to, units, 0)));
}

/**
 * The strings of `rows` rows; row i is bytes[at + offsets[i] .. at + offsets[i + 1]).
 * @param bytes may be a view of shared memory
 */
export function decodeRows(bytes: Uint8Array, at: number, offsets: Uint32Array, rows: number): string[] {
  const strings = new Array<string>(rows);
  let ascii = true; // the last part was, so this may be
  for (let row = 0; row < rows;) {
    const from = at + (offsets[row] as number);
    let next = row;
    let to = from;
    for (; next < rows && next - row < PART; next++) {
      const end = at + (offsets[next + 1] as number);
      if (end - from > PART) break;
      to = end;
    }
    if (next === row) {
      strings[row] = decodeOne(bytes, from, at + (offsets[row + 1] as number));
      row++;
      continue;
    }
    const text: string | undefined = ascii ? decodeWellFormed(bytes, from, to) : undefined;
    if (text?.length === to - from) cutAscii(text, strings, row, next, offsets);
    else ascii = decodePart(bytes, at, offsets, strings, row, next);
    row = next;
  }
  return strings;
}

/** Cuts the rows [row .. end) from their text, which is ASCII. */
function cutAscii(text: string, strings: string[], row: number, end: number, offsets: Uint32Array): void {
  const start = offsets[row] as number;
  let from = 0;
  for (let i = row; i < end; i++) {
    const to = (offsets[i + 1] as number) - start;
    strings[i] = text.slice(from, to);
    from = to;
  }
}

/** Decodes the rows [row .. end), which have at most PART bytes. Are they ASCII? */
function decodePart(
  bytes: Uint8Array,
  at: number,
  offsets: Uint32Array,
  strings: string[],
  row: number,
  end: number,
): boolean {
  const { units, ends } = scratchArrays();
  let unit = 0;
  for (let i = row; i < end; i++) {
    unit = readUnits(bytes, at + (offsets[i] as number), at + (offsets[i + 1] as number), units, unit);
    ends[i - row] = unit;
  }
  const text = textOf(units.subarray(0, unit));
  let from = 0;
  for (let i = row; i < end; i++) {
    const to = ends[i - row] as number;
    strings[i] = text.slice(from, to);
    from = to;
  }
  return unit === (offsets[end] as number) - (offsets[row] as number);
}
