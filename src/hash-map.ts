/// <reference lib="esnext.disposable" preserve="true" />
import { columnsOf } from './all-columns.js';
import { copyOfBytes } from './bytes/key.js';
import { getColumnsAsync } from './async/get.js';
import { putColumnsAsync } from './async/put.js';
import { getColumns, hasColumn } from './batch/get.js';
import { putColumns } from './batch/put.js';
import { deleteColumn } from './batch/remove.js';
import { checkIterable, filled } from './filled.js';
import { makeInspectable } from './inspect.js';
import { entriesOf, forEachOf, keysOf, valuesOf } from './iterate.js';
import { isBytes, isObject, show } from './kinds.js';
import { combineCode } from './merge.js';
import { checkBudget, checkEntries, checkMapOptions } from './options.js';
import { putMap, putStore } from './put-map.js';
import { reserveStore } from './reserve.js';
import { restoreStore, restoreStoreFrom, snapshotOf, snapshotStreamOf } from './snapshot.js';
import { scanOf } from './scan.js';
import { statsOf } from './stats.js';
import { isNew, Store } from './store.js';
import { trimStore } from './trim.js';
import type {
  Any,
  ArrowVector,
  Columns,
  ColumnsOptions,
  GetAllAsyncOptions,
  GetAllInto,
  GetAllResult,
  HashMapOptions,
  How,
  KeyColumn,
  KeyKind,
  KeyOf,
  MapStats,
  NewKeys,
  PackedKeys,
  PutAllAsyncOptions,
  RestoreOptions,
  ScanResult,
  Snapshot,
  ValueColumn,
  ValueKind,
  ValueOf,
} from './types.js';

/** The store of a HashMap; undefined for anything else. @internal */
export let storeOfMap: (x: unknown) => Store | undefined;

/**
 * A hash map for data: typed keys and values off the heap, in WebAssembly memory.
 *
 * Single calls work as those of the built-in Map; batches take whole columns, and are what makes it fast. The table is
 * a bucket map after Go's (8-slot buckets, evacuation while growing) that grows in place by linear hashing with partial
 * expansions (P.-A. Larson, VLDB 1980): no operation on one key moves more than 1,600 entries, whatever the size,
 * unless keys were made to collide by someone who knows the seed, or a part of the order of iteration was deleted; then
 * it is some thousands.
 *
 * The map's memory is freed with the map by the garbage collector; `dispose` frees it at once.
 *
 * The type parameters are the kinds, and what values of kind 'any' are: a HashMap<'string', 'any', Session>.
 *
 * @example
 * const population = new HashMap({ key: 'u32', value: 'u32' });
 * population.putAll(cityIds, inhabitants);            // two Uint32Arrays
 * const { values, found, hits } = population.getAll(wanted);
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the interface declares what is defined below the class
export class HashMap<K extends KeyKind, V extends ValueKind, T = Any> implements Iterable<[KeyOf<K>, ValueOf<V, T>]> {
  /** 'HashMap', whatever a minifier makes of it. */
  static get name(): string {
    return 'HashMap';
  }
  readonly #store: Store;

  static {
    storeOfMap = (x) => (isObject(x) && #store in x ? x.#store : undefined);
  }

  /**
   * Makes an empty map. Memory is taken at the first write.
   * @throws TypeError for an unknown kind or an option of another type, RangeError for one out of range
   */
  constructor(options: HashMapOptions<K, V>) {
    this.#store = options instanceof Store ? options : new Store(checkMapOptions(options));
  }

  /**
   * A map of the entries of an iterable; of equal keys the last wins. One `set` for each: from columns it is many times
   * as fast.
   * @throws what the constructor and `set` throw
   */
  static from<K extends KeyKind, V extends ValueKind>(
    entries: Iterable<readonly [KeyOf<K>, ValueOf<V>]>,
    options: HashMapOptions<K, V>,
  ): HashMap<K, V> {
    return filled(newMap<K, V>(options), (map) => {
      checkIterable(entries, 'entries', '[key, value] pairs');
      for (const entry of entries) {
        if (typeof entry !== 'object' || entry === null) {
          throw new TypeError(`entries: expected [key, value] pairs; got ${show(entry)}`);
        }
        map.set(entry[0], entry[1]);
      }
    });
  }

  /**
   * A map of two columns; of equal keys the last wins. O(rows), as `putAll`.
   * @throws what the constructor and `putAll` throw
   */
  static fromColumns<K extends KeyKind, V extends ValueKind>(
    keys: KeyColumn<K> | ArrowVector,
    values: ValueColumn<V> | readonly ValueOf<V>[] | ValueOf<V> | ArrowVector,
    options: HashMapOptions<K, V>,
  ): HashMap<K, V> {
    return filled(newMap<K, V>(options), (map) => map.putAll(keys, values));
  }

  /**
   * A map from a snapshot: with its contents, seed and `maxLoad`. O(size): a copy, and a check of every entry.
   * @param options the kinds that it must be of, and `maxBytes`
   * @throws SnapshotError where the snapshot is damaged, of another format version or type; CapacityError where the map
   *   does not fit; TypeError or RangeError for arguments of another type or out of range
   */
  static restore<K extends KeyKind, V extends ValueKind>(
    snapshot: Uint8Array | ArrayBuffer,
    options?: RestoreOptions<K, V>,
  ): HashMap<K, V> {
    return newMap<K, V>(restoreStore(snapshot, options, false));
  }

  /**
   * `restore` from a stream of byte arrays of any length. Memory is taken as the bytes come.
   * @throws (rejects) as `restore`, and with what the stream errors with
   */
  static async restoreStream<K extends KeyKind, V extends ValueKind>(
    stream: ReadableStream<Uint8Array>,
    options?: RestoreOptions<K, V>,
  ): Promise<HashMap<K, V>> {
    return newMap<K, V>(await restoreStoreFrom(stream, options, false));
  }

  /** 'HashMap'. */
  get [Symbol.toStringTag](): string {
    return 'HashMap';
  }

  /** Entries. O(1). */
  get size(): number {
    return this.#store.size;
  }

  // --- like the built-in Map ---

  /**
   * The value of a key; undefined where there is none, or `key` is none of this map's kind. O(1), or the length of a
   * key of strings or bytes; as all calls on one key are.
   * @throws Error once the map is disposed of, as every method does
   */
  get(key: KeyOf<K>): ValueOf<V, T> | undefined {
    const store = this.#store;
    const at = store.find(key);
    return at === 0 ? undefined : (store.read(at) as ValueOf<V, T>);
  }

  /** Is a key there? False also where `key` is none of this map's kind. */
  has(key: KeyOf<K>): boolean {
    return this.#store.find(key) !== 0;
  }

  /**
   * Sets the value of a key. O(1): a new key moves a bounded number of others, see {@link HashMap}.
   * @throws TypeError for a key or value of another type than this map's kinds have, RangeError for one out of range,
   *   CapacityError where there is no memory for it: before anything changes
   */
  set(key: KeyOf<K>, value: ValueOf<V, T>): this {
    setIn(this.#store, key, value);
    return this;
  }

  /**
   * Deletes a key; true if it was there. O(1): leaves no tombstone, and now and then gives a page of the table back,
   * which moves a bounded number of other entries.
   */
  delete(key: KeyOf<K>): boolean {
    return this.#store.remove(key);
  }

  /**
   * Deletes all entries and gives their memory back, a large one to the garbage collector. Not O(size): at most 256 KiB
   * are wiped.
   */
  clear(): void {
    this.#store.clear();
  }

  /**
   * The value of a key, which is set to `value` first where there is none (TC39 upsert).
   * @throws as `set`
   */
  getOrInsert(key: KeyOf<K>, value: ValueOf<V, T>): ValueOf<V, T> {
    const store = this.#store;
    store.checkKey(key);
    store.checkValue(value);
    const at = store.claim(key);
    if (isNew(at)) store.write(at, value);
    return store.read(at) as ValueOf<V, T>;
  }

  /**
   * The value of a key, computed by `callback` where there is none. The callback may change the map; the computed value
   * wins.
   * @throws as `set`, TypeError for a callback that is none, and what the callback throws
   */
  getOrInsertComputed(key: KeyOf<K>, callback: (key: KeyOf<K>) => ValueOf<V, T>): ValueOf<V, T> {
    const store = this.#store;
    store.checkKey(key);
    if (typeof callback !== 'function') throw new TypeError(`callback: expected a function; got ${show(callback)}`);
    const at = store.find(key);
    if (at !== 0) return store.read(at) as ValueOf<V, T>;
    const asked = isBytes(key) ? copyOfBytes(key) : key; // the callback may write to its key
    const value = callback(key === 0 ? (0 as KeyOf<K>) : key); // -0 is 0
    return store.read(setIn(store, asked, value)) as ValueOf<V, T>;
  }

  // --- iteration ---

  /**
   * Calls `callback` for every entry. It may change the map; see `entries`.
   * @param thisArg `this` of the callback
   * @throws TypeError if `callback` is no function, and what it throws
   */
  forEach(callback: (value: ValueOf<V, T>, key: KeyOf<K>, map: this) => void, thisArg?: unknown): void {
    forEachOf(this.#store, callback, thisArg, this);
  }

  /** An iterator over the keys. The map may change meanwhile; see `entries`. */
  keys(): MapIterator<KeyOf<K>> {
    return keysOf(this.#store);
  }

  /** An iterator over the values. The map may change meanwhile; see `entries`. */
  values(): MapIterator<ValueOf<V, T>> {
    return valuesOf(this.#store);
  }

  /**
   * An iterator over the entries, in no order that means anything. The map may change meanwhile: an entry that is there
   * throughout is produced exactly once, with its value of that moment; a deleted one that was not reached yet is not
   * produced; an added one may be. The iterator ends even if each step inserts. Once the map is disposed of, the next
   * step throws.
   */
  entries(): MapIterator<[KeyOf<K>, ValueOf<V, T>]> {
    return entriesOf(this.#store);
  }

  /**
   * All entries as new columns: row i of both is one entry. O(size), and many times as fast as an iterator.
   * @param options how to give keys of kind 'string' or 'bytes'
   * @returns the columns, which are the caller's
   * @throws TypeError for other options
   */
  columns(options?: { strings?: 'array' | undefined }): Columns<K, V, T>;
  /** The same, with keys of kind 'string' or 'bytes' as one {@link ByteColumn}. */
  columns(options: { strings: 'bytes' }): Columns<K, V, T, PackedKeys<K>>;
  /** The same, with keys as the options say. */
  columns(options?: ColumnsOptions): Columns<K, V, T, NewKeys<K> | PackedKeys<K>>;
  columns(options?: ColumnsOptions): Columns<K, V, T, NewKeys<K> | PackedKeys<K>> {
    return columnsOf(this.#store, options);
  }

  /**
   * Some entries as new columns, and a cursor for the call that goes on behind them. The cursor is an integer that says
   * all, and may be kept anywhere: nothing need be closed. Whatever happens to the map between calls, an entry that is
   * there from the first one to the last is returned once, with its value of that moment; one that is added or deleted
   * meanwhile may be returned, once, or not.
   *
   * @param cursor 0 for the first call, then what the last one returned, until that is 0 again
   * @param limit about how many rows: at least so many but in the last call, at most 512 more. Only keys made to
   *   collide by someone who knows the seed are more at once. Default 1,024
   * @throws TypeError, RangeError for a cursor that is no integer from 0 on, or a limit that is none from 1 on
   * @example
   * let cursor = 0;
   * do {
   *   const part = map.scan(cursor);
   *   use(part.keys, part.values);
   *   cursor = part.cursor;
   * } while (cursor !== 0);
   */
  scan(cursor: number, limit?: number): ScanResult<K, V, T> {
    return scanOf(this.#store, cursor, limit);
  }

  // --- batches ---

  /**
   * Writes a column of entries, as a loop of `set` in column order would: of equal keys the last wins, with 'keep' the
   * first. Columns may be those of an Arrow table, see {@link ArrowVector}. O(rows), growth included.
   *
   * @param keys the column of keys
   * @param values a column as long as `keys`, or one value for all rows
   * @param how what to do with keys that are there: 'replace' (default), 'keep', or combine the values by 'add', 'min',
   *   'max'
   * @returns how many keys were new
   * @throws TypeError for another array class, a detached buffer, a null, bytes that are no UTF-8 or an unknown `how`,
   *   RangeError for another length, a value out of range, offsets that fall or leave the bytes, or a key of a gigabyte:
   *   before anything changes. CapacityError, whose `rows` rows were written
   */
  putAll(
    keys: KeyColumn<K> | ArrowVector,
    values: ValueColumn<V, T> | readonly ValueOf<V, T>[] | ValueOf<V, T> | ArrowVector,
    how?: How,
  ): number;
  /**
   * Writes all entries of another map, which for a HashMap must have the same kinds; of the map itself nothing, whatever
   * `how` says. O(size of that one); a Map is copied and checked first.
   * @throws TypeError for a HashMap of other kinds, and as `putAll` of two columns
   */
  putAll(other: HashMap<K, V, T> | ReadonlyMap<KeyOf<K>, ValueOf<V, T>>, how?: How): number;
  putAll(
    keysOrMap: KeyColumn<K> | ArrowVector | HashMap<K, V, T> | ReadonlyMap<KeyOf<K>, ValueOf<V, T>>,
    valuesOrHow?: ValueColumn<V, T> | readonly ValueOf<V, T>[] | ValueOf<V, T> | ArrowVector | How,
    how?: How,
  ): number {
    const store = this.#store;
    store.checkAlive();
    if (ArrayBuffer.isView(keysOrMap)) return putColumns(store, keysOrMap, valuesOrHow, combineCode(how, store.value));
    const source = storeOfMap(keysOrMap);
    if (source !== undefined) return putStore(store, source, combineCode(valuesOrHow, store.value));
    if (isMapLike(keysOrMap)) return putMap(store, keysOrMap, combineCode(valuesOrHow, store.value));
    return putColumns(store, keysOrMap, valuesOrHow, combineCode(how, store.value));
  }

  /**
   * Looks up a column of keys, block by block, so that the memory accesses of many rows overlap. O(rows).
   *
   * @param keys the column; a null of an Arrow vector is a key that is missing
   * @param into arrays to fill, each as long as `keys`, and the value for rows that are missing (0 or 0n if left out)
   * @returns the arrays, new ones where `into` has none: found[i] is 1 or 0; and the number of hits
   * @throws TypeError for another array class, a detached buffer, bytes that are no UTF-8 or a `missing` of another type,
   *   RangeError for another length, a `missing` out of range, or offsets that fall or leave the bytes
   */
  getAll(keys: KeyColumn<K> | ArrowVector, into: GetAllInto<V, T> = {}): GetAllResult<V, T> {
    return getColumns(this.#store, keys, into);
  }

  /**
   * Looks up a column of keys: 1 where a key is there, else 0. O(rows).
   * @param keys the column
   * @param found takes the answers; a new array if left out
   * @throws as `getAll`
   */
  hasAll(keys: KeyColumn<K> | ArrowVector, found?: Uint8Array): Uint8Array {
    return hasColumn(this.#store, keys, found);
  }

  /**
   * Deletes a column of keys, as a loop of `delete` would. O(rows).
   * @param keys the column; keys that are not there, or null, are passed over
   * @returns how many were there
   * @throws TypeError for another array class, a detached buffer or bytes that are no UTF-8, RangeError for offsets that
   *   fall or leave the bytes
   */
  deleteAll(keys: KeyColumn<K> | ArrowVector): number {
    return deleteColumn(this.#store, keys);
  }

  /**
   * Writes a column of entries as `putAll` does, in slices, between which everything else has its turn.
   *
   * Between slices anybody may do anything to the map: each slice meets it as it is. The columns are checked as a whole
   * before the first row is written (row by row where they are arrays or ByteColumns), and again slice by slice: a row
   * is written as it is when its slice comes.
   *
   * @returns how many keys were new when they were written
   * @throws as a rejection: what `putAll` throws; TypeError for a Map, whose entries have no slices, and for options of
   *   another type, RangeError for a budget below 0: all before anything changes. AbortError; CapacityError; TypeError
   *   or RangeError where a column loses its buffer or changes so that it can't be used; Error where the map is
   *   disposed of: the `rows` of each tells how many rows were written, and they stay. What the caller's own code
   *   throws (getters of an array, `onProgress`)
   */
  async putAllAsync(
    keys: KeyColumn<K> | ArrowVector,
    values: ValueColumn<V, T> | readonly ValueOf<V, T>[] | ValueOf<V, T> | ArrowVector,
    options?: PutAllAsyncOptions,
  ): Promise<number> {
    this.#store.checkAlive();
    if (isMapLike(keys)) {
      throw new TypeError(`keys: expected a column; putAllAsync takes no maps, but their columns; got ${show(keys)}`);
    }
    return putColumnsAsync(this.#store, keys, values, options);
  }

  /**
   * Looks up a column of keys as `getAll` does, in slices, between which everything else has its turn: see
   * `putAllAsync`. A row has the answer of the moment when its slice came.
   *
   * @throws as a rejection: what `getAll` throws, and what `putAllAsync` throws but for CapacityError
   */
  async getAllAsync(keys: KeyColumn<K> | ArrowVector, options?: GetAllAsyncOptions<V, T>): Promise<GetAllResult<V, T>> {
    return getColumnsAsync(this.#store, keys, options);
  }

  // --- growth, memory, insight ---

  /**
   * Makes room for `entries` entries in all before the table must grow again. O(size).
   * @param entries a total, not an addition; 0 .. 2^32 - 1
   * @throws TypeError for what is no number, RangeError for one out of range, CapacityError where there is no memory
   *   for so many: no entry is lost
   */
  reserve(entries: number): void {
    this.#store.checkAlive();
    reserveStore(this.#store, checkEntries(entries, 'entries'));
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
   * The whole map as bytes, for `restore`: another copy of it. O(size).
   * @throws TypeError where values are of kind 'any', RangeError where the host has no array so long (4 GiB on Node
   *   20): `snapshotStream` needs none
   */
  snapshot(): Snapshot {
    return snapshotOf(this.#store);
  }

  /**
   * The same bytes as a stream of chunks of 1 MiB at most, each made when it is asked for. The map must not change
   * until the last one is read: else the stream errors.
   * @throws TypeError where values are of kind 'any'
   */
  snapshotStream(): ReadableStream<Snapshot> {
    return snapshotStreamOf(this.#store);
  }

  /**
   * What the map holds and how it is laid out. O(1), but for `overflow` and `probeHistogram`: they are counted,
   * O(size), when one of them is first read. Until then the figures hold on to the map.
   */
  stats(): MapStats {
    return statsOf(this.#store);
  }

  /**
   * Gives the map's memory back now, not at the next garbage collection. Every later call but `dispose` throws.
   */
  dispose(): void {
    this.#store.dispose();
  }

  /** The same as `dispose`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

export interface HashMap<K extends KeyKind, V extends ValueKind, T = Any> {
  /** The same function as `entries`. */
  [Symbol.iterator](): MapIterator<[KeyOf<K>, ValueOf<V, T>]>;
}
Object.defineProperty(HashMap.prototype, Symbol.iterator, {
  value: HashMap.prototype.entries,
  writable: true,
  configurable: true,
});
makeInspectable(HashMap.prototype, storeOfMap);

/** A map with these options, or of this store. (No class here refers to itself: see scripts/bundle.js.) */
function newMap<K extends KeyKind, V extends ValueKind>(of: HashMapOptions<K, V> | Store): HashMap<K, V> {
  return new HashMap(of as HashMapOptions<K, V>);
}

/** Sets the value of a key; returns its address. @throws see {@link HashMap.set} */
function setIn(store: Store, key: unknown, value: unknown): number {
  store.checkKey(key);
  store.checkValue(value);
  const at = store.claim(key);
  store.write(at, value);
  return at;
}

function isMapLike(x: unknown): x is ReadonlyMap<never, never> {
  if (typeof x !== 'object' || x === null) return false;
  const map = x as Partial<ReadonlyMap<unknown, unknown>>;
  return typeof map.get === 'function' && typeof map.has === 'function' && typeof map.forEach === 'function';
}
