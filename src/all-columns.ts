// All entries of a map or set as columns.
//
// Columns may go into another map of the same seed, whose table crowds where entries come in the order of iteration:
// some groups of its pages get theirs before others (assembly/table/order.ts). A finer order would have a walk read
// each page several times. Numbers are dealt instead (deal.ts). Byte keys, which stand side by side in a ByteColumn,
// come in the finer order: next to fetching their records it costs little.

import { blocksOf } from './blocks.js';
import { ArrayDealer, NumberDealer } from './deal.js';
import { keysOfPart } from './bytes/read.js';
import type { ColumnRows } from './bytes/rows.js';
import type { Keys } from './key-columns.js';
import { type NumericArray, show } from './kinds.js';
import type { Store } from './store.js';
import type { ByteColumn, Columns, ColumnsOptions, KeyKind, NewKeys, PackedKeys, ValueKind } from './types.js';
import { COARSE, FINE } from './wasm/map-instance.js';
import { transfer } from './wasm/transfer.js';

/**
 * All entries as columns.
 * @throws see {@link HashMap.columns}
 */
export function columnsOf<K extends KeyKind, V extends ValueKind, T>(
  store: Store,
  options: ColumnsOptions | undefined,
): Columns<K, V, T, NewKeys<K> | PackedKeys<K>> {
  const keys = collector(store, checkColumnsOptions(options));
  const values = valueCollector(store); // the options may have had getters: `size` knows a disposed map
  let row = 0;
  for (const { keys: some, numbers } of blocksOf(store, finenessFor(store))) {
    keys.add(some, row);
    values.add(numbers, row);
    row += some.length;
  }
  keys.end();
  values.end();
  return { keys: keys.column, values: values.column } as Columns<K, V, T, NewKeys<K> | PackedKeys<K>>;
}

/**
 * All keys as a column.
 * @throws see {@link HashSet.column}
 */
export function keyColumnOf<K extends KeyKind>(
  store: Store,
  options: ColumnsOptions | undefined,
): NewKeys<K> | PackedKeys<K> {
  const keys = collector(store, checkColumnsOptions(options));
  let row = 0;
  for (const block of blocksOf(store, finenessFor(store))) {
    keys.add(block.keys, row);
    row += block.keys.length;
  }
  keys.end();
  return keys.column as NewKeys<K> | PackedKeys<K>;
}

/** Whether byte keys should come as a ByteColumn. */
function checkColumnsOptions(options: unknown): boolean {
  if (options === undefined) return false;
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`options: expected an object; got ${show(options)}`);
  }
  const { strings } = options as ColumnsOptions;
  if (strings !== undefined && strings !== 'array' && strings !== 'bytes') {
    throw new TypeError(`options.strings: expected 'array' or 'bytes'; got ${show(strings)}`);
  }
  return strings === 'bytes';
}

function finenessFor({ key }: Store): number {
  return key.isBytes ? FINE : COARSE;
}

/** Puts blocks of keys, or of values, together. */
interface Collector<Some> {
  readonly column: unknown;
  /** Takes those from row `row` on. */
  add(some: Some, row: number): void;
  /** Comes behind the last ones. */
  end(): void;
}

const nothing = () => undefined;

function collector(store: Store, asBytes: boolean): Collector<Keys> {
  if (!store.key.isBytes) return new NumberDealer(store.key, store.size, true, 0) as Collector<Keys>;
  return asBytes ? collectBytes(store) : collectArray(store);
}

/** Collects values, or numbers of slots: dealt as keys are, but those of byte keys. */
function valueCollector({ key, value, size, slots }: Store): Collector<NumericArray> {
  if (slots === undefined) return new NumberDealer(value, size, !key.isBytes, 1);
  const dealer = new ArrayDealer(size, !key.isBytes);
  return {
    column: dealer.column,
    add(numbers) {
      dealer.add(Array.from(numbers as Uint32Array, (slot) => slots.get(slot)));
    },
    end: nothing,
  };
}

function collectArray({ key, size }: Store): Collector<Keys> {
  const column = new Array<unknown>(size);
  return {
    column,
    add(keys, row) {
      const some = keysOfPart(keys as ColumnRows, key);
      for (let i = 0; i < some.length; i++) column[row + i] = some[i];
    },
    end: nothing,
  };
}

const MOST_INT32 = 2 ** 31 - 1;

function collectBytes(store: Store): Collector<Keys> {
  const total = store.keyBytes;
  const bytes = new Uint8Array(total);
  const rows = store.size + 1;
  const offsets: ByteColumn['offsets'] = total > MOST_INT32 ? new BigInt64Array(rows) : new Int32Array(rows);
  const offsetOf = (x: number) => (total > MOST_INT32 ? BigInt(x) : x) as never;
  let used = 0;
  return {
    column: { bytes, offsets } satisfies ByteColumn,
    add(keys, row) {
      const { bytes: some, offsets: ends } = keys as ColumnRows;
      transfer(some, bytes, used);
      for (let i = 1; i < ends.length; i++) offsets[row + i] = offsetOf(used + (ends[i] as number));
      used += some.length;
    },
    end: nothing,
  };
}
