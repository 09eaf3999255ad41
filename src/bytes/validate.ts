// What is checked of a ByteColumn row by row, in wasm: as a whole, before anything is written.

import { openHasher } from '../wasm/hasher.js';
import type { ColumnRows, Offsets } from './rows.js';

/** The first offset that is below the one before it, or below 0; -1 where there is none. */
export function firstFall(offsets: Offsets): number {
  if (offsets instanceof Float64Array) return offsets.findIndex((offset, i) => offset < (offsets[i - 1] ?? 0));
  const { instance, staging, bytes } = openHasher();
  const { i32, u32 } = instance.views;
  const most = (bytes >>> 2) - 4;
  // An offset stands at the end of a part and again at the beginning of the next one. Below 0 is above all others, read
  // as unsigned.
  for (let first = 0; first < offsets.length; first += most - 1) {
    const part = offsets.subarray(first, first + most);
    (part instanceof Int32Array ? i32 : u32).set(part, staging >>> 2);
    const fall = instance.exports.firstFall(staging, part.length) >>> 0;
    if (fall < part.length) return first + ((part[fall - 1] as number) < 0 ? fall - 1 : fall);
  }
  return (offsets.at(-1) as number) < 0 ? offsets.findIndex((offset) => offset < 0) : -1;
}

/** The staging in two parts: offsets, and the bytes behind them. */
const ROWS = 1024;
const OFFSETS_BYTES = (ROWS + 4) * 4;

/** The first row that is no valid UTF-8 by itself; the length where all are. */
export function firstInvalidRow(rows: ColumnRows): number {
  const { instance, staging, bytes } = openHasher();
  const to = { offsets: staging, keys: staging + OFFSETS_BYTES, room: bytes - OFFSETS_BYTES };
  for (let row = 0; row < rows.length;) {
    const count = rows.stage(instance.views, to, row, ROWS);
    if (count === 0) {
      if (!isValid(rows, row)) return row;
      row++;
      continue;
    }
    const invalid = instance.exports.firstInvalidRow(rows.origin(to, row), to.offsets, count) >>> 0;
    if (invalid < count) return row + invalid;
    row += count;
  }
  return rows.length;
}

/** A row that is too long for the staging. */
function isValid(rows: ColumnRows, row: number): boolean {
  const bytes = new Uint8Array(rows.bytesOf(row));
  rows.write(row, bytes, 0);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
