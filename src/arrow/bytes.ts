// Arrow columns of texts and bytes.

import { type Chunk, firstOf } from './chunks.js';
import type { Layout } from './types.js';
import { plainView } from '../columns.js';
import type { ByteColumn } from '../types.js';

/** Bytes that offsets of 32 bits reach. */
const MOST_BYTES = 2 ** 32 - 1;

/**
 * The keys of all chunks. A single one is not copied, and its offsets are as unchecked as those of any ByteColumn.
 * @throws TypeError for arrays of another class, RangeError for too few offsets; and what {@link pickBytes} throws, of
 *   several chunks
 */
export function joinBytes(
  chunks: readonly Chunk[],
  offsetArray: NonNullable<Layout['offsets']>,
  what: string,
): ByteColumn {
  const parts = chunks.map(({ length, values, valueOffsets }): ByteColumn => {
    const bytes = plainView(values, Uint8Array, what);
    const offsets = firstOf(valueOffsets, offsetArray, length + 1, `${what}, offsets`);
    return { bytes, offsets };
  });
  return parts.length === 1 ? (parts[0] as ByteColumn) : concatenate(parts, what);
}

function concatenate(parts: readonly ByteColumn[], what: string): ByteColumn {
  const checked = parts.map((part) => {
    const bounds = boundsOf(part, what);
    const [first, last] = [bounds[0] as number, bounds[bounds.length - 1] as number];
    return { bounds, bytes: part.bytes.subarray(first, last), first };
  });
  const rows = checked.reduce((sum, { bounds }) => sum + bounds.length - 1, 0);
  const size = checked.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const all = makeColumn(rows, size, what);
  let row = 0;
  let at = 0;
  for (const { bounds, bytes, first } of checked) {
    all.bytes.set(bytes, at);
    for (let i = 1; i < bounds.length; i++) all.offsets[++row] = at + (bounds[i] as number) - first;
    at += bytes.length;
  }
  return all;
}

/**
 * `from` at each of the positions; empty in the rows that are null.
 * @throws RangeError where offsets fall or leave the bytes, or the result has 4 GiB
 */
export function pickBytes(
  from: ByteColumn,
  positions: Uint32Array,
  nulls: Uint8Array | undefined,
  what: string,
): ByteColumn {
  const bounds = boundsOf(from, what);
  let size = 0;
  for (let row = 0; row < positions.length; row++) {
    if (nulls?.[row] === 1) continue;
    const position = positions[row] as number;
    size += (bounds[position + 1] as number) - (bounds[position] as number);
  }
  const picked = makeColumn(positions.length, size, what);
  const [source, { bytes, offsets }] = [from.bytes, picked];
  let at = 0;
  for (let row = 0; row < positions.length; row++) {
    if (nulls?.[row] !== 1) {
      const position = positions[row] as number;
      const end = bounds[position + 1] as number;
      for (let i = bounds[position] as number; i < end; i++) bytes[at++] = source[i] as number;
    }
    offsets[row + 1] = at;
  }
  return picked;
}

/** The offsets of a column as numbers, read once. @throws RangeError where they fall or leave the bytes */
function boundsOf({ bytes, offsets }: ByteColumn, what: string): Float64Array {
  const bounds = new Float64Array(offsets.length);
  let last = 0;
  for (let i = 0; i < bounds.length; i++) {
    const bound = Number(offsets[i]);
    if (bound < last || bound > bytes.length) {
      throw new RangeError(`${what}: expected an offset in ${last} .. ${bytes.length} at ${i}; got ${bound}`);
    }
    bounds[i] = last = bound;
  }
  return bounds;
}

function makeColumn(rows: number, size: number, what: string): { bytes: Uint8Array; offsets: Uint32Array } {
  if (size > MOST_BYTES) throw new RangeError(`${what}: expected less than 4 GiB in all; got ${size} bytes`);
  return { bytes: new Uint8Array(size), offsets: new Uint32Array(rows + 1) };
}
