/// <reference lib="esnext.disposable" preserve="true" />
import { keyColumnOf } from './all-columns.js';
import { hasColumnAsync } from './async/get.js';
import { addColumnAsync } from './async/put.js';
import { hasColumn } from './batch/get.js';
import { addColumn } from './batch/put.js';
import { deleteColumn } from './batch/remove.js';
import { storeOfMap } from './hash-map.js';
import { checkIterable, filled } from './filled.js';
import { makeInspectable } from './inspect.js';
import { entriesOf, forEachOf, keysOf } from './iterate.js';
import { isObject, show } from './kinds.js';
import { REPLACE } from './merge.js';
import { checkBudget, checkEntries, checkSetOptions, optionsLike } from './options.js';
import { putStore, refuseKinds } from './put-map.js';
import { reserveStore } from './reserve.js';
import { scanKeysOf } from './scan.js';
import { type Algebra, algebraOfStores } from './set-algebra.js';
import { addRecord, algebraOfRecords, isSetLike, setRecordOf } from './set-like.js';
import { restoreStore, restoreStoreFrom, snapshotOf, snapshotStreamOf } from './snapshot.js';
import { statsOf } from './stats.js';
import { Store } from './store.js';
import { trimStore } from './trim.js';
import type {
  ArrowVector,
  ColumnsOptions,
  HasAllAsyncOptions,
  HashSetOptions,
  KeyColumn,
  KeyKind,
  KeyOf,
  MapStats,
  NewKeys,
  PackedKeys,
  RestoreSetOptions,
  ScanKeys,
  SetLike,
  SliceOptions,
  Snapshot,
} from './types.js';

/** The store of a HashSet; undefined for anything else. */
let storeOfSet: (x: unknown) => Store | undefined;

/** Names of the operations that make a set, and of those that answer a question. */
type Making = 'union' | 'intersection' | 'difference' | 'symmetricDifference';
type Asking = 'isSubsetOf' | 'isSupersetOf' | 'isDisjointFrom';

/**
 * A hash set for data: the table of a {@link HashMap} without values.
 *
 * Single calls and set algebra work as those of the built-in Set; batches take whole columns. Where the other side of
 * an operation is a HashSet or a HashMap (of which the keys count) with keys of the same kind, it works on columns,
 * too. Anything else that is like a set (`size`, `has`, `keys`) is asked key by key, as the built-in Set does.
 *
 * What is no key of this set's kind is not in it: so it is for `has`, and for operations that look up. Those that add
 * refuse it: `union` and `symmetricDifference` with a HashSet or HashMap of another key kind are a TypeError, whatever
 * it holds.
 *
 * @example
 * const seen = HashSet.fromColumn(ids, { key: 'u32' });
 * const isNew = seen.addAll(moreIds);                   // how many there were
 * const both = seen.intersection(others);
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the interface declares what is defined below the class
export class HashSet<K extends KeyKind> implements Iterable<KeyOf<K>> {
  /** 'HashSet', whatever a minifier makes of it. */
  static get name(): string {
    return 'HashSet';
  }
  readonly #store: Store;

  static {
    storeOfSet = (x) => (isObject(x) && #store in x ? x.#store : undefined);
  }

  /**
   * Makes an empty set. Memory is taken at the first write.
   * @throws TypeError for an unknown kind or an option of another type, RangeError for one out of range
   */
  constructor(options: HashSetOptions<K>) {
    this.#store = options instanceof Store ? options : new Store(checkSetOptions(options));
  }

  /**
   * A set of the keys of an iterable. One `add` for each: from a column it is many times as fast.
   * @throws what the constructor and `add` throw
   */
  static from<K extends KeyKind>(keys: Iterable<KeyOf<K>>, options: HashSetOptions<K>): HashSet<K> {
    return filled(newSet<K>(options), (set) => {
      checkIterable(keys, 'keys', 'keys');
      for (const key of keys) set.add(key);
    });
  }

  /**
   * A set of the keys of a column. O(rows), as `addAll`.
   * @throws what the constructor and `addAll` throw
   */
  static fromColumn<K extends KeyKind>(keys: KeyColumn<K> | ArrowVector, options: HashSetOptions<K>): HashSet<K> {
    return filled(newSet<K>(options), (set) => addColumn(set.#store, keys));
  }

  /**
   * A set from a snapshot: with its contents, seed and `maxLoad`. O(size): a copy, and a check of every entry.
   * @param options the kind that it must be of, and `maxBytes`
   * @throws SnapshotError where the snapshot is damaged, of another format version or type; CapacityError where the set
   *   does not fit; TypeError or RangeError for arguments of another type or out of range
   */
  static restore<K extends KeyKind>(snapshot: Uint8Array | ArrayBuffer, options?: RestoreSetOptions<K>): HashSet<K> {
    return newSet<K>(restoreStore(snapshot, options, true));
  }

  /**
   * `restore` from a stream of byte arrays of any length. Memory is taken as the bytes come.
   * @throws (rejects) as `restore`, and with what the stream errors with
   */
  static async restoreStream<K extends KeyKind>(
    stream: ReadableStream<Uint8Array>,
    options?: RestoreSetOptions<K>,
  ): Promise<HashSet<K>> {
    return newSet<K>(await restoreStoreFrom(stream, options, true));
  }

  /** 'HashSet'. */
  get [Symbol.toStringTag](): string {
    return 'HashSet';
  }

  /** Keys. O(1). */
  get size(): number {
    return this.#store.size;
  }

  // --- like the built-in Set ---

  /**
   * Is a key there? False also where `key` is none of this set's kind. O(1), or the length of a key of strings or
   * bytes; as all calls on one key are.
   * @throws Error once the set is disposed of, as every method does
   */
  has(key: KeyOf<K>): boolean {
    return this.#store.find(key) !== 0;
  }

  /**
   * Adds a key. O(1): a new one moves a bounded number of others, see {@link HashMap}.
   * @throws TypeError for a key of another type than this set's kind has, RangeError for one out of range,
   *   CapacityError where there is no memory for it: before anything changes
   */
  add(key: KeyOf<K>): this {
    const store = this.#store;
    store.checkKey(key);
    store.add(key);
    return this;
  }

  /** Deletes a key; true if it was there. O(1): see {@link HashMap.delete}. */
  delete(key: KeyOf<K>): boolean {
    return this.#store.remove(key);
  }

  /** Deletes all keys and gives their memory back: see {@link HashMap.clear}. */
  clear(): void {
    this.#store.clear();
  }

  // --- set algebra ---

  /**
   * The keys of both, as a new set with this set's options, `capacity` aside; without a seed given it has one of its
   * own. O(size of both).
   * @throws TypeError where `other` is not like a set (RangeError for a `size` below 0), has another key kind, or a key
   *   that this set can't have (RangeError for one out of range); CapacityError
   */
  union(other: SetLike<KeyOf<K>>): HashSet<K> {
    return this.#make('union', other, true);
  }

  /**
   * The keys that both have, as a new set; see `union`. O(size of the smaller one).
   * @throws TypeError where `other` is not like a set (RangeError for a `size` below 0); CapacityError
   */
  intersection(other: SetLike<unknown>): HashSet<K> {
    return this.#make('intersection', other, false);
  }

  /**
   * The keys of this set that `other` lacks, as a new set; see `union`. O(size of this set).
   * @throws as `intersection`
   */
  difference(other: SetLike<unknown>): HashSet<K> {
    return this.#make('difference', other, false);
  }

  /**
   * The keys that one of both has, as a new set; see `union`. O(size of both).
   * @throws as `union`
   */
  symmetricDifference(other: SetLike<KeyOf<K>>): HashSet<K> {
    return this.#make('symmetricDifference', other, true);
  }

  /**
   * Has `other` all keys of this set? O(size of this set), and over at the first that it lacks.
   * @throws TypeError where `other` is not like a set (RangeError for a `size` below 0)
   */
  isSubsetOf(other: SetLike<unknown>): boolean {
    return this.#ask('isSubsetOf', other);
  }

  /** Has this set all keys of `other`? As `isSubsetOf`. */
  isSupersetOf(other: SetLike<unknown>): boolean {
    return this.#ask('isSupersetOf', other);
  }

  /** Have both no key in common? As `isSubsetOf`. */
  isDisjointFrom(other: SetLike<unknown>): boolean {
    return this.#ask('isDisjointFrom', other);
  }

  #make(operation: Making, other: unknown, adds: boolean): HashSet<K> {
    return this.#withAlgebra(other, adds, (store, algebra, operand) => {
      return filled(newSet<K>(optionsLike(store.options) as HashSetOptions<K>), (result) => {
        algebra[operation](result.#store, store, operand);
      });
    });
  }

  #ask(operation: Asking, other: unknown): boolean {
    return this.#withAlgebra(other, false, (store, algebra, operand) => algebra[operation](store, operand));
  }

  /** Calls `act` with what knows how to work with `other`. @param adds does the operation add keys of `other`? */
  #withAlgebra<R>(
    other: unknown,
    adds: boolean,
    act: <Operand>(store: Store, algebra: Algebra<Operand>, operand: Operand) => R,
  ): R {
    const store = this.#store;
    store.checkAlive();
    const source = storeOf(other);
    source?.checkAlive();
    if (source?.key === store.key) return act(store, algebraOfStores, source);
    if (adds && source !== undefined) refuseKinds(store, source);
    return act(store, algebraOfRecords, setRecordOf(other));
  }

  // --- iteration ---

  /**
   * Calls `callback` for every key, with the key twice and the set, as the built-in Set does. It may change the set;
   * see `keys`.
   * @param thisArg `this` of the callback
   * @throws TypeError if `callback` is no function, and what it throws
   */
  forEach(callback: (value: KeyOf<K>, key: KeyOf<K>, set: this) => void, thisArg?: unknown): void {
    forEachOf(this.#store, callback, thisArg, this);
  }

  /**
   * An iterator over the keys, in no order that means anything. The set may change meanwhile: a key that is there
   * throughout is produced exactly once; a deleted one that was not reached yet is not produced; an added one may be.
   * The iterator ends even if each step adds. Once the set is disposed of, the next step throws.
   */
  keys(): MapIterator<KeyOf<K>> {
    return keysOf(this.#store);
  }

  /** An iterator over [key, key]; see `keys`. */
  entries(): MapIterator<[KeyOf<K>, KeyOf<K>]> {
    return entriesOf(this.#store);
  }

  /**
   * All keys as a new column. O(size), and many times as fast as an iterator.
   * @param options how to give keys of kind 'string' or 'bytes'
   * @throws TypeError for other options
   */
  column(options?: { strings?: 'array' | undefined }): NewKeys<K>;
  /** The same, with keys of kind 'string' or 'bytes' as one {@link ByteColumn}. */
  column(options: { strings: 'bytes' }): PackedKeys<K>;
  /** The same, as the options say. */
  column(options?: ColumnsOptions): NewKeys<K> | PackedKeys<K>;
  column(options?: ColumnsOptions): NewKeys<K> | PackedKeys<K> {
    return keyColumnOf(this.#store, options);
  }

  /**
   * Some keys as a new column, and a cursor for the call that goes on behind them; see {@link HashMap.scan}.
   * @param cursor 0 for the first call, then what the last one returned, until that is 0 again
   * @param limit about how many keys: at least so many but in the last call, at most 512 more. Default 1,024
   * @throws TypeError, RangeError for a cursor that is no integer from 0 on, or a limit that is none from 1 on
   */
  scan(cursor: number, limit?: number): ScanKeys<K> {
    return scanKeysOf(this.#store, cursor, limit);
  }

  // --- batches ---

  /**
   * Adds a column of keys, or all keys of another set or map. O(rows), growth included.
   * @param keys a column, or what is like a set: of a HashMap or Map the keys
   * @returns how many keys were new
   * @throws TypeError for another array class or a detached buffer, for a HashSet or HashMap of another key kind, and
   *   what `add` throws for a key of a set-like object: before anything changes. CapacityError, whose `rows` keys were
   *   added
   */
  addAll(keys: KeyColumn<K> | ArrowVector | SetLike<KeyOf<K>>): number {
    const store = this.#store;
    store.checkAlive();
    const source = storeOf(keys);
    if (source !== undefined) return putStore(store, source, REPLACE);
    return isSetLike(keys) ? addRecord(store, setRecordOf(keys)) : addColumn(store, keys);
  }

  /**
   * Looks up a column of keys: 1 where a key is there, else 0. O(rows).
   * @param keys the column; a null of an Arrow vector is a key that is missing
   * @param found takes the answers; a new array if left out
   * @throws TypeError for another array class or a detached buffer, RangeError for another length
   */
  hasAll(keys: KeyColumn<K> | ArrowVector, found?: Uint8Array): Uint8Array {
    return hasColumn(this.#store, keys, found);
  }

  /**
   * Deletes a column of keys, as a loop of `delete` would. O(rows).
   * @param keys the column; keys that are not there, or null, are passed over
   * @returns how many were there
   * @throws TypeError for another array class or a detached buffer
   */
  deleteAll(keys: KeyColumn<K> | ArrowVector): number {
    return deleteColumn(this.#store, keys);
  }

  /**
   * Adds a column of keys in slices, between which everything else has its turn: see {@link HashMap.putAllAsync}.
   * @returns how many keys were new when they were added
   * @throws as a rejection: what `putAllAsync` throws; TypeError for what is like a set, whose keys have no slices
   */
  async addAllAsync(keys: KeyColumn<K> | ArrowVector, options?: SliceOptions): Promise<number> {
    this.#store.checkAlive();
    if (storeOf(keys) !== undefined || isSetLike(keys)) {
      throw new TypeError(`keys: expected a column; addAllAsync takes no sets, but their column(); got ${show(keys)}`);
    }
    return addColumnAsync(this.#store, keys, options);
  }

  /**
   * Looks up a column of keys as `hasAll` does, in slices, between which everything else has its turn: see {@link
   * HashMap.getAllAsync}.
   * @throws as a rejection: what `hasAll` throws, and what `getAllAsync` throws
   */
  async hasAllAsync(keys: KeyColumn<K> | ArrowVector, options?: HasAllAsyncOptions): Promise<Uint8Array> {
    return hasColumnAsync(this.#store, keys, options);
  }

  // --- growth, memory, insight ---

  /**
   * Makes room for `keys` keys in all before the table must grow again. O(size).
   * @param keys a total, not an addition; 0 .. 2^32 - 1
   * @throws TypeError for what is no number, RangeError for one out of range, CapacityError where there is no memory
   *   for so many: no key is lost
   */
  reserve(keys: number): void {
    this.#store.checkAlive();
    reserveStore(this.#store, checkEntries(keys, 'keys'));
  }

  /**
   * Gives back the memory that deletions have made free: moves all entries to a new table of their size, if that takes
   * less. Room that `capacity` or `reserve` asked for goes, too. Open iterators and cursors go on as if nothing had
   * happened. O(size), and for a moment both tables are there.
   * @throws CapacityError where there is no memory for the second table: nothing has changed then
   */
  trim(): void {
    trimStore(this.#store);
  }

  /**
   * Does what the next writes would have to do: steps of growth that will be due soon, and of shrinking after
   * deletions; brings entries home that had no room there; closes holes between keys of strings or bytes. With
   * native kernels it then moves the memory to large pages of the system, one in a step, which takes 0.5 ms (5 in some
   * virtual machines). For idle time (`requestIdleCallback`, `setImmediate`). Nothing is lost if it is never called.
   * @param budgetMs stop after so many milliseconds, checked every 1,536 entries at least; one step is always done.
   *   Default 8
   * @returns is there more to do?
   * @throws TypeError for what is no number, RangeError for one below 0
   */
  maintain(budgetMs?: number): boolean {
    return this.#store.maintain(checkBudget(budgetMs, 'budgetMs'));
  }

  /**
   * The whole set as bytes, for `restore`: another copy of it. O(size).
   * @throws RangeError where the host has no array so long (4 GiB on Node 20): `snapshotStream` needs none
   */
  snapshot(): Snapshot {
    return snapshotOf(this.#store);
  }

  /**
   * The same bytes as a stream of chunks of 1 MiB at most, each made when it is asked for. The set must not change
   * until the last one is read: else the stream errors.
   * @throws Error once the set is disposed of
   */
  snapshotStream(): ReadableStream<Snapshot> {
    return snapshotStreamOf(this.#store);
  }

  /**
   * What the set holds and how it is laid out. O(1), but for `overflow` and `probeHistogram`: they are counted,
   * O(size), when one of them is first read.
   */
  stats(): MapStats {
    return statsOf(this.#store);
  }

  /** Gives the set's memory back now, not at the next garbage collection. Every later call but `dispose` throws. */
  dispose(): void {
    this.#store.dispose();
  }

  /** The same as `dispose`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

export interface HashSet<K extends KeyKind> {
  /** The same function as `keys`. */
  values(): MapIterator<KeyOf<K>>;
  /** The same function as `keys`. */
  [Symbol.iterator](): MapIterator<KeyOf<K>>;
}
for (const name of ['values', Symbol.iterator]) {
  Object.defineProperty(HashSet.prototype, name, {
    value: HashSet.prototype.keys,
    writable: true,
    configurable: true,
  });
}
makeInspectable(HashSet.prototype, storeOfSet);

/** A set with these options, or of this store. */
function newSet<K extends KeyKind>(of: HashSetOptions<K> | Store): HashSet<K> {
  return new HashSet(of as HashSetOptions<K>);
}

/** The store of a HashSet or HashMap; undefined for anything else. */
function storeOf(x: unknown): Store | undefined {
  return storeOfSet(x) ?? storeOfMap(x);
}
