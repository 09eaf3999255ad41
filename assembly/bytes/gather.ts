// Entries out of the arena: what a step of a walk (table/walk.ts) gave as references, as columns.
//
// The walk has left references at WALK_VALUES, each the first of a chain. Their keys and values go to the staging of
// byte keys, as many as it holds; a call takes up where the one before it stopped.

import { MOST_ROWS, WALK_VALUES } from "../table/walk";
import { Table } from "../table/table";
import { BYTE_ROWS, GATHERED, KEY_BYTES, KEY_BYTES_ROOM, OFFSETS, ROW_VALUES, SINK } from "../memory/layout";
import { arenaOf, recordAt } from "./arena";
import { NONE, copyBytes, copyValue, keyOf, lengthOf, nextOf, valueOf, wordOf } from "./record";

/** References whose records are touched together. */
const AHEAD: u32 = 128;

// Where the next call begins, and the long key that this one stopped at.
const ROW = GATHERED;
const REFERENCE = GATHERED + 4;
const LONG_KEY = GATHERED + 8;
const LONG_LENGTH = GATHERED + 12;
const LONG_VALUE = GATHERED + 16;

/** Bytes of keys that a step of a walk takes out at once, about: who stops early has not copied much more. */
const STEP_BYTES: u32 = 1 << 20;

/** Rows that a step should have at most, about: less than MOST_ROWS where keys are long. */
export function rowsOfStep(table: Table): u32 {
  const mean = arenaOf(table).keyBytes / max<u32>(table.count, 1);
  return max<u32>(1, min<u32>(MOST_ROWS, STEP_BYTES / max<u32>(mean, 1)));
}

/** Before the first call for a step. */
export function beginGather(): void {
  store<u32>(ROW, 0);
  store<u32>(REFERENCE, NONE);
}

/**
 * Writes entries of `rows` rows; returns how many: 0 at the end, or where the next key is too long for the staging:
 * then its address, length and the address of its value are at GATHERED + 8, and the call after that goes on behind it.
 * At the end the length is NONE.
 */
export function gather(table: Table, rows: u32): u32 {
  const arena = arenaOf(table);
  const valueBytes = arena.valueBytes;
  let row = load<u32>(ROW);
  let reference = load<u32>(REFERENCE);
  let count: u32 = 0;
  let used: u32 = 0;
  let touched = row;
  store<u32>(LONG_LENGTH, NONE);
  store<u32>(OFFSETS, 0);
  while (count < BYTE_ROWS && (row < rows || reference != NONE)) {
    if (reference == NONE) {
      if (row == touched) touched = touchRecords(table, row, min<u32>(row + AHEAD, rows));
      reference = load<u32>(WALK_VALUES + ((<usize>row) << 2));
      row++;
    }
    const record = recordAt(arena, reference);
    const word = wordOf(record);
    const length = lengthOf(word);
    const key = keyOf(record, word, valueBytes);
    if (length > <u32>KEY_BYTES_ROOM - used) {
      if (count) break;
      store<u32>(LONG_KEY, <u32>key);
      store<u32>(LONG_LENGTH, length);
      store<u32>(LONG_VALUE, <u32>valueOf(record));
      reference = nextOf(record, word, valueBytes);
      break;
    }
    copyBytes(key, KEY_BYTES + <usize>used, length);
    copyValue(valueOf(record), ROW_VALUES + <usize>count * <usize>valueBytes, valueBytes);
    used += length;
    count++;
    store<u32>(OFFSETS + ((<usize>count) << 2), used);
    reference = nextOf(record, word, valueBytes);
  }
  store<u32>(ROW, row);
  store<u32>(REFERENCE, reference);
  return count;
}

/** Asks for the records of some rows. Returns the row behind them. */
function touchRecords(table: Table, from: u32, to: u32): u32 {
  const arena = arenaOf(table);
  let touched: u32 = 0;
  for (let row = from; row < to; row++) {
    touched ^= load<u32>(recordAt(arena, load<u32>(WALK_VALUES + ((<usize>row) << 2))));
  }
  store<u32>(SINK, touched);
  return to;
}
