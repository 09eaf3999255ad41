// scan: a traversal whose whole state is a number.
//
// What it is for. An iterator lives in one process, and holds on to its map. A scan may go on in the next request,
// after a restart that loaded the map from a snapshot, or never: there is nothing to close, and no map remembers who is
// scanning it.
//
// How. The cursor is a place in hash order, which follows from a key and the seed alone (assembly/table/order.ts), as
// for iterators (iterate.ts). Whatever the table looks like by the next call, what lies before the cursor has been
// returned, and what lies behind it has not.
//
// What is promised.
//
//   1. An entry that is there from the first call to the last is returned exactly once: while others are written and
//      deleted, while the table grows, shrinks or moves, and when its own value is written.
//   2. It comes with the value that it has when the call is made that returns it.
//   3. A key that is added or deleted between calls is returned if it is there when the scan comes to its place, and so
//      never twice. Not even if it is deleted and comes back.
//   4. The map may be cleared and filled again: the scan goes on in what is there, by the same rules.
//   5. A scan ends: every call returns a place further on, or 0 for the end.
//   6. `limit` may differ from call to call. Each but the last returns at least as many rows, and at most 512 more. The
//      exception: keys that were made to collide. Keys of 8 bytes that share 48 bits of their hash come together, and
//      strings and bytes that share 32 bits.
//   7. Any safe integer from 0 on may come as a cursor, and does no harm: one that no scan has returned is a place in
//      some order as well.
//
// The number has the level of the order, which the first call chooses, and 48 bits of the position:
//
//   52 .. 48 | 47      ..      16 | 15 ..  0
//     level  |  low word, turned  |  high word, its upper half: of keys of 8 bytes
//
// The order is a fine one, so that what is scanned may be written to another map of the same seed as it comes.

import { type Block, readBlock, readParts } from './blocks.js';
import { keysOfPart } from './bytes/read.js';
import type { ColumnRows } from './bytes/rows.js';
import { type NumericArray, show } from './kinds.js';
import type { Store } from './store.js';
import type { NewKeys, KeyKind, ScanKeys, ScanResult, ValueKind } from './types.js';
import { atEnd, type Cursor, FINE, startCursor } from './wasm/map-instance.js';
import type { Place } from './wasm/tables.js';
import { sliceOf } from './wasm/transfer.js';

const DEFAULT_LIMIT = 1024;
/**
 * Rows that a step may give beyond the limit. Half of what is promised, as keys of one hash, of which some come by
 * chance, count as one for it.
 */
const MOST_BEYOND = 256;
/** The same, at least, for small limits. */
const LEAST_BEYOND = 16;

const POSITION = 2 ** 48;
const LOW = 2 ** 16;
const LOW_MASK = LOW - 1;

/**
 * The next entries of a scan as columns.
 * @throws see {@link HashMap.scan}
 */
export function scanOf<K extends KeyKind, V extends ValueKind>(
  store: Store,
  cursor: unknown,
  limit: unknown,
): ScanResult<K, V> {
  const { next, blocks, rows } = scan(store, cursor, limit);
  const keys = keysOf(store, blocks, rows);
  return { cursor: next, keys, values: valuesOf(store, blocks, rows) } as ScanResult<K, V>;
}

/**
 * The next keys of a scan as a column.
 * @throws see {@link HashSet.scan}
 */
export function scanKeysOf<K extends KeyKind>(store: Store, cursor: unknown, limit: unknown): ScanKeys<K> {
  const { next, blocks, rows } = scan(store, cursor, limit);
  return { cursor: next, keys: keysOf(store, blocks, rows) as NewKeys<K> };
}

interface Scanned {
  readonly next: number;
  /** Copies. */
  readonly blocks: Block[];
  readonly rows: number;
}

function scan(store: Store, from: unknown, limit: unknown = DEFAULT_LIMIT): Scanned {
  store.checkAlive();
  checkInteger(from, 'cursor', 0);
  checkInteger(limit, 'limit', 1);
  const { place } = store;
  const blocks: Block[] = [];
  let rows = 0;
  if (place === undefined) return { next: 0, blocks, rows };
  const cursor = cursorOf(from);
  const beyond = Math.min(MOST_BEYOND, LEAST_BEYOND + limit);
  do {
    const wanted = Math.max(limit - rows, 1);
    const some = readStep(store, place, cursor, wanted, wanted + beyond);
    for (const block of some) rows += block.keys.length;
    blocks.push(...some);
  } while (!atEnd(cursor) && (rows < limit || (cursor.low & LOW_MASK) !== 0));
  return { next: numberOf(cursor), blocks, rows };
}

/** Reads some entries, about `aim` and at most `most` where no keys collide, and moves the cursor. */
function readStep(store: Store, place: Place, cursor: Cursor, aim: number, most: number): Block[] {
  if (store.key.isBytes) return readParts(store, place, cursor, aim, most);
  const { keys, numbers } = readBlock(store, place, cursor, aim, most);
  return [{ keys: sliceOf(keys), numbers: numbers === keys ? numbers : sliceOf(numbers) }];
}

/** @throws TypeError, RangeError */
function checkInteger(x: unknown, what: string, least: number): asserts x is number {
  if (typeof x !== 'number') throw new TypeError(`${what}: expected a number; got ${show(x)}`);
  if (!Number.isSafeInteger(x) || x < least) {
    throw new RangeError(`${what}: expected an integer in ${least} .. 2^53 - 1; got ${show(x)}`);
  }
}

// --- cursors as numbers ---

function cursorOf(x: number): Cursor {
  const position = x % POSITION;
  if (position === 0) return startCursor(FINE);
  const level = (x - position) / POSITION;
  return { high: Math.floor(position / LOW) | 0, low: ((position & LOW_MASK) << 16) | 0, level };
}

function numberOf(cursor: Cursor): number {
  const { high, low, level } = cursor;
  return atEnd(cursor) ? 0 : level * POSITION + (high >>> 0) * LOW + (low >>> 16);
}

// --- columns ---

function keysOf({ key }: Store, blocks: readonly Block[], rows: number): unknown {
  if (key.isBytes) return blocks.flatMap(({ keys }) => keysOfPart(keys as ColumnRows, key) as unknown[]);
  const column = new key.array(rows);
  return joined(
    column,
    blocks.map(({ keys }) => keys as NumericArray),
  );
}

function valuesOf({ value, slots }: Store, blocks: readonly Block[], rows: number): unknown {
  if (slots === undefined)
    return joined(
      new value.array(rows),
      blocks.map(({ numbers }) => numbers),
    );
  return blocks.flatMap(({ numbers }) => Array.from(numbers as Uint32Array, (slot) => slots.get(slot)));
}

function joined(column: NumericArray, parts: readonly NumericArray[]): NumericArray {
  let row = 0;
  for (const part of parts) {
    column.set(part as never, row);
    row += part.length;
  }
  return column;
}
