// Iteration: every way through all entries of a map or set.
//
// Why it is hard. The body of a loop may do anything to the map, and a table moves under whoever walks it: growth takes
// entries from pages not read yet to pages read long ago, and the other way round; deletion shifts the entries behind
// it back, past the place where the walk stands; the whole table moves to another memory, or is given up and begins
// anew. So a place in the table says nothing about what has been produced. The built-in Map keeps a list in the order
// of insertion instead, and to remember the keys produced would take a second table.
//
// What is promised. An entry that is there throughout is produced exactly once, with the value of that moment; one that
// was deleted and not reached yet, never; one that is added may be produced or not. Any number of iterators may be
// under way, and each comes to an end, even if every step inserts.
//
// How. A walk goes through hash order (assembly/table/order.ts): by positions that follow from a key and the seed
// alone, and from a level that is chosen when the walk begins, so that no move of an entry changes them, and a cursor,
// which has everything before it behind it, stays right. An iterator reads a block of entries at its cursor, copies it,
// for the memory belongs to the map, and produces from the copy. While the store's version is that of the block, the
// copy is the truth, and a step calls nothing. Once it differs, each entry left of the block is looked up again before
// it is produced. Whatever is added to the block's range in the meantime is left out; what is deleted and comes back is
// there.

import { readBlock, readParts } from './blocks.js';
import { keysOfPart } from './bytes/read.js';
import { showBy } from './inspectable.js';
import { NO_VALUES, show, type NumericArray } from './kinds.js';
import { checkMapOptions } from './options.js';
import { Store } from './store.js';
import { atEnd, COARSE, type Cursor } from './wasm/map-instance.js';
import type { Place } from './wasm/tables.js';
import { sliceOf, transfer } from './wasm/transfer.js';

/** Before the first block. It has a row, which a `next` for loops may read at once. */
const NOTHING = new Uint32Array(1);
/** No row: what a walk answers at its end. */
const END = -1;

/** The keys of a block: numbers, strings or byte arrays. */
type BlockKeys = NumericArray | unknown[];

/** A walk through all entries, a row of the current block at a time: the state of every iterator. */
abstract class Walk implements Cursor {
  readonly store: Store;
  /** The rest of the block is rows [row, rows) of these. */
  keys: BlockKeys = NOTHING;
  /** Of a set the same array as `keys`. */
  numbers: BlockKeys = NOTHING;
  row = 0;
  rows = 0;
  /** The store's, when the block was read. */
  version = 0;
  begun = false;
  ended = false;
  // Behind the block, see Cursor.
  high = 0;
  low = 0;
  level = COARSE;

  constructor(store: Store) {
    this.store = store;
  }

  get [Symbol.toStringTag](): string {
    return `${(this.store as Store | undefined)?.words.type} Iterator`; // the prototype has no store
  }
}
// They descend from the host's iterators, and have its iterator helpers where there are any.
Object.setPrototypeOf(Walk.prototype, Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object);
// And are shown as those are, without the state of the walk.
showBy(Walk.prototype, function () {
  return `Object [${this[Symbol.toStringTag]}] {}`;
});

/**
 * The row of the next entry, or END.
 * @throws Error if the map was disposed of and the walk has not ended
 */
function step(walk: Walk): number {
  return walk.row < walk.rows && walk.version === walk.store.version ? walk.row++ : seek(walk);
}

/** {@link step} where the block is out of date or at its end. */
function seek(walk: Walk): number {
  if (walk.ended) return END;
  walk.store.checkAlive();
  for (;;) {
    while (walk.row < walk.rows) {
      const row = walk.row++;
      if (walk.version === walk.store.version || lookAgain(walk, row)) return row;
    }
    if (walk.begun && atEnd(walk)) {
      walk.ended = true;
      if (walk.store.slots !== undefined) walk.numbers = NOTHING; // the slots of the block may be gone
      return END;
    }
    readNext(walk);
  }
}

/** Renews a row; false if its key is gone. */
function lookAgain({ store, keys, numbers }: Walk, row: number): boolean {
  const at = store.find(keys[row]);
  if (at === 0) return false;
  if (numbers !== keys) numbers[row] = store.readNumber(at) as never;
  return true;
}

/** Reads the next block and copies it. */
function readNext(walk: Walk): void {
  const { store } = walk;
  const { place } = store;
  walk.begun = true;
  walk.version = store.version;
  walk.row = walk.rows = 0;
  if (place === undefined) walk.high = walk.low = 0;
  else if (store.key.isBytes) readBytes(walk, place);
  else readNumbers(walk, place);
}

function readNumbers(walk: Walk, place: Place): void {
  const { keys, numbers } = readBlock(walk.store, place, walk);
  walk.rows = keys.length;
  if (keys.length === 0) return;
  walk.keys = copyRows(keys, walk.keys as NumericArray);
  walk.numbers = numbers === keys ? walk.keys : copyRows(numbers, walk.numbers as NumericArray);
}

function readBytes(walk: Walk, place: Place): void {
  const { store } = walk;
  const keys: unknown[] = [];
  const numbers: unknown[] = [];
  for (const part of readParts(store, place, walk)) {
    for (const key of keysOfPart(part.keys, store.key)) keys.push(key);
    if (store.value !== NO_VALUES) for (const number of part.numbers) numbers.push(number);
  }
  walk.rows = keys.length;
  if (keys.length === 0) return;
  walk.keys = keys;
  walk.numbers = store.value === NO_VALUES ? keys : numbers;
}

/** Copies rows to `copy`, or to a new array where that is too short. */
function copyRows(rows: NumericArray, copy: NumericArray): NumericArray {
  if (copy === NOTHING || rows.length > copy.length) return sliceOf(rows);
  transfer(rows, copy, 0);
  return copy;
}

/** The value of a row. */
function valueAt({ store, numbers }: Walk, row: number): unknown {
  return store.slots === undefined ? numbers[row] : store.slots.get(numbers[row] as number);
}

// --- iterators ---
//
// What a step gives out, { value, done }, costs more than the step itself unless V8 finds that it need not be built: it
// may be built in one place only, and `value` must be an entry whenever it is. So there are two functions to each
// `next`. The one for loops gives an entry even at the end, next to done: true, where no loop looks at it. `next` is an
// accessor: a loop asks for it once, and gets that one; whoever calls `iterator.next()` asks each time, and from the
// second step on, or where the map is empty, gets the exact one. So does `yield*`, which passes an argument.

interface Result {
  value: unknown;
  done: boolean;
}

type Next = (this: Walk) => Result;

/** Which `next` is being asked for? A walk that is under way has had its loop, or none. */
function nextOf(walk: Walk, forLoops: Next, exact: Next): Next {
  return walk.begun || walk.store.size === 0 ? exact : forLoops;
}

/** A result as it should be, from one for loops. */
function exactly(result: Result): Result {
  if (result.done) result.value = undefined;
  return result;
}

// V8 drops the optimised code for a class with its last instance, and at a collection there is often no iterator left:
// so each class keeps one.
const keepsake = new Store(checkMapOptions({ key: 'u32', value: 'u32' }));

class KeyIterator extends Walk {
  static readonly kept = new KeyIterator(keepsake);

  get next(): Next {
    return nextOf(this, nextKey, nextKeyExactly);
  }
}

function nextKey(this: Walk, ...passed: unknown[]): Result {
  if (passed.length > 0) return exactly(nextKey.call(this));
  const row = step(this);
  const done = row === END;
  return { value: this.keys[done ? 0 : row], done };
}

function nextKeyExactly(this: Walk): Result {
  return exactly(nextKey.call(this));
}

class ValueIterator extends Walk {
  static readonly kept = new ValueIterator(keepsake);

  get next(): Next {
    return nextOf(this, nextValue, nextValueExactly);
  }
}

function nextValue(this: Walk, ...passed: unknown[]): Result {
  if (passed.length > 0) return exactly(nextValue.call(this));
  const row = step(this);
  const done = row === END;
  return { value: valueAt(this, done ? 0 : row), done };
}

function nextValueExactly(this: Walk): Result {
  return exactly(nextValue.call(this));
}

class EntryIterator extends Walk {
  static readonly kept = new EntryIterator(keepsake);

  get next(): Next {
    return nextOf(this, nextEntry, nextEntryExactly);
  }
}

function nextEntry(this: Walk, ...passed: unknown[]): Result {
  if (passed.length > 0) return exactly(nextEntry.call(this));
  const row = step(this);
  const done = row === END;
  const at = done ? 0 : row;
  return { value: [this.keys[at], valueAt(this, at)], done };
}

function nextEntryExactly(this: Walk): Result {
  return exactly(nextEntry.call(this));
}

// TypeScript does not see the prototype that the classes were given.

/** An iterator over the keys. @throws Error if the map was disposed of */
export function keysOf<K>(store: Store): MapIterator<K> {
  store.checkAlive();
  return new KeyIterator(store) as unknown as MapIterator<K>;
}

/** An iterator over the values. @throws Error if the map was disposed of */
export function valuesOf<V>(store: Store): MapIterator<V> {
  store.checkAlive();
  return new ValueIterator(store) as unknown as MapIterator<V>;
}

/** An iterator over the entries. @throws Error if the map was disposed of */
export function entriesOf<K, V>(store: Store): MapIterator<[K, V]> {
  store.checkAlive();
  return new EntryIterator(store) as unknown as MapIterator<[K, V]>;
}

/**
 * Calls `callback` for every entry.
 * @throws see {@link HashMap.forEach}
 */
export function forEachOf(store: Store, callback: unknown, thisArgument: unknown, map: unknown): void {
  store.checkAlive();
  if (typeof callback !== 'function') throw new TypeError(`callback: expected a function; got ${show(callback)}`);
  const walk = new EntryIterator(store);
  for (let row = step(walk); row !== END; row = step(walk)) {
    callback.call(thisArgument, valueAt(walk, row), walk.keys[row], map);
  }
}
