// Arrow columns of numbers.

import { type Chunk, firstOf, rowsOf } from './chunks.js';
import type { View, ViewConstructor } from '../columns.js';
import type { Kind, NumericArray } from '../kinds.js';

/**
 * The numbers of all chunks in an array of a kind: a view of one chunk that has that array, else a copy.
 * @throws TypeError, RangeError for values of another class, or too few
 */
export function joinNumbers(
  chunks: readonly Chunk[],
  values: ViewConstructor<View>,
  array: Kind['array'],
  what: string,
): NumericArray {
  const parts = chunks.map((chunk) => firstOf(chunk.values, values, chunk.length, what));
  if (parts.length === 1 && values === array) return parts[0] as NumericArray;
  const all = new array(rowsOf(chunks));
  let row = 0;
  for (const part of parts) {
    all.set(part as never, row);
    row += part.length;
  }
  return all;
}

/** `from` at each of the positions; 0 in the rows that are null. */
export function pickNumbers(
  from: NumericArray,
  array: Kind['array'],
  positions: Uint32Array,
  nulls: Uint8Array | undefined,
): NumericArray {
  const picked = new array(positions.length);
  for (let row = 0; row < positions.length; row++) {
    if (nulls?.[row] !== 1) picked[row] = from[positions[row] as number] as never;
  }
  return picked;
}
