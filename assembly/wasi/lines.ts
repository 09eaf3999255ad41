// What the command does with lines: each is a key of a table of byte keys, the table of the package, alone in this
// memory.

import { Table } from "../table/table";
import { createOwned } from "../table/create";
import { openArena } from "../bytes/arena";
import { keyOf, lengthOf, valueOf, wordOf } from "../bytes/record";
import { getRows, putRows } from "../bytes/rows";
import * as single from "../bytes/single";
import { ADD, UNSIGNED } from "../batch/combine";
import { KEEP } from "../batch/put";
import { BYTE_ROWS, OFFSETS, ROW_FOUND, ROW_VALUES } from "../memory/layout";
import { lines, nextLines, readFrom } from "./input";
import { fail, write, writeCount } from "./output";
import { ANSWER, STDIN, randomGet } from "../preview1";
import { VALUE_BYTES, nextEntry, recordOfEntry, sortLines, sorted, sortedCount } from "./sorted";

/** Entries of a page of 64 buckets: the 6.5 a bucket that are the package's default. */
const ENTRIES_PER_PAGE: u32 = 416;
/** Memory grows by an eighth at a time, up to all that wasm has. */
export const STEP_SHIFT: u32 = 3;
export const LIMIT: u32 = u32.MAX_VALUE;

/** Code of `putAll`'s 'add' for counts. */
const COUNT: u32 = (ADD << 3) | UNSIGNED;

/** The table: without entries, and with a seed of the host's, so that nobody can make lines whose hashes agree. */
export function openTable(): Table {
  const at = createOwned<u32, u32>(0, ENTRIES_PER_PAGE, LIMIT, STEP_SHIFT);
  if (!at || randomGet(ANSWER, 4)) fail("the host has no memory or no randomness to give");
  const table = changetype<Table>(at);
  table.seed = load<u32>(ANSWER);
  return table;
}

/** Adds the lines of a file to a table, which counts them if it has values. */
function addAll(table: Table, how: u32): void {
  for (let rows = nextLines(); rows; rows = nextLines()) {
    if (putRows(table, lines, OFFSETS, ROW_VALUES, rows, how) < rows) failFull();
  }
}

function failFull(): void {
  fail("out of memory: too many different lines");
}

/** Writes each different line of the standard input with its count, in order. */
export function count(table: Table, byCount: bool): void {
  openArena(table, VALUE_BYTES);
  for (let row: usize = 0; row < <usize>BYTE_ROWS; row++) store<u64>(ROW_VALUES + (row << 3), 1);
  readFrom(STDIN);
  addAll(table, COUNT);
  if (!sortLines(table, byCount)) fail("out of memory: too many different lines to sort them");
  let entry = sorted;
  for (let i: u32 = 0; i < sortedCount; i++) {
    const record = recordOfEntry(entry);
    const word = wordOf(record);
    writeCount(load<u64>(valueOf(record)));
    write(keyOf(record, word, VALUE_BYTES), lengthOf(word));
    entry = nextEntry(entry);
  }
}

/** Writes each line of the standard input that is not the same as one before it. */
export function unique(table: Table): void {
  openArena(table, 0);
  readFrom(STDIN);
  for (let rows = nextLines(); rows; rows = nextLines()) {
    if (getRows(table, lines, OFFSETS, rows, 0, ROW_FOUND) == rows) continue;
    for (let row: u32 = 0; row < rows; row++) {
      if (load<u8>(ROW_FOUND + <usize>row)) continue;
      const place = single.claim(table, lineAt(row), lengthAt(row));
      if (!place) failFull();
      if (place & IS_NEW) write(lineAt(row), lengthAt(row)); // else it came a few rows before
    }
  }
}

/**
 * Writes each line of the standard input that is one of the open file's, or with `invert` that is none. Were there any?
 */
export function lookUp(table: Table, file: u32, invert: bool): bool {
  openArena(table, 0);
  readFrom(file);
  addAll(table, KEEP);
  readFrom(STDIN);
  let any = false;
  for (let rows = nextLines(); rows; rows = nextLines()) {
    getRows(table, lines, OFFSETS, rows, 0, ROW_FOUND);
    for (let row: u32 = 0; row < rows; row++) {
      if (load<u8>(ROW_FOUND + <usize>row) == <u8>invert) continue;
      write(lineAt(row), lengthAt(row));
      any = true;
    }
  }
  return any;
}

/** Set in the answer of {@link single.claim} where the key is new. */
const IS_NEW: usize = 1;


@inline
function lineAt(row: u32): usize {
  return lines + <usize>load<u32>(OFFSETS + ((<usize>row) << 2));
}


@inline
function lengthAt(row: u32): u32 {
  const at = OFFSETS + ((<usize>row) << 2);
  return load<u32>(at, 4) - load<u32>(at);
}
