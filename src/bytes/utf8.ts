// Is it UTF-8? Columns of strings that come as bytes are checked as a whole, before anything is written.

import { openHasher } from '../wasm/hasher.js';
import type { ColumnRows } from './rows.js';

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
    const invalid = instance.exports.firstInvalidRow(to.keys, to.offsets, count) >>> 0;
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
