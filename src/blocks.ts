// Blocks: what a step of a walk reads, as columns. What iterators, `columns` and batches between maps are made of.

import { type BytePart, byteParts } from './bytes/read.js';
import type { Keys } from './key-columns.js';
import { NO_VALUES, type NumericArray } from './kinds.js';
import type { Store } from './store.js';
import { atEnd, COARSE, type Cursor, startCursor } from './wasm/map-instance.js';
import type { Place } from './wasm/tables.js';

/** Some entries. Numbers are views of the map's memory: to be copied before anything else happens. */
export interface Block {
  readonly keys: Keys;
  /** The values, or the numbers of their slots. Of a set without meaning. */
  readonly numbers: NumericArray;
}

/** Reads the next entries of a table with numbers for keys, and moves the cursor behind them; none only at the end. */
export function readBlock(
  { key, value }: Store,
  { instance, table }: Place,
  cursor: Cursor,
  aim?: number,
  most?: number,
): Block & { readonly keys: NumericArray } {
  const { WALK_KEYS, WALK_VALUES } = instance.layout;
  const rows = instance.walk(table, cursor, aim, most);
  const { views } = instance;
  const keys = views[key.view].subarray(WALK_KEYS >>> key.shift, (WALK_KEYS >>> key.shift) + rows);
  if (value === NO_VALUES) return { keys, numbers: keys };
  return {
    keys,
    numbers: views[value.view].subarray(WALK_VALUES >>> value.shift, (WALK_VALUES >>> value.shift) + rows),
  };
}

/** Reads the next entries of a table with byte keys, likewise, as copies. */
export function readParts(
  { value }: Store,
  { instance, table }: Place,
  cursor: Cursor,
  aim?: number,
  most?: number,
): BytePart[] {
  return byteParts(instance, table, instance.walk(table, cursor, aim, most), value);
}

/** All entries, a block at a time, in an order as fine as said. */
export function* blocksOf(store: Store, fineness = COARSE): Generator<Block> {
  const { place } = store;
  if (place === undefined) return;
  const cursor = startCursor(fineness);
  do {
    if (store.key.isBytes) yield* readParts(store, place, cursor);
    else yield readBlock(store, place, cursor);
  } while (!atEnd(cursor));
}
