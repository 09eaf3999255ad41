import { checkLength, flagColumn, mayOverlap, numericColumn, valueColumn } from './columns.js';
import { CapacityError } from './errors.js';
import { type Kind, type NumericArray, refuse, show } from './kinds.js';
import { combineCode } from './merge.js';
import { type CheckedOptions, checkEntries, checkOptions, MOST_ENTRIES, randomSeed } from './options.js';
import { type Moved, movedBy, probesOf, statsOf } from './stats.js';
import type {
  GetAllInto,
  GetAllResult,
  HashMapOptions,
  How,
  KeyColumn,
  KeyKind,
  KeyOf,
  MapStats,
  ValueColumn,
  ValueKind,
  ValueOf,
} from './types.js';
import type { ModuleName } from './wasm/inlined.js';
import type { MapExports, MapInstance } from './wasm/map-instance.js';
import { changePool, closeTable, moveOut, openTable, type Place } from './wasm/tables.js';

/** A source of rows that a batch writes: `stage` puts rows [row, row + count) into the views of an instance. */
type Values = NumericArray | number | bigint;

/**
 * A hash map for data: typed keys and values off the heap, in WebAssembly memory.
 *
 * Single calls work as those of the built-in Map; batches take whole columns, and are what makes it fast. The table is a bucket map after Go's (8-slot buckets, evacuation while
 * growing) that grows in place by linear hashing with partial expansions (P.-A. Larson, VLDB 1980): no operation on one key moves more than 1,600 entries, whatever
 * the size.
 *
 * The map's memory is freed with the map by the garbage collector; `dispose` frees it at once.
 *
 * @example
 * const population = new HashMap({ key: 'u32', value: 'u32' });
 * population.putAll(cityIds, inhabitants);            // two Uint32Arrays
 * const { values, found, hits } = population.getAll(wanted);
 */
export class HashMap<K extends KeyKind, V extends ValueKind> {
  readonly #options: CheckedOptions;
  readonly #key: Kind;
  readonly #value: Kind;
  #seed: number | undefined;
  #disposed = false;

  // The table, once there is one: where it lives, and for the calls on one key what they need of that.
  #place: Place | undefined;
  #exports: MapExports | undefined;
  #table = 0;
  #values: NumericArray;

  /** What the tables before this one moved. */
  readonly #movedBefore: Moved = { moved: 0, maxMovedPerOp: 0 };

  /**
   * Makes an empty map. Memory is taken at the first write.
   * @throws TypeError for an unknown kind or an option of another type, RangeError for one out of range
   */
  constructor(options: HashMapOptions<K, V>) {
    this.#options = checkOptions(options);
    this.#key = this.#options.key;
    this.#value = this.#options.value;
    this.#seed = this.#options.seed;
    this.#values = new this.#value.array(0);
  }

  /**
   * A map of the entries of an iterable; of equal keys the last wins.
   * @throws what the constructor and `set` throw
   */
  static from<K extends KeyKind, V extends ValueKind>(
    entries: Iterable<readonly [KeyOf<K>, ValueOf<V>]>,
    options: HashMapOptions<K, V>,
  ): HashMap<K, V> {
    const map = new HashMap<K, V>(options);
    for (const entry of entries) {
      if (typeof entry !== 'object' || entry === null) {
        throw new TypeError(`entries: expected [key, value] pairs; got ${show(entry)}`);
      }
      map.set(entry[0], entry[1]);
    }
    return map;
  }

  /**
   * A map of two columns; of equal keys the last wins.
   * @throws what the constructor and `putAll` throw
   */
  static fromColumns<K extends KeyKind, V extends ValueKind>(
    keys: KeyColumn<K>,
    values: ValueColumn<V>,
    options: HashMapOptions<K, V>,
  ): HashMap<K, V> {
    const map = new HashMap<K, V>(options);
    map.putAll(keys, values);
    return map;
  }

  get [Symbol.toStringTag](): string {
    return 'HashMap';
  }

  /** Entries. */
  get size(): number {
    if (this.#place === undefined) {
      this.#checkAlive();
      return 0;
    }
    const { views, layout } = this.#place.instance;
    const header = this.#table;
    return (
      (views.u32[(header + layout.COUNT) >>> 2] as number) + (views.u32[(header + layout.ZERO_PRESENT) >>> 2] as number)
    );
  }

  // --- like the built-in Map ---

  /** The value of a key; undefined where there is none, or `key` is none of this map's kind. */
  get(key: KeyOf<K>): ValueOf<V> | undefined {
    const at = this.#find(key);
    return at === 0 ? undefined : this.#read(at);
  }

  has(key: KeyOf<K>): boolean {
    return this.#find(key) !== 0;
  }

  /**
   * Sets the value of a key. A new key moves at most 1,600 other entries.
   * @throws TypeError or RangeError for a key or value that is none of this map's kinds, CapacityError
   */
  set(key: KeyOf<K>, value: ValueOf<V>): this {
    this.#checkKey(key);
    this.#checkValue(value);
    this.#write(this.#claim(key), value);
    return this;
  }

  /** Deletes a key; true if it was there. Leaves no tombstone. */
  delete(key: KeyOf<K>): boolean {
    if (this.#exports === undefined) return this.#checkAlive();
    return this.#key.accepts(key) && this.#exports.remove(this.#table, (key as number) | 0) !== 0;
  }

  /** Deletes all entries and gives their memory back. */
  clear(): void {
    this.#checkAlive();
    this.#close();
  }

  /**
   * The value of a key, which is set to `value` first where there is none (TC39 upsert).
   * @throws as `set`
   */
  getOrInsert(key: KeyOf<K>, value: ValueOf<V>): ValueOf<V> {
    this.#checkKey(key);
    this.#checkValue(value);
    const at = this.#claim(key);
    if (at & IS_NEW) this.#write(at, value);
    return this.#read(at);
  }

  /**
   * The value of a key, computed by `callback` where there is none. The callback may change the map; the computed value wins.
   * @throws as `set`, and what the callback throws
   */
  getOrInsertComputed(key: KeyOf<K>, callback: (key: KeyOf<K>) => ValueOf<V>): ValueOf<V> {
    this.#checkKey(key);
    if (typeof callback !== 'function') throw new TypeError(`callback: expected a function; got ${show(callback)}`);
    const at = this.#find(key);
    if (at !== 0) return this.#read(at);
    this.set(key, callback(key === 0 ? (0 as KeyOf<K>) : key)); // -0 is 0
    return this.get(key) as ValueOf<V>;
  }

  // --- batches ---

  /**
   * Writes a column of entries, as a loop of `set` in column order would: of equal keys the last wins, with 'keep' the first.
   *
   * @param values a column as long as `keys`, or one value for all rows
   * @param how what to do with keys that are there: 'replace' (default), 'keep', or combine the values by 'add', 'min', 'max'
   * @returns how many keys were new
   * @throws TypeError for another array class or a detached buffer, RangeError for another length or a value out of range:
   *   before anything changes. CapacityError, whose `rows` rows were written
   */
  putAll(keys: KeyColumn<K>, values: ValueColumn<V> | readonly ValueOf<V>[] | ValueOf<V>, how?: How): number;
  /** Writes all entries of another map, which for a HashMap must have the same kinds. */
  putAll(other: HashMap<K, V> | ReadonlyMap<KeyOf<K>, ValueOf<V>>, how?: How): number;
  putAll(
    keysOrMap: KeyColumn<K> | HashMap<K, V> | ReadonlyMap<KeyOf<K>, ValueOf<V>>,
    valuesOrHow?: ValueColumn<V> | readonly ValueOf<V>[] | ValueOf<V> | How,
    how?: How,
  ): number {
    this.#checkAlive();
    if (keysOrMap instanceof HashMap) return this.#putHashMap(keysOrMap, combineCode(valuesOrHow, this.#value));
    if (isMapLike(keysOrMap)) return this.#putMap(keysOrMap, combineCode(valuesOrHow, this.#value));
    const code = combineCode(how, this.#value);
    // What may run the caller's code comes first; then lengths are taken.
    const values = this.#valuesToPut(valuesOrHow);
    this.#checkAlive();
    const keys = numericColumn(keysOrMap, this.#key, 'keys');
    if (typeof values === 'object') checkLength(values, keys.length, 'values');
    return this.#put(keys, values, code, 0);
  }

  /**
   * Looks up a column of keys.
   *
   * @param into arrays to fill, each as long as `keys`, and the value for rows that are missing (0 or 0n if left out)
   * @returns the arrays, new ones where `into` has none: found[i] is 1 or 0; and the number of hits
   * @throws TypeError for another array class or a detached buffer, RangeError for another length
   */
  getAll(keys: KeyColumn<K>, into: GetAllInto<V> = {}): GetAllResult<V> {
    const { values: givenValues, found: givenFound, missing = this.#value.zero } = into;
    this.#checkAlive(); // `into` may have getters
    if (!this.#value.accepts(missing)) refuse(this.#value, missing, 'into.missing');
    const column = numericColumn(keys, this.#key, 'keys');
    const rows = column.length;
    const values = givenValues === undefined ? new this.#value.array(rows) : givenValues;
    const found = givenFound === undefined ? new Uint8Array(rows) : givenFound;
    const valuesOut = numericColumn(values, this.#value, 'into.values');
    const foundOut = flagColumn(found, 'into.found');
    checkLength(valuesOut, rows, 'into.values');
    checkLength(foundOut, rows, 'into.found');
    const hits = this.#getColumns(column, valuesOut, foundOut, missing as number);
    return { values: values as ValueColumn<V>, found, hits };
  }

  /**
   * Looks up a column of keys: 1 where a key is there, else 0.
   * @param found takes the answers; a new array if left out
   * @throws as `getAll`
   */
  hasAll(keys: KeyColumn<K>, found?: Uint8Array): Uint8Array {
    this.#checkAlive();
    const column = numericColumn(keys, this.#key, 'keys');
    const rows = column.length;
    const result = found === undefined ? new Uint8Array(rows) : found;
    const out = flagColumn(result, 'found');
    checkLength(out, rows, 'found');
    if (this.#place === undefined) {
      out.fill(0);
      return result;
    }
    const { exports, layout, views } = this.#place.instance;
    const { staging } = layout;
    const from = rows > staging.rows && mayOverlap(column, out) ? column.slice() : column;
    for (let row = 0; row < rows; row += staging.rows) {
      const count = this.#stageKeys(this.#place.instance, from, row);
      exports.hasRows(this.#table, staging.keys, count, staging.found);
      out.set(views.u8.subarray(staging.found, staging.found + count), row);
    }
    return result;
  }

  /**
   * Deletes a column of keys.
   * @returns how many were there
   * @throws TypeError for another array class or a detached buffer
   */
  deleteAll(keys: KeyColumn<K>): number {
    this.#checkAlive();
    const column = numericColumn(keys, this.#key, 'keys');
    if (this.#place === undefined) return 0;
    const { exports, layout } = this.#place.instance;
    let deleted = 0;
    for (let row = 0; row < column.length; row += layout.staging.rows) {
      const count = this.#stageKeys(this.#place.instance, column, row);
      deleted += exports.removeRows(this.#table, layout.staging.keys, count) >>> 0;
    }
    return deleted;
  }

  // --- growth, memory, insight ---

  /**
   * Makes room for `entries` entries in all before the table must grow again. O(size).
   * @throws TypeError, RangeError, CapacityError
   */
  reserve(entries: number): void {
    this.#checkAlive();
    checkEntries(entries, 'entries');
    if (this.#place !== undefined && this.size === 0) this.#close();
    if (this.#place === undefined) {
      this.#open(Math.max(entries, this.#options.capacity));
      return;
    }
    while (this.#exports?.reserve(this.#table, entries) === 0) this.#afterRefusal(0, 'reserve');
  }

  /**
   * What the map holds and how it is laid out. O(1), but for `overflow` and `probeHistogram`: they are counted, O(size), when one of
   * them is first read.
   */
  stats(): MapStats {
    this.#checkAlive();
    return statsOf(this.#place, {
      options: this.#options,
      seed: this.#seed ?? 0,
      movedBefore: this.#movedBefore,
      probes: () => {
        this.#checkAlive();
        return probesOf(this.#place);
      },
    });
  }

  /**
   * Gives the map's memory back now, not at the next garbage collection. Every later call but `dispose` throws.
   */
  dispose(): void {
    this.#close();
    this.#disposed = true;
  }

  /** The same as `dispose`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  // --- the table ---

  /** False, so that look-ups in a map without a table can return it. */
  #checkAlive(): false {
    if (this.#disposed) throw new Error('this HashMap was disposed');
    return false;
  }

  #checkKey(key: unknown): void {
    if (!this.#key.accepts(key)) refuse(this.#key, key, 'key');
  }

  #checkValue(value: unknown): void {
    if (!this.#value.accepts(value)) refuse(this.#value, value, 'value');
  }

  #open(entries: number): void {
    this.#checkAlive();
    const { entriesPerPage, maxBytes } = this.#options;
    const module = `k${this.#key.bytes}v${this.#value.bytes}` as ModuleName;
    const place = openTable({ module, entries, entriesPerPage, maxBytes });
    this.#seed ??= randomSeed();
    place.instance.views.u32[(place.table + place.instance.layout.SEED) >>> 2] = this.#seed;
    this.#setPlace(place);
  }

  #setPlace(place: Place | undefined): void {
    this.#place = place;
    this.#exports = place?.instance.exports;
    this.#table = place?.table ?? 0;
    this.#values = place === undefined ? new this.#value.array(0) : place.instance.views[this.#value.name];
  }

  #close(): void {
    const place = this.#place;
    if (place === undefined) return;
    Object.assign(this.#movedBefore, movedBy(place, this.#movedBefore));
    this.#setPlace(undefined);
    closeTable(place);
  }

  // Keys of 32 bits go to wasm as an i32, whatever their sign: above 2^31 V8 would allocate a number for each call.

  /** Address of a key's value, or 0. */
  #find(key: unknown): number {
    if (this.#exports === undefined) {
      this.#checkAlive();
      return 0;
    }
    return this.#key.accepts(key) ? this.#exports.find(this.#table, (key as number) | 0) : 0;
  }

  /** Address of a checked key's value, plus IS_NEW where the key is new. */
  #claim(key: unknown): number {
    if (this.#exports === undefined) this.#open(this.#options.capacity);
    const at = (this.#exports as MapExports).claim(this.#table, (key as number) | 0);
    if (at !== 0) return at;
    this.#afterRefusal(0, 'set');
    return this.#claim(key);
  }

  /**
   * Acts on the table's refusal of a write: moves it to another pool, or out of the pools.
   * @throws CapacityError where that can't be, or was not the reason
   */
  #afterRefusal(rows: number, what: string): void {
    const place = this.#place as Place;
    const { layout, views } = place.instance;
    const refusal = views.u32[(this.#table + layout.REFUSAL) >>> 2];
    try {
      if (refusal === layout.REFUSED_BLOCK) this.#setPlace(changePool(place, this.#options));
      else if (refusal === layout.REFUSED_POOL) this.#setPlace(moveOut(place, this.#options.maxBytes));
      else throw new CapacityError(this.#fullMessage());
    } catch (error) {
      if (!(error instanceof CapacityError)) throw error;
      throw new CapacityError(`${what}: ${error.message}; ${rows} rows were applied`, rows);
    }
  }

  #fullMessage(): string {
    const bytes = ((this.#exports as MapExports).bytesOf(this.#table) >>> 0).toLocaleString('en');
    return `the map is full: ${this.size} entries in ${bytes} bytes, maxBytes is ${this.#options.maxBytes}`;
  }

  /** The value at an address from #find or #claim. */
  #read(at: number): ValueOf<V> {
    const index = at >>> this.#value.shift;
    return (index < this.#values.length ? this.#values : this.#renewValues(index))[index] as ValueOf<V>;
  }

  #write(at: number, value: ValueOf<V>): void {
    const index = at >>> this.#value.shift;
    (index < this.#values.length ? this.#values : this.#renewValues(index))[index] = value as never;
  }

  /** The memory has grown since the view was made. */
  #renewValues(index: number): NumericArray {
    this.#values = (this.#place as Place).instance.viewWith(this.#value.name, index);
    return this.#values;
  }

  // --- columns ---

  /** Copies the rows from `row` on to the staging, `rows` at most (default: as many as it holds); returns how many. */
  #stageKeys(instance: MapInstance, keys: NumericArray, row: number, rows = instance.layout.staging.rows): number {
    const { keys: at } = instance.layout.staging;
    const part = row === 0 && keys.length <= rows ? keys : keys.subarray(row, row + rows);
    instance.views[this.#key.name].set(part as never, at >>> this.#key.shift);
    return part.length;
  }

  #stageValues(instance: MapInstance, values: Values, row: number, count: number): void {
    const at = instance.layout.staging.values >>> this.#value.shift;
    const view = instance.views[this.#value.name] as Float64Array;
    if (typeof values !== 'object') view.fill(values as number, at, at + count);
    else if (count === values.length) view.set(values as Float64Array, at);
    else view.set(values.subarray(row, row + count) as Float64Array, at);
  }

  #valuesToPut(values: unknown): Values {
    if (typeof values === 'object') return valueColumn(values, this.#value, 'values');
    this.#checkValue(values);
    return values as number | bigint;
  }

  /** Writes checked columns; `before` rows of the same call are written already. Returns how many keys were new. */
  #put(keys: NumericArray, values: Values, how: number, before: number): number {
    const rows = keys.length;
    if (rows === 0) return 0;
    if (this.#place === undefined) this.#open(Math.max(this.#options.capacity, Math.min(rows, FIRST_CAPACITY)));
    const sizeBefore = this.size;
    let row = 0;
    let size = sizeBefore;
    while (row < rows) {
      const { instance, table } = this.#place as Place;
      const { staging } = instance.layout;
      const count = this.#stageKeys(
        instance,
        keys,
        row,
        row === 0 && sizeBefore < FIRST_ROWS ? FIRST_ROWS : staging.rows,
      );
      this.#stageValues(instance, values, row, count);
      const written = instance.exports.putRows(table, staging.keys, staging.values, count, how) >>> 0;
      row += written;
      if (written < count) this.#afterRefusal(before + row, 'putAll');
      else if (row < rows) size = this.#anticipate(size, count, rows - row);
    }
    this.#place?.instance.countMemory();
    return this.size - sizeBefore;
  }

  /**
   * Grows ahead of the rows to come, where nearly all of the last ones were new. Returns the size.
   * @param before the size before the last rows
   */
  #anticipate(before: number, rows: number, toCome: number): number {
    const { size } = this;
    const isNew = (size - before) / rows;
    if (isNew > NEARLY_ALL && toCome > size) {
      const expected = Math.min(size + Math.floor(toCome * isNew), MOST_ENTRIES);
      (this.#exports as MapExports).anticipate(this.#table, Math.min(rows, toCome), expected);
    }
    return size;
  }

  #getColumns(keys: NumericArray, values: NumericArray, found: Uint8Array, missing: number | bigint): number {
    const rows = keys.length;
    if (this.#place === undefined) {
      (values as Float64Array).fill(missing as number);
      found.fill(0);
      return 0;
    }
    const { instance } = this.#place;
    const { exports, layout, views } = instance;
    const { staging } = layout;
    const view = views[this.#value.name] as Float64Array;
    view[layout.MISSING >>> this.#value.shift] = missing as number;
    const valuesAt = staging.values >>> this.#value.shift;
    const overlaps = mayOverlap(keys, values) || mayOverlap(keys, found);
    const from = rows > staging.rows && overlaps ? keys.slice() : keys;
    let hits = 0;
    for (let row = 0; row < rows; row += staging.rows) {
      const count = this.#stageKeys(instance, from, row);
      hits += exports.getRows(this.#table, staging.keys, count, staging.values, staging.found) >>> 0;
      (values as Float64Array).set(view.subarray(valuesAt, valuesAt + count), row);
      found.set(views.u8.subarray(staging.found, staging.found + count), row);
    }
    return hits;
  }

  // --- other maps ---

  #putMap(other: ReadonlyMap<KeyOf<K>, ValueOf<V>>, how: number): number {
    const keys: KeyOf<K>[] = [];
    const values: ValueOf<V>[] = [];
    other.forEach((value, key) => {
      this.#checkKey(key);
      this.#checkValue(value);
      keys.push(key);
      values.push(value);
    });
    const { array: KeyArray } = this.#key;
    const column = new KeyArray(keys.length);
    for (let i = 0; i < keys.length; i++) column[i] = keys[i] as never;
    return this.#put(column, valueColumn(values, this.#value, 'values'), how, 0);
  }

  #putHashMap(other: HashMap<K, V>, how: number): number {
    other.#checkAlive();
    if (other.#key !== this.#key || other.#value !== this.#value) {
      const kinds = (map: HashMap<K, V>) => `HashMap<${map.#key.name}, ${map.#value.name}>`;
      throw new TypeError(`other: expected a ${kinds(this)}; got a ${kinds(other)}`);
    }
    if (other === this || other.#place === undefined) return 0;
    const { instance, table } = other.#place;
    const { exports, layout, views } = instance;
    const { keys, values } = layout.staging;
    const pieces = exports.piecesOf(table) >>> 0;
    let added = 0;
    let rows = 0;
    for (let piece = 0; piece < pieces; piece++) {
      const count = exports.readPiece(table, piece, keys, values) >>> 0;
      // Copies: the staging may be this map's as well.
      const part = <T extends NumericArray>(view: T, at: number, shift: number) =>
        view.slice(at >>> shift, (at >>> shift) + count);
      added += this.#put(
        part(views[this.#key.name], keys, this.#key.shift),
        part(views[this.#value.name], values, this.#value.shift),
        how,
        rows,
      );
      rows += count;
    }
    return added;
  }
}

/** Set in an address from `claim` where the key is new. */
const IS_NEW = 1;

/** Entries that a batch of at least as many rows finds room for in a new map: half a kilobyte. */
const FIRST_CAPACITY = 52;
/** Rows that a batch writes first into a map that is smaller than that, to see how many of the keys are new. */
const FIRST_ROWS = 128;
/** Part of the rows that must be new for a batch to grow the table ahead of the rest. */
const NEARLY_ALL = 0.9;

function isMapLike(x: unknown): x is ReadonlyMap<never, never> {
  if (typeof x !== 'object' || x === null) return false;
  const map = x as Partial<ReadonlyMap<unknown, unknown>>;
  return typeof map.get === 'function' && typeof map.has === 'function' && typeof map.forEach === 'function';
}
